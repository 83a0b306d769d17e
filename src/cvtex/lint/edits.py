"""Edits of the texts of cv.yaml that leave the YAML around them unchanged."""

from __future__ import annotations

from cvtex.diagnostics.diagnostic import Edit, Fix, Safety
from cvtex.source import Span, Text
from cvtex.support.lazy_re import lazy_re

_ENDS_PLAIN = lazy_re(r":(?=[ \t\r\n]|\Z)|[ \t]#")
"""The signs that end a plain scalar or make a key of it. (YAML 1.2.2, 7.3.3.)"""

_FLOW = frozenset("[]{},")
"""The signs that end a plain scalar in brackets."""

_BLANK = lazy_re(r"(?:\s|(?<=\s)#[^\r\n]*)*")
"""Blanks and comments behind a scalar."""

_CAN_START = frozenset("“„«‘‚<(")
"""Signs that may start a plain scalar, of those that a fix writes."""


def fix_of(
    text: Text, start: int, end: int, replacement: str, message: str, safety: Safety
) -> Fix | None:
    """Return a fix that replaces characters `start` to `end` of a text; None as in `edit_of`."""
    edit = edit_of(text, start, end, replacement)
    return None if edit is None else Fix(message, (edit,), safety)


def edit_of(text: Text, start: int, end: int, replacement: str) -> Edit | None:
    """Return the edit that replaces characters `start` to `end` of a text.

    None where it cannot be certain: where the characters are written as escapes, or the replacement
    would have to be.
    """
    span, whole = text.place(start, end), text.span
    if span is None or whole is None:
        return None
    old = text.value[start:end]
    if span.text != old or "\n" in old:
        return _over_lines(text, start, end, replacement)
    return Edit(span, replacement) if _can_stand(span, whole, replacement) else None


def _over_lines(text: Text, start: int, end: int, replacement: str) -> Edit | None:
    """Return the edit for characters with blanks that are a line end and an indent in the source.

    None where the source has anything else, such as an escape. What stays is joined to one line, so
    the replacement must mean the same in any scalar: nothing, or signs without a meaning in YAML.
    """
    ends_blank = text.value[end - 1 : end].isspace()
    span = text.place(start, end + ends_blank)
    kept = text.value[start : end + ends_blank]
    if replacement and replacement.isascii():
        return None
    if span is None or span.text.split() != kept.split() or span.text[-1] != kept[-1]:
        return None
    return Edit(Span(span.source, span.start, span.end - ends_blank), replacement)


def _can_stand(span: Span, whole: Span, replacement: str) -> bool:
    """Return whether a replacement means the same in this kind of scalar as it does alone."""
    match whole.source.text[whole.start : whole.start + 1]:
        case '"':
            return not set('"\\\n') & set(span.text + replacement)
        case "'":
            return not set("'\n") & set(span.text + replacement)
        case "|" | ">":
            return "\n" not in replacement
    return _can_stand_plain(span, whole, replacement)


def _can_stand_plain(span: Span, whole: Span, replacement: str) -> bool:
    """Return the same for a scalar without quotes, from the characters beside the span."""
    text, at_start, at_end = whole.source.text, span.start == whole.start, span.end == whole.end
    before = text[max(whole.start, span.start - 2) : span.start]
    after = "" if at_end else text[span.end : min(whole.end, span.end + 2)] + "x"
    near = before + replacement + after
    return (
        "\n" not in replacement
        and not (at_start and not near[:1].isalnum() and near[:1] not in _CAN_START)
        and not (at_end and near[-1:].isspace())
        and bool(near)
        and _ENDS_PLAIN.search(near) is None
        and (not _FLOW & set(replacement) or not _is_in_brackets(whole))
    )


def _is_in_brackets(whole: Span) -> bool:
    """Return whether a scalar stands in `[...]` or `{...}`, before a comma or a bracket."""
    text = whole.source.text
    blank = _BLANK.match(text, whole.end)
    return blank is not None and text[blank.end() : blank.end() + 1] in tuple(",]}")
