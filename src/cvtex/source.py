"""Texts as the user wrote them, and places in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import Final

from msgspec import Struct

LINE_END = re.compile(r"\r\n|\r|\n")
ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
"""An escape in double quotes. (YAML 1.2.2, section 5.7.)"""


class Position(Struct, frozen=True):
    """A place for people: line and column, both counted from 1, columns in characters."""

    line: int
    column: int


class Source:
    """One text the user wrote: a file, or the value of a command-line option.

    Lines end at LF, CRLF or CR, as editors count them. `path` is printed unchanged. This class is
    not a `Struct`, so that msgspec asks `support.codec` for its number in place of its text.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path: Final = path
        self.text: Final = text

    def __repr__(self) -> str:
        return f"Source({self.path!r})"

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(end.end() for end in LINE_END.finditer(self.text))]

    def position(self, offset: int) -> Position:
        """Return the line and column of a character offset."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def offset(self, line: int, column: int = 1) -> int:
        """Return the character offset of a line and column, at most that of the end."""
        if line > len(self._line_starts):
            return len(self.text)
        return min(self._line_starts[line - 1] + column - 1, len(self.text))

    def line(self, number: int) -> str:
        """Return the text of one line, without its line end."""
        stop = self.offset(number + 1)
        return self.text[self.offset(number) : stop].rstrip("\r\n")

    def span(self, start: int, end: int) -> Span:
        """Return the span from `start` up to but not including `end`, in characters."""
        return Span(self, start, end)


class Span(Struct, frozen=True, gc=False, array_like=True):
    """A range of a source, `start` inclusive and `end` exclusive, in characters."""

    source: Source
    start: int
    end: int

    def __repr__(self) -> str:
        first, last = self.first, self.last
        return f"<{self.source.path}:{first.line}:{first.column}-{last.line}:{last.column}>"

    @property
    def first(self) -> Position:
        """The position of its first character."""
        return self.source.position(self.start)

    @property
    def last(self) -> Position:
        """The position after its last character."""
        return self.source.position(self.end)

    @property
    def text(self) -> str:
        """Its characters as written."""
        return self.source.text[self.start : self.end]


Offsets = Callable[[], Sequence[int]]
"""Returns, for each character of a decoded value, its offset in the source."""


class Runs(Struct, frozen=True, array_like=True):
    """The offsets of a value that is put together, as data.

    A run `(start, end, length)` is `length` characters, written one by one from `start`; those
    for which there is no place before `end` are all at the last one.
    """

    runs: tuple[tuple[int, int, int], ...]

    def __call__(self) -> Sequence[int]:
        """Return one offset for each character."""
        return _offsets(self.runs)


# A list of names asks for the offsets of all its characters once for each of its names.
@lru_cache(maxsize=4)
def _offsets(runs: tuple[tuple[int, int, int], ...]) -> Sequence[int]:
    return [min(start + i, end - 1) for start, end, length in runs for i in range(length)]


class Text(Struct, frozen=True, eq=False, gc=False, array_like=True):
    """A decoded value and where each of its characters was written.

    Without `offsets` each has its own place in the `span` if that reads the same; otherwise they
    have the span in common. `translations` holds the same text in other languages, keyed by BCP 47
    tag. Two texts are equal when they read the same.
    """

    value: str
    span: Span | None = None
    offsets: Offsets | None = None
    translations: tuple[tuple[str, Text], ...] = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text):
            return NotImplemented
        return self.value == other.value and self.translations == other.translations

    def __hash__(self) -> int:
        return hash((self.value, self.translations))

    def __str__(self) -> str:
        return self.value

    def place(self, start: int, end: int) -> Span | None:
        """Return the source span of characters `start` to `end` of the value."""
        if self.span is None:
            return None
        offsets = self._written_at(self.span)
        if not 0 <= start < len(offsets):
            return self.span
        last = min(max(end, start + 1), len(offsets)) - 1
        end = offsets[last] + (self._width(last, offsets) if self.offsets is not None else 1)
        return Span(self.span.source, offsets[start], end)

    def _written_at(self, span: Span) -> Sequence[int]:
        if self.offsets is not None:
            return self.offsets()
        return range(span.start, span.end) if span.text == self.value else ()

    def _width(self, index: int, offsets: Sequence[int]) -> int:
        """Return how many characters of the source are one of the value: more for an escape."""
        assert self.span is not None
        written, place = self.span.source.text, offsets[index]
        if self.value[index] != "\\" and (escape := ESCAPE.match(written, place)):
            return len(escape[0])
        following = offsets[index + 1 : index + 2]
        pair = written[place : place + 2] in ("''", "\\\\")
        return 2 if pair and list(following) == [place + 2] else 1

    def slice(self, start: int, end: int) -> Text:
        """Return the text of characters `start` to `end`, with their places."""
        offsets = self.offsets
        part: Offsets | None = None if offsets is None else lambda: offsets()[start:end]
        return Text(self.value[start:end], self.place(start, end), part)
