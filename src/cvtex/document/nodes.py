"""The document tree: what stands on the page, closed and fully resolved.

Every label, cross reference, date and name in it is final text; a writer only
decides how it looks.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from cvtex.richtext.nodes import Inlines, Located
from cvtex.source import Span


class Paragraph(Struct, frozen=True):
    """Running text."""

    body: Inlines
    span: Span | None = None


class Bullet(Struct, frozen=True):
    """One item of a bullet list."""

    body: Inlines
    span: Span | None = None


class BulletList(Struct, frozen=True):
    """Bullets; never empty."""

    items: tuple[Bullet, ...]


class Labelled(Struct, frozen=True):
    """A label and its text: "Thesis: ..." in an entry, "Skills: ..." in a section."""

    label: Inlines
    body: Inlines
    span: Span | None = None


class Dated(Struct, frozen=True):
    """A line of text with its date at the edge; the date may be empty."""

    body: Inlines
    date: Inlines
    span: Span | None = None


class Role(Struct, frozen=True):
    """What someone was in an entry: a position or a degree, with its own date if any."""

    title: Inlines
    date: Inlines = ()
    span: Span | None = None


Detail = Paragraph | Labelled | BulletList


class Entry(Struct, frozen=True):
    """A station: a title with date and place, the roles held, and details."""

    title: Inlines
    date: Inlines = ()
    place: Inlines = ()
    roles: tuple[Role, ...] = ()
    details: tuple[Detail, ...] = ()
    span: Span | None = None


class PublicationItem(Struct, frozen=True):
    """One printed publication: where links arrive, its label and its text."""

    anchor: str
    label: str
    body: Inlines
    badges: Inlines = ()
    span: Span | None = None


class PublicationGroup(Struct, frozen=True):
    """Publications under a heading of their own; no heading for an ungrouped list."""

    heading: Inlines
    items: tuple[PublicationItem, ...]


class PublicationList(Struct, frozen=True):
    """The numbered list of a section; `widest` is its widest label."""

    groups: tuple[PublicationGroup, ...]
    widest: str
    legend: Inlines = ()
    span: Span | None = None


class Referee(Struct, frozen=True):
    """A person who may be asked: name, lines of description, contacts."""

    name: Inlines
    lines: tuple[Inlines, ...]
    span: Span | None = None


Block = Paragraph | BulletList | Labelled | Dated | Entry | PublicationList | Referee


class Section(Struct, frozen=True):
    """A titled part of the page; `anchor` is unique in the document."""

    anchor: str
    title: Inlines
    blocks: tuple[Block, ...]
    span: Span | None = None


class Header(Struct, frozen=True):
    """Who the page is about."""

    name: Inlines
    headline: Located
    contacts: tuple[Located, ...]
    photo: str | None = None
    span: Span | None = None


class Metadata(Struct, frozen=True):
    """What the file says of itself; plain text."""

    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    language: str
    date: date


class Document(Struct, frozen=True):
    """A whole CV."""

    metadata: Metadata
    header: Header
    sections: tuple[Section, ...]
