"""Hints that several stages give."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the known words nearest to a misspelt one, best first."""
    by_lower = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower(), by_lower, n=3, cutoff=0.7)
    if not near:
        return None
    near.sort(key=lambda name: sorted(name) != sorted(word.lower()))  # swapped letters first
    return "did you mean " + " or ".join(f"`{by_lower[name]}`" for name in near) + "?"
