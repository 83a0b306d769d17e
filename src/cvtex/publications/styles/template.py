"""What a citation style is written in: templates that say what stands where, and in what signs.

A template is a segment of text or a node around other templates. In a segment, `{name}` stands for
an element of the publication, `*...*` is set in italics and `“...”` in the quotation marks of the
language. All other words are English and are translated. A segment without one of its elements is
empty, and whatever is empty vanishes together with the punctuation that would part it from the
rest.
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
    """One template where one of the elements named (parted by bars) is known, else the other."""

    known: str
    then: Template
    otherwise: Template = ""


Template = str | Row | First | Conditional


def commas(*parts: Template) -> Row:
    """Parts with commas between them."""
    return Row(parts, ", ")


def stops(*parts: Template) -> Row:
    """Sentences: parts with full stops between them."""
    return Row(parts, ". ")


def spaced(*parts: Template) -> Row:
    """Parts with spaces between them."""
    return Row(parts, " ")


def close(*parts: Template) -> Row:
    """Parts with nothing between them."""
    return Row(parts, "")


def colon(*parts: Template) -> Row:
    """Parts with colons between them."""
    return Row(parts, ": ")


def parens(*parts: Template) -> Row:
    """Parts in parentheses, with commas between them."""
    return Row(parts, ", ", "(", ")")


def italic(*parts: Template) -> Row:
    """Parts in italics, with spaces between them."""
    return Row(parts, " ", italic=True)


def dated(title: Template, *parts: Template, date: str = "{year}") -> Row:
    """Sentences: authors, date, title and the rest; without authors the title comes first."""
    head = Conditional("authors", stops("{authors}", date, title), stops(title, date))
    return stops(head, *parts)


def first(*parts: Template) -> First:
    """The first of the parts that is not empty."""
    return First(parts)


ElementKind = Literal["element", "italic", "open", "close", "text"]

_TOKEN = lazy_re(
    r"\{(?P<element>[a-z_]+)\}|(?P<italic>\*)|(?P<open>“)|(?P<close>”)|(?P<text>[^{*“”]+)"
)


@cache
def tokens(segment: str) -> tuple[tuple[ElementKind, str], ...]:
    """The tokens of a segment, each with what it says."""
    found: list[tuple[ElementKind, str]] = []
    for match in _TOKEN.finditer(segment):
        kind: ElementKind
        for kind in ("element", "italic", "open", "close", "text"):
            if match[kind] is not None:
                found.append((kind, match[kind]))
    return tuple(found)
