"""The texts of the document tree as they are printed, each with its place in the sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgspec import Struct

from cvtex.document.nodes import (
    Block,
    BulletList,
    Document,
    Entry,
    LabelledGroup,
    Paragraph,
    PrintedDate,
    PublicationList,
)
from cvtex.richtext.nodes import BRANCHES, Inline, Inlines, Math, Raw, Str
from cvtex.richtext.plain import plain_text
from cvtex.richtext.walk import walk
from cvtex.source import Span
from cvtex.writers.field_order import LabelledText, LaidEntry, lay_out, lay_out_group

GAP = "\0"
"""Stands for mathematics and raw TeX, which have other characters on the page."""


class PrintedText(Struct, frozen=True):
    """A text that is set in one piece."""

    inlines: Inlines
    span: Span | None

    @property
    def text(self) -> str:
        """The characters of the text on the page."""
        return "".join(_own_text(inline) for inline in walk(self.inlines))


def printed(document: Document) -> Iterator[PrintedText]:
    """Yield every text of the document in the order of the page."""
    header = document.header
    yield PrintedText(header.name, header.span)
    yield PrintedText(header.headline.inlines, header.headline.span)
    for contact in header.contacts:
        yield PrintedText(contact.text, contact.span)
    for section in document.sections:
        yield PrintedText(section.title, section.span)
        for block in section.blocks:
            for inlines, span in _of_block(block):
                yield PrintedText(inlines, span or section.span)


def _own_text(inline: Inline) -> str:
    if isinstance(inline, Math | Raw):
        return GAP
    return "" if isinstance(inline, BRANCHES) else plain_text((inline,))


PlacedText = tuple[Inlines, Span | None]


def _of_block(block: Block) -> Iterator[PlacedText]:
    match block:
        case Paragraph(body, span):
            yield body, span
        case BulletList(items):
            yield from ((item.body, item.span) for item in items)
        case LabelledGroup():
            yield _labelled(lay_out_group(block))
        case Entry():
            yield from _of_entry(lay_out(block))
        case PublicationList():
            yield from _of_publications(block)
        case _:
            assert_never(block)


def _labelled(text: LabelledText) -> PlacedText:
    return (*text.label, Str(": "), *text.text), text.span


def _of_entry(entry: LaidEntry) -> Iterator[PlacedText]:
    yield entry.head, entry.span
    yield _of_date(entry.date), entry.span
    yield entry.place, entry.span
    for line in entry.below:
        span = line.span if entry.shape == "station" else entry.span
        yield from ((line.text, span), (_of_date(line.date), span))
    yield from ((paragraph.body, paragraph.span) for paragraph in entry.summary)
    yield from map(_labelled, entry.labelled)
    yield from ((bullet.body, bullet.span) for bullet in entry.details)


def _of_date(date: PrintedDate | None) -> Inlines:
    return date.text if date else ()


def _of_publications(printed: PublicationList) -> Iterator[PlacedText]:
    for group in printed.groups:
        yield group.heading, printed.span
        for item in group.items:
            yield item.body, item.span
    yield printed.legend, printed.span
