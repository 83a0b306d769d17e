"""Helpers of rules: notes, fixes, and things that are there twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from cvtex.diagnostics.diagnostic import Edit, Fix, Note, Safety
from cvtex.lint.context import Finding
from cvtex.lint.prose import Prose
from cvtex.source import Span

T = TypeVar("T")


def notes_at(place: Span | None, message: str) -> tuple[Note, ...]:
    """Return the note on a second place, if the place is known."""
    return (Note(place, message),) if place is not None else ()


def fix_of_all(message: str, edits: Iterable[Edit | None], safety: Safety) -> Fix | None:
    """Return a fix of several edits; None where one of them cannot be made."""
    wanted = tuple(edits)
    certain = tuple(edit for edit in wanted if edit is not None)
    return Fix(message, certain, safety) if len(certain) == len(wanted) else None


def fix_at(span: Span | None, replacement: str, message: str, safety: Safety) -> Fix | None:
    """Return a fix that replaces a span; None where there is no span."""
    return None if span is None else Fix(message, (Edit(span, replacement),), safety)


def instead(
    prose: Prose, place: tuple[int, int], message: str, new: str, safety: Safety
) -> Finding:
    """Return a finding whose hint and fix are the text to write instead."""
    hint = f"write `{new}`"
    fix = prose.fix(*place, new, hint, safety)
    return Finding(message, prose.text.place(*place), hint, fix=fix)


def doubles(found: Iterable[T], identity: Callable[[T], Hashable]) -> Iterator[tuple[T, T]]:
    """Yield each thing that was there before, behind the first that has the same identity."""
    seen: dict[Hashable, T] = {}
    for one in found:
        first = seen.setdefault(identity(one), one)
        if first is not one:
            yield first, one
