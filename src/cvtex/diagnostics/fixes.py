"""Fixes that several stages offer."""

from __future__ import annotations

from cvtex.diagnostics.diagnostic import Edit, Fix, Safety
from cvtex.source import Span
from cvtex.support.lazy_re import lazy_re

_PLAIN = lazy_re(r"\w(?:[\w./+~?%()&-]|:(?=\w|//\w)| (?=[\w(]))*")
"""What can stand in every kind of scalar and among Markdown as it is."""


def write_instead(span: Span | None, old: str, new: str | None, safety: Safety) -> Fix | None:
    """Return a fix that writes another word; quotes around the old one stay.

    None where the old one is written otherwise than it reads, as with escapes, and where the new
    one would need quotes.
    """
    if span is None or new is None or not _PLAIN.fullmatch(new):
        return None
    mark = next((q for q in ("", '"', "'") if span.text == f"{q}{old}{q}"), None)
    if mark is None:
        return None
    inner = span.source.span(span.start + len(mark), span.end - len(mark))
    return Fix(f"write `{new}`", (Edit(inner, new),), safety)


def delete_lines(span: Span) -> Fix | None:
    """Return a fix that deletes the lines of a span; none where something else stands on them."""
    source, first, last = span.source, span.first, span.last
    start, end = source.offset(first.line), source.offset(last.line + 1)
    if source.text[start : span.start].strip(" ") or source.text[span.end : end].strip(" \t\r\n"):
        return None
    lines = "the line" if first.line == last.line else "the lines"
    return Fix(f"delete {lines}", (Edit(source.span(start, end), ""),), Safety.SAFE)


def delete_character(span: Span | None, char: str) -> Fix | None:
    """Return a fix that deletes a character that nobody sees; none where an escape stands for it."""
    if span is None or span.text != char:
        return None
    return Fix("delete the character", (Edit(span, ""),), Safety.SAFE)
