"""Where patches were made, in the text before them and in the text after."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path

from msgspec import Struct

from cvtex.lint.fixes.encoded import text_of
from cvtex.lint.fixes.model import Files, Patch
from cvtex.source import Span
from cvtex.support.lazy_re import lazy_re

_LONGEST = 200
_WORD_START = lazy_re(r"\S{0,200}")
_WORD_END = lazy_re(r"\S*\Z")

Stretch = tuple[int, int]
"""From an offset up to another."""


class Ground(Struct, frozen=True):
    """The stretches of each file that were replaced, or what stands there now; in order."""

    paths: Mapping[str, Path]
    stretches: Mapping[Path, Sequence[Stretch]]

    def touching(self, span: Span | None) -> Sequence[Stretch]:
        """The stretches that overlap a span, or end or begin where it does."""
        path = None if span is None else self.paths.get(span.source.path)
        if span is None or path is None:
            return ()
        here = self.stretches.get(path, ())
        first = bisect_left(here, span.start, key=itemgetter(1))
        return here[first : bisect_right(here, span.end, key=itemgetter(0))]

    def touches(self, span: Span | None) -> bool:
        """Whether there is such a stretch."""
        return bool(self.touching(span))

    def cuts(self, span: Span) -> bool:
        """Whether characters of a span are in a stretch."""
        return any(s < span.end and span.start < e and s < e for s, e in self.touching(span))


class Grounds(Struct, frozen=True):
    """The places of the same patches before and after they were made."""

    before: Ground
    after: Ground


def grounds(files: Files, paths: Mapping[str, Path], patches: Iterable[Patch]) -> Grounds:
    """Where patches are made in files."""
    before: dict[Path, list[Stretch]] = {}
    after: dict[Path, list[Stretch]] = {}
    for path, own in groupby(sorted(patches), attrgetter("path")):
        text, moved = text_of(files[path]), 0
        for patch in own:
            old, new = _places(text, patch)
            before.setdefault(path, []).append(old)
            if new is not None:
                after.setdefault(path, []).append((new[0] + moved, new[1] + moved))
            moved += len(patch.text) - (patch.end - patch.start)
    return Grounds(Ground(paths, before), Ground(paths, after))


def edited_words(files: Files, patches: Sequence[Patch]) -> str:
    """What stands between blanks around the patches."""
    texts = {path: text_of(files[path]) for path in {patch.path for patch in patches}}
    return " ".join(_around(texts[patch.path], patch) for patch in patches)


def _around(text: str, patch: Patch) -> str:
    """What a patch replaces, with the rest of the words at which it begins and ends."""
    old = text[patch.start : patch.end]
    before = _WORD_END.search(text, max(patch.start - _LONGEST, 0), patch.start)
    after = _WORD_START.match(text, patch.end)
    left = before[0] if before and not old[:1].isspace() else ""
    return left + old + (after[0] if after and not old[-1:].isspace() else "")


def _places(text: str, patch: Patch) -> tuple[Stretch, Stretch | None]:
    """What a patch replaces, and what stands there then, counted as if it were the only one.

    Of whole lines the last line end is left aside: it is no neighbour of the next line. Where they
    are deleted, nothing stands there.
    """
    start, end, stop = patch.start, patch.end, patch.start + len(patch.text)
    if not _whole_lines(text, patch):
        return (start, end), (start, stop)
    old = (start, max(end - _last_end(text[start:end]), start))
    return old, (start, max(stop - _last_end(patch.text), start)) if patch.text else None


def _whole_lines(text: str, patch: Patch) -> bool:
    starts = patch.start == 0 or text[patch.start - 1] in "\r\n"
    ends = patch.start < patch.end and text[patch.end - 1] in "\r\n"
    return starts and ends and (not patch.text or patch.text[-1] in "\r\n")


def _last_end(text: str) -> int:
    return 2 if text.endswith("\r\n") else int(text.endswith(("\r", "\n")))
