"""What another process makes while this one is busy with something else.

It makes what would be made here: the results of functions that depend on nothing but what their
parcels are named by. So they may be missing, and only time is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from cvtex.forked import beside, can_fork, processors
from cvtex.parcels import DAMAGED, unpacked
from cvtex.signals import ending_signals_unwind
from cvtex.source import Source

Parcels = Mapping[str, bytes]
"""Values as bytes, by their names."""

_sent: ContextVar[Callable[[], Parcels | None] | None] = ContextVar("sent", default=None)
"""Waits for what the process sends, once, and has it from then on."""


@contextmanager
def made_ahead(task: Callable[[], Parcels]) -> Iterator[None]:
    """Have a process make parcels, which can be opened while the block runs.

    Where there is only one processor, or the other has an engine that waits, nothing is made: it
    would only be later.
    """
    if processors() < 2 or not can_fork():
        yield
        return
    with ending_signals_unwind(), beside(task, ()) as sent:
        token = _sent.set(cache(sent))
        try:
            yield
        finally:
            _sent.reset(token)


def opened(name: str, sources: Sequence[Source] = ()) -> Any | None:  # noqa: ANN401  # what was packed
    """What was made ahead under a name, over the same sources; none where there is none."""
    sent = _sent.get()
    data = (sent() or {}).get(name) if sent is not None else None
    if data is None:
        return None
    try:
        return unpacked(data, sources)
    except DAMAGED:
        return None
