"""Hints that several stages give."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from cvtex.support.lazy_re import lazy_re

_NEAR = 0.7
_SERIOUS = lazy_re(r"\d+|\.")
"""Parts that are not misspelt by accident: a number, and the dot before a part."""


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return a hint that names the known words nearest to a misspelt one, best first."""
    near = _nearest(word, known)
    return "did you mean " + " or ".join(f"`{name}`" for name in near) + "?" if near else None


def meant(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that a misspelt one must mean, if no other is similar.

    A word with other numbers, or with more parts, is not similar.
    """
    near = _nearest(word, known)
    same = [name for name in near if sorted(name.lower()) == sorted(word.lower())]
    found = same or near
    if len(found) != 1 or _SERIOUS.findall(found[0]) != _SERIOUS.findall(word):
        return None
    return found[0]


def _nearest(word: str, known: Iterable[str]) -> list[str]:
    by_lower = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower(), by_lower, n=3, cutoff=_NEAR)
    near.sort(key=lambda name: sorted(name) != sorted(word.lower()))  # swapped letters first
    return [by_lower[name] for name in near]


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it must be."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
