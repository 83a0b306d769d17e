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
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TypeVar

from cvtex.parcels import DAMAGED, packed, unpacked
from cvtex.source import Source

MOST = 4
"""How many processes there may be: what one of them gains, all pay in what they send."""
ENOUGH = 400
"""How much work pays for a process of its own, in publications."""

A = TypeVar("A")
B = TypeVar("B")


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
    shares = [range(number, len(items), count) for number in range(count)]
    mine, *others = [partial(_part, function, items, share) for share in shares]
    with ExitStack() as stack:
        beside = [stack.enter_context(_beside(task, sources)) for task in others]
        parts = [mine(), *(result() for result in beside)]
    return [parts[number % count][number // count] for number in range(len(items))]


def _part(function: Callable[[A], B], items: Sequence[A], share: Sequence[int]) -> list[B]:
    return [function(items[number]) for number in share]


def _processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _can_fork() -> bool:
    """Whether a copy of this process can do what it does: on macOS it may not use the system."""
    return sys.platform not in ("win32", "darwin") and threading.active_count() == 1


@contextmanager
def _beside(task: Callable[[], B], sources: Sequence[Source]) -> Iterator[Callable[[], B]]:
    """Begin a task in a process of its own; the result can be asked for while the block runs."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work(task, sources, writing)
    os.close(writing)

    def result() -> B:
        try:
            with open(reading, "rb", closefd=False) as pipe:
                found: B = unpacked(pipe.read(), sources)
        except DAMAGED:
            return task()  # the process has failed, or was ended: here it is seen why
        return found

    try:
        yield result
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _work(task: Callable[[], B], sources: Sequence[Source], writing: int) -> None:
    """Do a task and send its result; whatever happens, this process does nothing else."""
    try:
        with open(writing, "wb") as pipe:
            pipe.write(packed(task(), sources))
    finally:
        os._exit(0)
