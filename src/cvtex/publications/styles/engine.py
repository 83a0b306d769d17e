"""Fills the templates of a style with a publication, and sets the punctuation between them."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from cvtex.publications.publication import Publication
from cvtex.publications.styles.classes import class_of
from cvtex.publications.styles.elements import element
from cvtex.publications.styles.options import StyleOptions
from cvtex.publications.styles.style import Style, StyledEntry
from cvtex.publications.styles.template import Conditional, First, Row, Template, tokens
from cvtex.publications.styles.terms import is_english, translate
from cvtex.richtext.build import merge_strings
from cvtex.richtext.nodes import Emph, Inline, Inlines, Link, Mark, SmallCaps, Str, Strong
from cvtex.richtext.plain import plain_text
from cvtex.support.lazy_re import lazy_re

_QUOTED = lazy_re("[“„«]\xa0?([^“”„«»]*?)\xa0?[”“»]")
_ENDS = (".", "?", "!", "…")


def write_entry(publication: Publication, style: Style, options: StyleOptions) -> Inlines:
    """Return one publication in a style."""
    entry = StyledEntry(publication, style, options)
    template = style.templates.get(class_of(publication), style.templates["misc"])
    body = _fill(template, entry)
    notes = _fill(style.notes, entry)
    if not style.notes_last:
        return merge_strings(_stopped(_joined(body, " ", notes, entry), entry))
    return merge_strings(_joined(_stopped(body, entry), " ", notes, entry))


def _fill(template: Template, entry: StyledEntry) -> Inlines:
    match template:
        case str():
            return _segment(template, entry)
        case Row():
            return _row(template, entry)
        case Conditional():
            is_known = any(element(name, entry) for name in template.known.split("|"))
            return _fill(template.then if is_known else template.otherwise, entry)
        case First():
            return next((found for part in template.parts if (found := _fill(part, entry))), ())
        case _:
            assert_never(template)


def _row(row: Row, entry: StyledEntry) -> Inlines:
    filled: Inlines = ()
    for part in row.parts:
        found = _fill(part, entry)
        filled = _joined(filled, row.separator, found, entry) if found else filled
    if not filled:
        return ()
    if row.before or row.after:
        filled = (Str(row.before), *filled, Str(row.after))
    return (Emph(filled),) if row.italic else filled


def _segment(segment: str, entry: StyledEntry) -> Inlines:
    """Return a segment with its elements in place; empty if one of them is unknown."""
    opened: list[list[Inline]] = [[]]
    for kind, text in tokens(segment):
        match kind:
            case "element":
                found = element(text, entry)
                if not found:
                    return ()
                opened[-1] += found
            case "text":
                opened[-1].append(Str(translate(text, entry.options.language)))
            case "close":
                inside = tuple(opened.pop())
                opened[-1] += _quoted(inside, entry)
            case "italic" if len(opened) > 1:
                inside = tuple(opened.pop())
                opened[-1].append(Emph(inside))
            case _:
                opened.append([])
    return tuple(opened[0])


def _quoted(inside: Inlines, entry: StyledEntry) -> Inlines:
    """Return the text in quotation marks; those inside become the inner ones."""
    outer, outer_end, inner, inner_end = entry.options.words.quotes
    return (Str(outer), *_requoted(inside, inner, inner_end), Str(outer_end))


def _requoted(inlines: Inlines, begin: str, end: str) -> Inlines:
    changed: list[Inline] = []
    for node in inlines:
        if isinstance(node, Str):
            changed.append(Str(_QUOTED.sub(lambda match: begin + match[1] + end, node.text)))
        elif isinstance(node, Link | Emph | Strong | SmallCaps):
            changed.append(replace(node, children=_requoted(node.children, begin, end)))
        else:
            changed.append(node)
    return tuple(changed)


def _joined(left: Inlines, separator: str, right: Inlines, entry: StyledEntry) -> Inlines:
    """Join two parts by a separator, without a sign that would stand there twice.

    In English a full stop or a comma goes inside quotation marks.
    """
    if not left or not right:
        return left or right
    return (*_closed(left, separator, entry), *right)


def _closed(left: Inlines, separator: str, entry: StyledEntry) -> Inlines:
    sign, rest = separator[:1], separator[1:]
    if sign not in (".", ","):
        return (*left, Str(separator)) if separator else left
    quote = entry.options.words.quotes[1]
    last = left[-1]
    inside = is_english(entry.options.language) and isinstance(last, Str)
    if isinstance(last, Str) and inside and last.text.endswith(quote):
        before = (*left[:-1], Str(last.text.removesuffix(quote)))
        return (*_signed(before, sign, entry), Str(quote + rest))
    return (*_signed(left, sign, entry), *((Str(rest),) if rest else ()))


def _signed(left: Inlines, sign: str, entry: StyledEntry) -> Inlines:
    """Return a part with a sign after it, unless it ends in one that serves."""
    quotes = entry.options.words.quotes
    ended = _end(left, quotes[1] + quotes[3]).endswith(_ENDS if sign == "." else sign)
    is_address = sign == "." and not entry.style.stop_after_address and _ends_in_address(left)
    return left if ended or is_address else (*left, Str(sign))


def _end(inlines: Inlines, quotes: str) -> str:
    """Return the last text before quotation marks and the signs of roles."""
    for node in reversed(inlines):
        if not isinstance(node, Mark) and (end := plain_text((node,)).rstrip(quotes)):
            return end
    return ""


def _ends_in_address(inlines: Inlines) -> bool:
    last = inlines[-1] if inlines else None
    return isinstance(last, Link) and plain_text(last.children).startswith("http")


def _stopped(body: Inlines, entry: StyledEntry) -> Inlines:
    """Return the entry with a full stop at its end."""
    return _closed(body, ".", entry) if body else ()
