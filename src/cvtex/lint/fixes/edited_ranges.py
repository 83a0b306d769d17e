"""The ranges that patches replace, and where untouched places are found after them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path

from msgspec import Struct

from cvtex.lint.fixes.patching import Files, Patch, text_of
from cvtex.source import Span
from cvtex.support.lazy_re import lazy_re

_LONGEST = 200
_ENDS = ("", "\n", "\r")
_BLANKS = (" ", "\t")
_WORD_START = lazy_re(r"\S{0,200}")
_WORD_END = lazy_re(r"\S*\Z")

Range = tuple[int, int]
"""From an offset up to another."""


class Place(Struct, frozen=True):
    """A range of a file as it is after the patches."""

    path: Path
    start: int
    end: int

    def holds(self, other: Place) -> bool:
        """Return whether another place begins in this one."""
        is_after = self.start <= other.start < max(self.end, self.start + 1)
        return self.path == other.path and is_after


class EditedRanges(Struct, frozen=True):
    """The ranges that were replaced, or that stand there now; by file and in order.

    `moves` are the patches that are still to be made to the text in which these ranges are.
    """

    paths: Mapping[str, Path]
    ranges: Mapping[Path, Sequence[Range]]
    moves: Mapping[Path, Sequence[Patch]] = {}

    def touching(self, span: Span | None) -> Sequence[Range]:
        """Return the ranges that overlap a span, or end or begin where it does."""
        path = None if span is None else self.paths.get(span.source.path)
        if span is None or path is None:
            return ()
        here = self.ranges.get(path, ())
        first = bisect_left(here, span.start, key=itemgetter(1))
        return here[first : bisect_right(here, span.end, key=itemgetter(0))]

    def touches(self, span: Span | None) -> bool:
        """Return whether a range overlaps a span, or ends or begins where it does."""
        return bool(self.touching(span))

    def cuts(self, span: Span) -> bool:
        """Return whether characters of a span are in a range."""
        return any(s < span.end and span.start < e and s < e for s, e in self.touching(span))

    def place(self, span: Span | None) -> Place | None:
        """Return where a span is found after the patches; None for one that is in no file."""
        path = None if span is None else self.paths.get(span.source.path)
        if span is None or path is None:
            return None
        moves = self.moves.get(path, ())
        return Place(path, moved(span.start, moves), moved(span.end, moves, is_end=True))


def moved(offset: int, patches: Sequence[Patch], *, is_end: bool = False) -> int:
    """Return an offset after patches of one file, which are in order.

    Text inserted at the offset comes before it where it is the end of a span, else behind it.
    """
    by = 0
    for patch in patches:
        is_inserted = is_end and patch.start == patch.end
        if patch.start > offset or (patch.start == offset and not is_inserted):
            break
        by += len(patch.text) - (min(patch.end, offset) - patch.start)
    return offset + by


class Edits(Struct, frozen=True):
    """The ranges of the same patches before and after, and the words in which they are."""

    before: EditedRanges
    after: EditedRanges
    words: str


def edits_of(files: Files, paths: Mapping[str, Path], patches: Iterable[Patch]) -> Edits:
    """Return the ranges of patches to files; `paths` are those of sources."""
    before: dict[Path, list[Range]] = {}
    after: dict[Path, list[Range]] = {}
    moves = {path: list(own) for path, own in groupby(sorted(patches), attrgetter("path"))}
    words: list[str] = []
    for path, own in moves.items():
        text, by = text_of(files[path]), 0
        for patch in own:
            old, new = _ranges(text, patch)
            before.setdefault(path, []).append(old)
            if new is not None:
                after.setdefault(path, []).append((new[0] + by, new[1] + by))
            words.append(_words_around(text, patch))
            by += len(patch.text) - (patch.end - patch.start)
    return Edits(EditedRanges(paths, before, moves), EditedRanges(paths, after), " ".join(words))


def _ranges(text: str, patch: Patch) -> tuple[Range, Range | None]:
    """Return the range that a patch replaces, and that of its text if it is the only patch.

    Blanks beside them belong to them: text that was edited may now begin or end there. The end of
    whole lines is left out, since it does not touch the next line. Where they are deleted, nothing
    stands there.
    """
    start, end, new = patch.start, patch.end, patch.text
    old, before = text[start:end], text[max(start - 1, 0) : start]
    if old and before in _ENDS and old[-1:] in _ENDS and new[-1:] in _ENDS:
        last = start + len(new.rstrip("\r\n"))
        return (start, start + len(old.rstrip("\r\n"))), (start, last) if new else None
    while text[start - 1 : start] in _BLANKS:
        start -= 1
    while text[end : end + 1] in _BLANKS:
        end += 1
    return (start, end), (start, end + len(new) - len(old))


def _words_around(text: str, patch: Patch) -> str:
    """Return the text that a patch replaces, with the rest of the words at its edges."""
    old = text[patch.start : patch.end]
    before = _WORD_END.search(text, max(patch.start - _LONGEST, 0), patch.start)
    after = _WORD_START.match(text, patch.end)
    left = before[0] if before and not old[:1].isspace() else ""
    return left + old + (after[0] if after and not old[-1:].isspace() else "")
