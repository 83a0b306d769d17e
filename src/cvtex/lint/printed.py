"""The texts of the document tree as they are printed, each with the place that made it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgspec import Struct

from cvtex.document.nodes import (
    Block,
    BulletList,
    Dated,
    Document,
    Entry,
    Labelled,
    Paragraph,
    PublicationList,
    Referee,
)
from cvtex.richtext.nodes import Inline, Inlines, Math, Raw, Str
from cvtex.richtext.plain import plain_text
from cvtex.richtext.walk import BRANCHES, walk
from cvtex.source import Span

GAP = "\0"
"""Stands for mathematics and raw TeX, whose characters are not those of the page."""


class PrintedText(Struct, frozen=True):
    """A stretch of text that is set without a break of another kind in it."""

    inlines: Inlines
    span: Span | None

    @property
    def text(self) -> str:
        """Its characters on the page."""
        return "".join(_own_text(inline) for inline in walk(self.inlines))


def printed(document: Document) -> Iterator[PrintedText]:
    """Every text of the document in the order of the page."""
    header = document.header
    yield PrintedText(header.name, header.span)
    for contact in (header.headline, *header.contacts):
        yield PrintedText(contact.inlines, contact.span)
    for section in document.sections:
        yield PrintedText(section.title, section.span)
        for block in section.blocks:
            for inlines, span in _of_block(block):
                yield PrintedText(inlines, span or section.span)


def _own_text(inline: Inline) -> str:
    if isinstance(inline, Math | Raw):
        return GAP
    return "" if isinstance(inline, BRANCHES) else plain_text((inline,))


Placed = tuple[Inlines, Span | None]


def _of_block(block: Block) -> Iterator[Placed]:
    match block:
        case Paragraph(body, span):
            yield body, span
        case BulletList(items):
            yield from ((item.body, item.span) for item in items)
        case Labelled(label, body, span):
            yield (*label, Str(": "), *body), span
        case Dated(body, date, span):
            yield from ((body, span), (date, span))
        case Entry():
            yield from _of_entry(block)
        case PublicationList():
            yield from _of_publications(block)
        case Referee(name, lines, span):
            yield from ((inlines, span) for inlines in (name, *lines))
        case _:
            assert_never(block)


def _of_entry(entry: Entry) -> Iterator[Placed]:
    yield from ((inlines, entry.span) for inlines in (entry.title, entry.date, entry.place))
    for role in entry.roles:
        yield from ((role.title, role.span), (role.date, role.span))
    for detail in entry.details:
        yield from _of_block(detail)


def _of_publications(printed: PublicationList) -> Iterator[Placed]:
    for group in printed.groups:
        yield group.heading, printed.span
        for item in group.items:
            yield item.body, item.span
    yield printed.legend, printed.span
