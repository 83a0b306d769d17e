"""Lowers the entries of each kind of section to nodes that keep their fields by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from msgspec import Struct, field

from cvtex.dates.format import format_years
from cvtex.document.nodes import (
    Block,
    Bullet,
    BulletList,
    Entry,
    Field,
    GroupItem,
    LabelledGroup,
    Paragraph,
    Role,
)
from cvtex.lower.text import TextLowering
from cvtex.richtext.markdown import list_items, paragraphs
from cvtex.richtext.nodes import Inlines, Link, Str
from cvtex.schema import sections
from cvtex.source import Text

AnyEntry = (
    sections.Degree
    | sections.Employment
    | sections.Talk
    | sections.Award
    | sections.Grant
    | sections.Course
    | sections.Student
    | sections.ProjectEntry
    | sections.Line
    | sections.Person
)
"""The entries of every section but labelled groups."""


class EntryKind(Struct, frozen=True):
    """The name of a kind of entry, and its keys in cv.yaml that become fields.

    The first key is the one that `url` makes a link. `labels` are the fields that are printed with
    a word for them, and the name of that word among the terms of the language.
    """

    name: str
    keys: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)


KINDS: Mapping[type[AnyEntry], EntryKind] = {
    sections.Degree: EntryKind(
        "degree",
        ("institution", "location", "degree", "advisor", "interests", "thesis", "grade"),
        {
            "advisor": "advisor",
            "interests": "research_interests",
            "thesis": "thesis",
            "grade": "grade",
        },
    ),
    sections.Employment: EntryKind("position", ("organization", "location", "role", "supervisor")),
    sections.Talk: EntryKind("talk", ("title", "type", "event", "location")),
    sections.Award: EntryKind("award", ("title", "by", "note")),
    sections.Grant: EntryKind("grant", ("title", "funder", "role", "amount", "number")),
    sections.Course: EntryKind("course", ("course", "role", "institution", "location")),
    sections.Student: EntryKind(
        "student", ("name", "degree", "topic", "institution", "now"), {"now": "now"}
    ),
    sections.ProjectEntry: EntryKind("project", ("name", "location", "role")),
    sections.Line: EntryKind("line", ("text",)),
    sections.Person: EntryKind(
        "referee", ("name", "title", "institution", "address", "email", "phone")
    ),
}

NAMES = {"location": "place"}
"""Fields that have another name than their key."""


def lower_text(body: Text, lowering: TextLowering) -> tuple[Block, ...]:
    """Return the paragraphs and bullet lists of running text."""
    blocks: list[Block] = []
    for part in paragraphs(lowering.choose(body)):
        text, items = list_items(part)
        if text.value.strip():
            blocks.append(Paragraph(lowering.rich(text), text.span))
        if items:
            blocks.append(BulletList(_bullets(items, lowering)))
    return tuple(blocks)


def lower_group(group: sections.Group, lowering: TextLowering) -> LabelledGroup:
    """Return a label with its items."""
    label = Text(lowering.choose(group.label).value.rstrip(": "), group.label.span)
    items = tuple(
        GroupItem(
            lowering.linked(item.name, item.url),
            item.years,
            format_years(item.years),
            item.name.span,
        )
        for item in group.items
    )
    return LabelledGroup(lowering.rich(label), items, group.label.span)


def lower_entry(entry: AnyEntry, lowering: TextLowering) -> Entry:
    """Return an entry with those of its fields that have a text."""
    kind = KINDS[type(entry)]
    head: Text = getattr(entry, kind.keys[0])
    summary: Text | None = getattr(entry, "summary", None)
    return Entry(
        kind=kind.name,
        fields=tuple(_fields(entry, kind, lowering)),
        date=lowering.date(getattr(entry, "date", None)),
        roles=tuple(
            Role(lowering.rich(role.title), lowering.date(role.date), role.title.span)
            for role in getattr(entry, "roles", ())
        ),
        summary=() if summary is None else _paragraphs(summary, lowering),
        details=_bullets(getattr(entry, "details", ()), lowering),
        span=head.span,
    )


def _fields(entry: AnyEntry, kind: EntryKind, lowering: TextLowering) -> Iterator[Field]:
    for key in kind.keys:
        value: Text | tuple[Text, ...] | None = getattr(entry, key)
        label = getattr(lowering.terms, kind.labels[key]) if key in kind.labels else ""
        for text in value if isinstance(value, tuple) else (value,):
            if text is None:
                continue
            body = _body(key, text, entry.url if key == kind.keys[0] else None, lowering)
            if body:
                yield Field(NAMES.get(key, key), body, label, text.span)


def _body(key: str, text: Text, url: Text | None, lowering: TextLowering) -> Inlines:
    match key:
        case "email":
            return (Link(f"mailto:{quote(text.value, safe='@+')}", (Str(text.value),)),)
        case "phone":
            return (Str(text.value),)
        case _:
            return lowering.linked(text, url)


def _paragraphs(text: Text, lowering: TextLowering) -> tuple[Paragraph, ...]:
    parts = paragraphs(lowering.choose(text))
    return tuple(Paragraph(lowering.rich(part), part.span) for part in parts)


def _bullets(texts: Sequence[Text], lowering: TextLowering) -> tuple[Bullet, ...]:
    return tuple(Bullet(lowering.rich(text), text.span) for text in texts if text.value.strip())
