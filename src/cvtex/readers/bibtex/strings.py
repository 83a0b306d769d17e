"""Values: pieces joined by `#`, and the names that `@string` defines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cvtex.diagnostics.catalogue import TOO_LARGE, UNDEFINED_STRING
from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.hints import did_you_mean
from cvtex.source import Runs, Source, Span, Text

MONTHS = {
    "jan": "January",
    "feb": "February",
    "mar": "March",
    "apr": "April",
    "may": "May",
    "jun": "June",
    "jul": "July",
    "aug": "August",
    "sep": "September",
    "oct": "October",
    "nov": "November",
    "dec": "December",
}
"""The strings that every standard style defines. (btxdoc, 4.)"""

MOST = 10_000
"""How many characters names may add to a value; one that stands for others multiplies them."""


def value_of(
    source: Source, pieces: Sequence[tuple[int, int]], strings: Mapping[str, str], sink: Sink
) -> Text:
    """The text of a value, with the place of each character; a macro's stand at its name."""
    if len(pieces) == 1:
        return _piece(source, *pieces[0], strings, sink)
    parts = [_piece(source, start, end, strings, sink) for start, end in pieces]
    if sum(len(part.value) for part in parts if part.offsets) > MOST:
        return _too_long(source, pieces, sink)
    spans = [part.span for part in parts if part.span]
    runs = tuple([(p.span.start, p.span.end, len(p.value)) for p in parts if p.span])
    span = Span(source, spans[0].start, spans[-1].end)
    return Text("".join(part.value for part in parts), span, Runs(runs))


def _too_long(source: Source, pieces: Sequence[tuple[int, int]], sink: Sink) -> Text:
    """A value that would double with each `@string`, as it is written."""
    written = text_at(source, pieces[0][0], pieces[-1][1])
    message = f"the strings of this value add up to more than {MOST:,} characters"
    sink.add(TOO_LARGE, message, written.span, hint="write the text out, or use fewer strings")
    return written


def _piece(source: Source, start: int, end: int, strings: Mapping[str, str], sink: Sink) -> Text:
    if source.text[start] in '{"' and end - start > 1:
        return text_at(source, start + 1, end - 1)
    written = source.text[start:end]
    if written.isdecimal():
        return text_at(source, start, end)
    known = strings.get(written.lower())
    if known is None:
        _report(written, source.span(start, end), strings, sink)
        return text_at(source, start, end)
    return Text(known, source.span(start, end), Runs(((start, end, len(known)),)))


def text_at(source: Source, start: int, end: int) -> Text:
    """A stretch of a source as a text."""
    return Text(source.text[start:end], Span(source, start, end))


def _report(word: str, span: Span, strings: Mapping[str, str], sink: Sink) -> None:
    if any(char.isspace() for char in word):
        return
    hint = did_you_mean(word, strings) or f"put text into braces: `{{{word}}}`"
    sink.add(UNDEFINED_STRING, f"no `@string` defines `{word}`", span, hint=hint)
