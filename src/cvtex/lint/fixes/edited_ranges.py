"""The ranges that patches replace, and where untouched places are found after them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, groupby
from operator import attrgetter, itemgetter
from pathlib import Path

from msgspec import Struct

from cvtex.lint.comments import OffsetRange
from cvtex.lint.fixes.patching import Files, Patch, text_of
from cvtex.source import Span
from cvtex.support.lazy_re import lazy_re

_LONGEST = 200
_ENDS = ("", "\n", "\r")
_WORD_START = lazy_re(r"\S{0,200}")
_WORD_END = lazy_re(r"\S*\Z")

Move = tuple[Patch, int]
"""A patch, and the characters that patches before it add to the file."""


class FileRange(Struct, frozen=True):
    """A range of a file as it is after the patches."""

    path: Path
    start: int
    end: int

    def holds(self, other: FileRange) -> bool:
        """Return whether another place begins in this one."""
        is_after = self.start <= other.start < max(self.end, self.start + 1)
        return self.path == other.path and is_after


class EditedRanges(Struct, frozen=True):
    """The ranges that were replaced, or that stand there now; by file and in order.

    `moves` are the patches that are still to be made to the text in which these ranges are.
    """

    paths: Mapping[str, Path]
    ranges: Mapping[Path, Sequence[OffsetRange]]
    moves: Mapping[Path, Sequence[Move]] = {}

    def touching(self, span: Span | None) -> Sequence[OffsetRange]:
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
        """Return whether a range is in a span, or holds characters of it."""
        return any(s < span.end and span.start < e for s, e in self.touching(span))

    def place(self, span: Span | None) -> FileRange | None:
        """Return where a span is found after the patches; None for one that is in no file."""
        path = None if span is None else self.paths.get(span.source.path)
        if span is None or path is None:
            return None
        moves = self.moves.get(path, ())
        return FileRange(path, moved(span.start, moves), moved(span.end, moves, is_end=True))


def moves_of(patches: Sequence[Patch]) -> list[Move]:
    """Return patches of one file, which are in order, with the characters added before each."""
    added = accumulate((len(p.text) - (p.end - p.start) for p in patches), initial=0)
    return list(zip(patches, added, strict=False))


def moved(offset: int, moves: Sequence[Move], *, is_end: bool = False) -> int:
    """Return an offset after patches of one file.

    Text inserted at the offset comes before it where it is the end of a span, else behind it.
    """
    count = bisect_left(moves, offset, key=lambda move: move[0].start)
    while is_end and count < len(moves) and moves[count][0].start == moves[count][0].end == offset:
        count += 1
    if not count:
        return offset
    patch, added = moves[count - 1]
    return offset + added + len(patch.text) - (min(patch.end, offset) - patch.start)


class Edits(Struct, frozen=True):
    """The ranges of the same patches before and after, and the words in which they are."""

    before: EditedRanges
    after: EditedRanges
    words: str


def edits_of(files: Files, paths: Mapping[str, Path], patches: Iterable[Patch]) -> Edits:
    """Return the ranges of patches to files; `paths` are those of sources."""
    before: dict[Path, list[OffsetRange]] = {}
    after: dict[Path, list[OffsetRange]] = {}
    by_path = groupby(sorted(patches), attrgetter("path"))
    moves = {path: moves_of(list(own)) for path, own in by_path}
    words: list[str] = []
    for path, own in moves.items():
        text = text_of(files[path])
        for patch, added in own:
            old, new = _ranges(text, patch)
            before.setdefault(path, []).append(old)
            if new is not None:
                after.setdefault(path, []).append((new[0] + added, new[1] + added))
            words.append(_words_around(text, patch))
    return Edits(EditedRanges(paths, before, moves), EditedRanges(paths, after), " ".join(words))


def _ranges(text: str, patch: Patch) -> tuple[OffsetRange, OffsetRange | None]:
    """Return the range that a patch replaces, and that of its text if it is the only patch.

    The end of whole lines is left out, since it does not touch the next line. Where they are
    deleted, nothing stands there.
    """
    start, end, new = patch.start, patch.end, patch.text
    old, before = text[start:end], text[max(start - 1, 0) : start]
    if old and before in _ENDS and old[-1:] in _ENDS and new[-1:] in _ENDS:
        last = start + len(new.rstrip("\r\n"))
        return (start, start + len(old.rstrip("\r\n"))), (start, last) if new else None
    return (start, end), (start, start + len(new))


def _words_around(text: str, patch: Patch) -> str:
    """Return the text that a patch replaces, with the rest of the words at its edges."""
    old = text[patch.start : patch.end]
    before = _WORD_END.search(text, max(patch.start - _LONGEST, 0), patch.start)
    after = _WORD_START.match(text, patch.end)
    left = before[0] if before and not old[:1].isspace() else ""
    return left + old + (after[0] if after and not old[-1:].isspace() else "")
