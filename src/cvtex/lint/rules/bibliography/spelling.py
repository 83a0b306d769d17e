"""Misspellings: the distance of words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_LONG = 7
"""The length from which a word may have two slips."""


@lru_cache(maxsize=1 << 10)
def misspelling_of(word: str, known: frozenset[str]) -> str | None:
    """Return the known word nearest to one that is not known: a slip away, of long words two."""
    if word in known:
        return None
    allowed = 2 if len(word) >= _LONG else 1
    near = [(slips(word, other, allowed), other) for other in _alike(word, known, allowed)]
    best = min(near, default=(allowed + 1, ""))
    return best[1] if best[0] <= allowed else None


def _alike(word: str, known: Iterable[str], allowed: int) -> Iterable[str]:
    """Return the words that may be near, by first letter, length and letters."""
    letters = set(word)
    return (
        other
        for other in known
        if other[0] == word[0]
        and abs(len(other) - len(word)) <= allowed
        and len(letters ^ set(other)) <= 2 * allowed
    )


def slips(one: str, other: str, most: int) -> int:
    """Return how many letters are wrong, missing, too many or swapped; beyond `most`, any number.

    Source: the optimal string alignment distance.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if last and i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
