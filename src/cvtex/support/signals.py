"""Signals that end the process: they unwind the stack, and can be held back during a step."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType

Handler = Callable[[int, FrameType | None], object]

NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")
ENDING = tuple(getattr(signal, name) for name in NAMES if hasattr(signal, name))
"""Ctrl-C, kill, a closed terminal, Ctrl-\\, and Ctrl-Break of Windows."""


@contextmanager
def ending_signals_unwind() -> Iterator[None]:
    """Make a signal that would end the process at once raise SystemExit instead.

    So `finally` blocks run. The status is 128 plus the number of the signal, as in shells. A
    signal that is already handled or ignored is left alone.
    """
    deadly = [number for number in ENDING if signal.getsignal(number) is signal.SIG_DFL]
    with _handled(deadly, _exit):
        yield


@contextmanager
def held_signals() -> Iterator[None]:
    """Hold back signals that end the process until the block is left.

    For a step that must not be interrupted: creating something and noting that it must be
    removed again.
    """
    held: list[int] = []
    python = [number for number in ENDING if signal.getsignal(number) is not None]
    try:
        with _handled(python, lambda number, _: held.append(number)):
            yield
    finally:
        for number in held:
            signal.raise_signal(number)


def _exit(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)


@contextmanager
def _handled(numbers: Iterable[int], handler: Handler) -> Iterator[None]:
    # Python runs handlers in the main thread only, and only there may they be set.
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = {number: signal.signal(number, handler) for number in numbers}
    try:
        yield
    finally:
        for number, before in former.items():
            signal.signal(number, before)
