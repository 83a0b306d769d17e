"""The document tree: a CV with its meaning, closed and fully resolved.

Every label, cross reference, date and name in it is final text. How the fields of an entry are
joined, and which comes first, is decided by writers and themes.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from cvtex.dates.partial_date import Date
from cvtex.names.name import Name
from cvtex.publications.publication import Publication
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


class PrintedDate(Struct, frozen=True):
    """A date as data, and as the CV prints it."""

    value: Date
    text: Inlines


class Field(Struct, frozen=True):
    """A part of an entry by its name, such as `organization`; a list has a field for each item.

    `label` is the word for it in the language of the CV, where it is printed with one.
    """

    name: str
    body: Inlines
    label: str = ""
    span: Span | None = None


class Role(Struct, frozen=True):
    """One of several roles in an entry, with its own date if any."""

    title: Inlines
    date: PrintedDate | None = None
    span: Span | None = None


class Entry(Struct, frozen=True):
    """An entry of a section: a degree, a position, a talk …; `kind` says which.

    `fields` are those that have a text, in the order of docs/cv.md. `summary` and `details` are
    its running text and its bullets.
    """

    kind: str
    fields: tuple[Field, ...]
    date: PrintedDate | None = None
    roles: tuple[Role, ...] = ()
    summary: tuple[Paragraph, ...] = ()
    details: tuple[Bullet, ...] = ()
    span: Span | None = None


class GroupItem(Struct, frozen=True):
    """One item of a group, with the years it was done in, as data and in print."""

    name: Inlines
    years: tuple[int, ...] = ()
    years_text: str = ""
    span: Span | None = None


class LabelledGroup(Struct, frozen=True):
    """A label and its items: "Reviewer: …", "Languages: …"."""

    label: Inlines
    items: tuple[GroupItem, ...]
    span: Span | None = None


class PublicationParts(Struct, frozen=True):
    """The parts of a printed publication that a theme may set by themselves."""

    authors: Inlines = ()
    title: Inlines = ()
    venue: Inlines = ()
    year: Inlines = ()


class PublicationItem(Struct, frozen=True):
    """One printed publication: where links arrive, its label and its text in the CV's style.

    `record` is the publication itself, with its citekey.
    """

    anchor: str
    label: str
    record: Publication
    body: Inlines = ()
    parts: PublicationParts = PublicationParts()
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


Block = Paragraph | BulletList | Entry | LabelledGroup | PublicationList


class Section(Struct, frozen=True):
    """A titled part of the page; `kind` is that of cv.yaml, `anchor` is unique in the document."""

    anchor: str
    kind: str
    title: Inlines
    blocks: tuple[Block, ...]
    span: Span | None = None


class HeaderContact(Struct, frozen=True):
    """A way to reach the owner: its kind as in cv.yaml, its value as written, and in print."""

    kind: str
    value: str
    text: Inlines
    span: Span | None = None


class Image(Struct, frozen=True):
    """A picture, by the name under which its file goes with the document."""

    file: str
    span: Span | None = None


class Header(Struct, frozen=True):
    """The person the CV is about: the name in print and by its parts, and how to reach them."""

    name: Inlines
    parts: Name
    headline: Located
    contacts: tuple[HeaderContact, ...]
    photo: Image | None = None
    span: Span | None = None


class Metadata(Struct, frozen=True):
    """The properties of the file, as plain text."""

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
