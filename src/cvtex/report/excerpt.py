"""Excerpts of a source with places marked in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from cvtex.report.width import cells, printable, window
from cvtex.source import Source, Span

Piece = tuple[str, str]
"""A text and its style, as rich writes styles; an empty one is plain."""

ExcerptLine = tuple[Piece, ...]
"""One printed line."""

CONTEXT = 24
"""How much of a long line is shown before the mark, in columns."""

WHOLE = 4
"""The most lines of a span that are all shown; of a longer one the first and the last are."""

FRAME = "blue"


class ExcerptMark(Struct, frozen=True):
    """A span, the sign that underlines it, and the label beside it."""

    span: Span
    sign: str
    style: str
    label: str = ""

    def lines(self) -> Sequence[int]:
        """Return the lines of the span; one that ends with a line end does not reach the next."""
        first, last = self.span.first.line, self.span.last
        stop = last.line - 1 if last.column == 1 and last.line > first else last.line
        return range(first, stop + 1)

    def shown(self) -> Sequence[int]:
        """Return the lines of it to show."""
        lines = self.lines()
        return lines if len(lines) <= WHOLE else (lines[0], lines[-1])


class _Stroke(Struct, frozen=True):
    """The marked part of one line, in characters from 0; it may be empty."""

    start: int
    end: int
    mark: ExcerptMark
    label: str


def excerpts(marks: Sequence[ExcerptMark], gutter: int, width: int) -> Iterator[ExcerptLine]:
    """Yield the lines that show the marks, by source; the first mark is that of the finding."""
    for source in dict.fromkeys(mark.span.source for mark in marks):
        here = [mark for mark in marks if mark.span.source is source]
        first = here[0].span.first
        where = f"{printable(source.path)}:{first.line}:{first.column}"
        yield (f"{'':{gutter}} --> ", FRAME), (where, "")
        yield _framed(gutter)
        yield from _excerpt(source, here, gutter, max(width - gutter - 4, 20))


def _excerpt(
    source: Source, marks: Sequence[ExcerptMark], gutter: int, room: int
) -> Iterator[ExcerptLine]:
    numbers = sorted({number for mark in marks for number in mark.shown()})
    before = numbers[0]
    for number in numbers:
        if number - before == 2:
            line = printable(source.line(before + 1))
            shown = _cut(line, *window(line, 0, room, 0))
            yield _framed(gutter, (shown, ""), number=before + 1)
        elif number - before > 2:
            yield (("...", FRAME),)
        before = number
        strokes = [_stroke(m, number) for m in marks if number in m.shown()]
        yield from _line(printable(source.line(number)), number, strokes, gutter, room)


def _stroke(mark: ExcerptMark, number: int) -> _Stroke:
    line = mark.span.source.line(number)
    lines, first, last = mark.lines(), mark.span.first, mark.span.last
    indent = len(line) - len(line.lstrip())
    start = first.column - 1 if number == first.line else indent
    end = last.column - 1 if number == last.line else len(line.rstrip())
    label = mark.label if number == lines[-1] else ""
    return _Stroke(start, max(start, end), mark, label)


def _line(
    line: str, number: int, strokes: Sequence[_Stroke], gutter: int, room: int
) -> Iterator[ExcerptLine]:
    """Yield a line and its marks; once for each mark if they are too far apart."""
    apart = cells(line) > room and cells(line[slice(*_hull(strokes))]) > room
    for part in [[stroke] for stroke in strokes] if apart else [strokes]:
        start, end = _hull(part)
        wanted = min(CONTEXT, max(room - cells(line[start:end]), 1))
        first, last = window(line, start, room, wanted)
        shown = _cut(line, first, last)
        yield _framed(gutter, (shown, ""), number=number)
        moved = [replace(s, start=s.start - first, end=min(s.end, last) - first) for s in part]
        for row in _rows(moved):
            yield _framed(gutter, *_drawn(row, shown, room))


def _hull(strokes: Sequence[_Stroke]) -> tuple[int, int]:
    return min(stroke.start for stroke in strokes), max(stroke.end for stroke in strokes)


def _cut(line: str, first: int, last: int) -> str:
    """Return a part of a line, with an ellipsis where something is left out."""
    shown = line[first:last]
    if last < len(line):
        shown = shown[:-1] + "…"
    return "…" + shown[1:] if first else shown


def _rows(strokes: Sequence[_Stroke]) -> list[list[_Stroke]]:
    """Arrange the strokes in rows, from right to left, each in the first row with room for it."""
    rows: list[list[_Stroke]] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.start, reverse=True):
        taken = max(stroke.end, stroke.start + 1) + (len(stroke.label) + 2 if stroke.label else 0)
        row = next((row for row in rows if taken <= row[0].start), None)
        if row is None:
            rows.append([stroke])
        else:
            row.insert(0, stroke)
    return rows


def _drawn(row: Sequence[_Stroke], shown: str, room: int) -> Iterator[Piece]:
    at = 0
    for stroke in row:
        start = cells(shown[: stroke.start])
        length = max(cells(shown[stroke.start : stroke.end]), 1)
        signs, label = stroke.mark.sign * length, stroke.label
        if label and start + length + 1 + len(label) > room and start - at > len(label):
            start, signs, label = start - len(label) - 1, f"{label} {signs}", ""
        drawn = f"{signs} {label}" if label else signs
        yield " " * (start - at), ""
        yield drawn, stroke.mark.style
        at = start + len(drawn)


def _framed(gutter: int, *pieces: Piece, number: int | None = None) -> ExcerptLine:
    left = "" if number is None else str(number)
    bar = "| " if pieces else "|"
    return ((f"{left:>{gutter}} {bar}", FRAME), *pieces)
