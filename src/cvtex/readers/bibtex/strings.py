"""Values: pieces joined by `#`, and the names that `@string` defines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cvtex.diagnostics.catalogue import TOO_LARGE, UNDEFINED_STRING
from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.hints import did_you_mean
from cvtex.readers.bibtex.raw_blocks import ValuePiece, text_at
from cvtex.source import Runs, Source, Span, Text

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
MONTHS = {name[:3].lower(): name for name in _MONTHS}
"""The strings that every standard style defines. (btxdoc, 4.)"""

MOST = 10_000
"""Limit of the characters that names may add to a value, since strings can multiply each other."""


def value_of(
    source: Source, pieces: Sequence[ValuePiece], strings: Mapping[str, str], sink: Sink
) -> Text:
    """Return the text of a value; the characters of a string are placed at its name."""
    if len(pieces) == 1:
        return _expand(pieces[0], strings, sink)
    parts = [_expand(piece, strings, sink) for piece in pieces]
    spans = [part.span for part in parts if part.span]
    if sum(len(part.value) for part in parts if part.offsets) > MOST:
        return _too_long(source, pieces, sink)
    runs = tuple([(p.span.start, p.span.end, len(p.value)) for p in parts if p.span])
    span = Span(source, spans[0].start, spans[-1].end)
    return Text("".join(part.value for part in parts), span, Runs(runs))


def _too_long(source: Source, pieces: Sequence[ValuePiece], sink: Sink) -> Text:
    """Report a value that would double with each `@string`, and return it as written."""
    spans = [piece.text.span for piece in pieces if piece.text.span]
    written = text_at(source, spans[0].start, spans[-1].end)
    message = f"the strings of this value add up to more than {MOST:,} characters"
    sink.add(TOO_LARGE, message, written.span, hint="write the text out, or use fewer strings")
    return written


def _expand(piece: ValuePiece, strings: Mapping[str, str], sink: Sink) -> Text:
    text = piece.text
    if not piece.is_bare or text.value.isdecimal() or text.span is None:
        return text
    known = strings.get(text.value.lower())
    if known is None:
        _report(text, strings, sink)
        return text
    return Text(known, text.span, Runs(((text.span.start, text.span.end, len(known)),)))


def _report(word: Text, strings: Mapping[str, str], sink: Sink) -> None:
    if any(char.isspace() for char in word.value):
        return
    hint = did_you_mean(word.value, strings) or f"put text into braces: `{{{word}}}`"
    sink.add(UNDEFINED_STRING, f"no `@string` defines `{word}`", word.span, hint=hint)
