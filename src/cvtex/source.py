"""Texts as the user wrote them, and places in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property

from msgspec import Struct

LINE_END = re.compile(r"\r\n|\r|\n")
ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
"""An escape in double quotes (YAML 1.2.2, section 5.7); no other text stands for another so."""


class Position(Struct, frozen=True):
    """A place for people: line and column count from 1, columns in characters."""

    line: int
    column: int


class Source(Struct, frozen=True, eq=False, dict=True):
    """One text the user wrote: a file, or the value of a command-line option.

    Lines end at LF, CRLF or CR, as editors count them. `path` is printed as it stands.
    """

    path: str
    text: str

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(end.end() for end in LINE_END.finditer(self.text))]

    def position(self, offset: int) -> Position:
        """Line and column of a character offset."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def offset(self, line: int, column: int = 1) -> int:
        """Character offset of a line and column; past the end it is the end."""
        if line > len(self._line_starts):
            return len(self.text)
        return min(self._line_starts[line - 1] + column - 1, len(self.text))

    def line(self, number: int) -> str:
        """The text of one line, without its end."""
        stop = self.offset(number + 1)
        return self.text[self.offset(number) : stop].rstrip("\r\n")

    def span(self, start: int, end: int) -> Span:
        """The stretch from `start` up to but not including `end`, in characters."""
        return Span(self, start, end)


class Span(Struct, frozen=True, gc=False):
    """A stretch of a source, `start` inclusive and `end` exclusive, in characters."""

    source: Source
    start: int
    end: int

    @property
    def first(self) -> Position:
        """Where the span starts."""
        return self.source.position(self.start)

    @property
    def last(self) -> Position:
        """Where the span ends: the position after its last character."""
        return self.source.position(self.end)

    @property
    def text(self) -> str:
        """The characters of the span as written."""
        return self.source.text[self.start : self.end]


Offsets = Callable[[], Sequence[int]]
"""Makes, for each character of a decoded value, its offset in the source."""


class Text(Struct, frozen=True, eq=False, gc=False):
    """A decoded value and where each of its characters was written.

    Without `offsets` each stands at its own place in the `span` if that reads the same, else they
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
        """The source span of characters `start` to `end` of the value."""
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
        """How many characters of the source stand for one of the value: more for an escape."""
        assert self.span is not None
        written, place = self.span.source.text, offsets[index]
        if self.value[index] != "\\" and (escape := ESCAPE.match(written, place)):
            return len(escape[0])
        following = offsets[index + 1 : index + 2]
        pair = written[place : place + 2] in ("''", "\\\\")
        return 2 if pair and list(following) == [place + 2] else 1

    def slice(self, start: int, end: int) -> Text:
        """The text of characters `start` to `end`, with their places."""
        offsets = self.offsets
        part: Offsets | None = None if offsets is None else lambda: offsets()[start:end]
        return Text(self.value[start:end], self.place(start, end), part)
