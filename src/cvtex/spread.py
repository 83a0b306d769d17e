"""Long work done by several processes, one for each processor.

They are forked, so that all there is here is there at once, and each sends its part of the results
back. Where the system cannot fork, or not safely, the work is done here.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import NoReturn, TypeVar

from msgspec import Struct

from cvtex.parcels import DAMAGED, packed, unpacked
from cvtex.signals import ENDING, ending_signals_unwind, held_signals
from cvtex.source import Source

MOST = 4
"""How many processes there may be: what one of them gains, all pay in what they send."""
ENOUGH = 1000
"""How much work pays for a process of its own, in publications."""

A = TypeVar("A")
B = TypeVar("B")


class Child(Struct, frozen=True):
    """A process, and the end of a pipe from which its result is read."""

    process: int
    reading: int


def spread(
    function: Callable[[A], B], items: Sequence[A], sources: Sequence[Source], amount: int
) -> list[B]:
    """What a function makes of each item, in their order.

    `amount` says how much work that is, in publications. The function must change nothing. Of
    `sources` the results may speak; everything else in them is sent.
    """
    count = min(_processors(), MOST, amount // ENOUGH) if _can_fork() else 1
    if count < 2:
        return [function(item) for item in items]
    with ending_signals_unwind(), ExitStack() as stack:
        task = partial(_taken, function, items, stack.enter_context(_queue(len(items))))
        beside = [stack.enter_context(_beside(task, sources)) for _ in range(count - 1)]
        done = task()
        for results in beside:
            done |= results()
    # What a process has taken and not done is done here, where it is seen what is wrong with it.
    return [done[number] if number in done else function(item) for number, item in enumerate(items)]


@contextmanager
def _queue(count: int) -> Iterator[Callable[[], Iterator[int]]]:
    """The numbers of so many items, of which each process takes the next as long as there are any.

    They lie in a pipe that all share, in as many portions as a byte can name.
    """
    portions = min(count, 1 << 8)
    reading, writing = os.pipe()
    try:
        os.write(writing, bytes(range(portions)))
        os.close(writing)

        def take() -> Iterator[int]:
            while portion := os.read(reading, 1):
                yield from range(portion[0], count, portions)

        yield take
    finally:
        os.close(reading)


def _taken(
    function: Callable[[A], B], items: Sequence[A], take: Callable[[], Iterator[int]]
) -> dict[int, B]:
    """What the function makes of the items that are taken here, by their numbers."""
    return {number: function(items[number]) for number in take()}


def _processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _can_fork() -> bool:
    """Whether a copy of this process can do what it does.

    One of a process with threads, as there are once an engine waits, may find locks that nobody
    opens; on macOS it may not use the system.
    """
    return sys.platform not in ("win32", "darwin") and threading.active_count() == 1


@contextmanager
def _beside(
    task: Callable[[], dict[int, B]], sources: Sequence[Source]
) -> Iterator[Callable[[], dict[int, B]]]:
    """Begin a task in a process of its own; the results can be asked for while the block runs.

    There are none where there could be no process, or where it failed or was ended.
    """
    with ExitStack() as stack:
        with held_signals():
            child = _forked(task, sources)
            if child is not None:
                stack.callback(_end, child)
        yield dict if child is None else partial(_results, child, sources)


def _forked(task: Callable[[], object], sources: Sequence[Source]) -> Child | None:
    """A process that does a task; none where there can be none."""
    with suppress(OSError):
        reading, writing = os.pipe()
        try:
            process = os.fork()
            if process == 0:
                _work(task, sources, writing, reading)
            return Child(process, reading)
        except OSError:
            os.close(reading)
        finally:
            os.close(writing)
    return None


def _work(
    task: Callable[[], object], sources: Sequence[Source], writing: int, reading: int
) -> NoReturn:
    """Do a task and send its results; whatever happens, this process does nothing else."""
    try:
        for number in ENDING:
            signal.signal(number, signal.SIG_DFL)
        os.close(reading)  # so that it is told when nobody else reads
        with open(writing, "wb") as pipe:
            pipe.write(packed(task(), sources))
    finally:
        os._exit(0)


def _results(child: Child, sources: Sequence[Source]) -> dict[int, B]:
    """What the process sends."""
    with open(child.reading, "rb", closefd=False) as pipe:
        data = pipe.read()
    with suppress(*DAMAGED):
        results: dict[int, B] = unpacked(data, sources)
        return results
    return {}


def _end(child: Child) -> None:
    """Have a process end; where the system takes in the dead itself, it may be gone."""
    os.close(child.reading)
    with suppress(ChildProcessError, ProcessLookupError):
        if os.waitpid(child.process, os.WNOHANG) == (0, 0):
            os.kill(child.process, signal.SIGKILL)
            os.waitpid(child.process, 0)
