"""Templates of citation styles: elements in order, and the signs between them.

A template is a segment of text or a node around other templates. In a segment, `{name}` stands for
an element of the publication, `*...*` is set in italics and `“...”` in the quotation marks of the
language. All other words are English and are translated. A segment without one of its elements is
empty, and whatever is empty vanishes together with the punctuation that would part it from the
rest. Bars in a string separate several templates: `commas("{volume} | {number}")`.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from cvtex.support.lazy_re import lazy_re


class Row(Struct, frozen=True):
    """Templates side by side: those that are not empty, with a separator between them.

    `before` and `after` stand around the whole if there is any.
    """

    parts: tuple[Template, ...]
    separator: str
    before: str = ""
    after: str = ""
    italic: bool = False


class First(Struct, frozen=True):
    """The first of several templates that is not empty."""

    parts: tuple[Template, ...]


class Conditional(Struct, frozen=True):
    """One template where one of the elements named (separated by bars) is known, else the other."""

    known: str
    then: Template
    otherwise: Template = ""


Template = str | Row | First | Conditional


def _split(parts: tuple[Template, ...]) -> tuple[Template, ...]:
    """Return the parts, with several in one string separated at its bars."""
    split = ([*part.split(" | ")] if isinstance(part, str) else [part] for part in parts)
    return tuple(part for found in split for part in found)


def commas(*parts: Template) -> Row:
    """Return parts with commas between them."""
    return Row(_split(parts), ", ")


def stops(*parts: Template) -> Row:
    """Join sentences: parts with full stops between them."""
    return Row(_split(parts), ". ")


def spaced(*parts: Template) -> Row:
    """Return parts with spaces between them."""
    return Row(_split(parts), " ")


def close(*parts: Template) -> Row:
    """Return parts with nothing between them."""
    return Row(_split(parts), "")


def colon(*parts: Template) -> Row:
    """Return parts with colons between them."""
    return Row(_split(parts), ": ")


def parens(*parts: Template) -> Row:
    """Return parts in parentheses, with commas between them."""
    return Row(_split(parts), ", ", "(", ")")


def italic(*parts: Template) -> Row:
    """Return parts in italics, with spaces between them."""
    return Row(_split(parts), " ", italic=True)


def dated(title: Template, *parts: Template, date: str = "{year}") -> Row:
    """Join authors, date, title and the rest; without authors the title comes first."""
    head = Conditional("authors", stops("{authors}", date, title), stops(title, date))
    return stops(head, *parts)


def first(*parts: Template) -> First:
    """Return the first of the parts that is not empty."""
    return First(_split(parts))


ElementKind = Literal["element", "italic", "open", "close", "text"]

_TOKEN = lazy_re(
    r"\{(?P<element>[a-z_]+)\}|(?P<italic>\*)|(?P<open>“)|(?P<close>”)|(?P<text>[^{*“”]+)"
)


@cache
def tokens(segment: str) -> tuple[tuple[ElementKind, str], ...]:
    """Yield the tokens of a segment, each with its text."""
    found: list[tuple[ElementKind, str]] = []
    for match in _TOKEN.finditer(segment):
        kind: ElementKind
        for kind in ("element", "italic", "open", "close", "text"):
            if match[kind] is not None:
                found.append((kind, match[kind]))
    return tuple(found)
