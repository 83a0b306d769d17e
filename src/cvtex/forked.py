"""A task done by a copy of this process, which has all there is here at once.

Where the system cannot fork, or not safely, there is none, and the work is done here.
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
from cvtex.signals import ENDING, held_signals
from cvtex.source import Source

T = TypeVar("T")


class Child(Struct, frozen=True):
    """A process, and the end of a pipe from which its result is read."""

    process: int
    reading: int


def processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork() -> bool:
    """Whether a copy of this process can do what it does.

    One of a process with threads, as there are once an engine waits, may find locks that nobody
    opens; on macOS it may not use the system.
    """
    return sys.platform not in ("win32", "darwin") and threading.active_count() == 1


@contextmanager
def beside(task: Callable[[], T], sources: Sequence[Source]) -> Iterator[Callable[[], T | None]]:
    """Begin a task in a process of its own; its result can be asked for once while the block runs.

    Of `sources` it may speak; everything else in it is sent. There is none where there could be no
    process, or where it failed or was ended.
    """
    with ExitStack() as stack:
        with held_signals():
            child = _forked(task, sources)
            if child is not None:
                stack.callback(_end, child)
        yield _nothing if child is None else partial(_result, child, sources)


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
    """Do a task and send its result; whatever happens, this process does nothing else."""
    try:
        for number in ENDING:
            signal.signal(number, signal.SIG_DFL)
        os.close(reading)  # so that it is told when nobody else reads
        with open(writing, "wb") as pipe:
            pipe.write(packed(task(), sources))
    finally:
        os._exit(0)


def _result(child: Child, sources: Sequence[Source]) -> T | None:
    """What the process sends."""
    with open(child.reading, "rb", closefd=False) as pipe:
        data = pipe.read()
    with suppress(*DAMAGED):
        result: T = unpacked(data, sources)
        return result
    return None


def _nothing() -> None:
    return None


def _end(child: Child) -> None:
    """Have a process end; where the system takes in the dead itself, it may be gone."""
    os.close(child.reading)
    with suppress(ChildProcessError, ProcessLookupError):
        if os.waitpid(child.process, os.WNOHANG) == (0, 0):
            os.kill(child.process, signal.SIGKILL)
            os.waitpid(child.process, 0)
