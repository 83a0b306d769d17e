"""Fixes that several stages offer."""

from __future__ import annotations

from cvtex.diagnostics.diagnostic import Edit, Fix, Safety
from cvtex.source import Span
from cvtex.support.lazy_re import lazy_re

_PLAIN = lazy_re(r"\w(?:[\w./+~?%()&-]|:(?=\w|//\w)| (?=[\w(]))*")
"""Text that means the same in every kind of scalar and in Markdown."""


def write_instead(span: Span | None, old: str, new: str | None, safety: Safety) -> Fix | None:
    """Return a fix that replaces a word and keeps the quotes around it.

    None if the old word is written with escapes, or if the new one would need quotes.
    """
    if span is None or new is None or not _PLAIN.fullmatch(new):
        return None
    mark = next((q for q in ("", '"', "'") if span.text == f"{q}{old}{q}"), None)
    if mark is None:
        return None
    inner = span.source.span(span.start + len(mark), span.end - len(mark))
    return Fix(f"write `{new}`", (Edit(inner, new),), safety)


def delete_lines(span: Span) -> Fix | None:
    """Return a fix that deletes the lines of a span; None if they contain anything else."""
    source, first, last = span.source, span.first, span.last
    start, end = source.offset(first.line), source.offset(last.line + 1)
    if source.text[start : span.start].strip(" ") or source.text[span.end : end].strip(" \t\r\n"):
        return None
    lines = "the line" if first.line == last.line else "the lines"
    return Fix(f"delete {lines}", (Edit(source.span(start, end), ""),), Safety.SAFE)


def delete_character(span: Span | None, char: str) -> Fix | None:
    """Return a fix that deletes an invisible character; None if it is written as an escape."""
    if span is None or span.text != char:
        return None
    return Fix("delete the character", (Edit(span, ""),), Safety.SAFE)
