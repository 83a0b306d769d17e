"""What rules of every room share: notes, fixes and messages, and what is there twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from cvtex.diagnostics.diagnostic import Edit, Fix, Note, Safety
from cvtex.source import Span
from cvtex.support.mojibake import Garbled

T = TypeVar("T")


def notes_at(place: Span | None, message: str) -> tuple[Note, ...]:
    """The note on a second place, if it is known where that is."""
    return (Note(place, message),) if place is not None else ()


def fix_of_all(message: str, edits: Iterable[Edit | None], safety: Safety) -> Fix | None:
    """A fix of several edits; none where one of them cannot be made."""
    wanted = tuple(edits)
    certain = tuple(edit for edit in wanted if edit is not None)
    return Fix(message, certain, safety) if len(certain) == len(wanted) else None


def said_garbled(found: list[Garbled]) -> str:
    """What to say of stretches read in the wrong encoding: the first, and how many more."""
    more = f", and {len(found) - 1} more like it" if len(found) > 1 else ""
    return f"`{found[0].wrong}` is `{found[0].meant}`, read in the wrong encoding{more}"


def doubles(found: Iterable[T], identity: Callable[[T], Hashable]) -> Iterator[tuple[T, T]]:
    """Each that was there before, behind the first that is the same."""
    seen: dict[Hashable, T] = {}
    for one in found:
        first = seen.setdefault(identity(one), one)
        if first is not one:
            yield first, one
