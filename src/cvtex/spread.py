"""Long work done by several processes, one for each processor.

Each takes the next piece when it is free, and sends what it made of its pieces back.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TypeVar

from cvtex.forked import beside, can_fork, processors
from cvtex.signals import ending_signals_unwind
from cvtex.source import Source

MOST = 4
"""How many processes there may be: what one of them gains, all pay in what they send."""
ENOUGH = 1000
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
    count = min(processors(), MOST, amount // ENOUGH) if can_fork() else 1
    if count < 2:
        return [function(item) for item in items]
    with ending_signals_unwind(), ExitStack() as stack:
        task = partial(_taken, function, items, stack.enter_context(_queue(len(items))))
        others = [stack.enter_context(beside(task, sources)) for _ in range(count - 1)]
        done = task()
        for results in others:
            done |= results() or {}
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
