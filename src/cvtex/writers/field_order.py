"""The order and joining of an entry's fields, for all writers alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from cvtex.document.nodes import (
    Bullet,
    Entry,
    Field,
    GroupItem,
    LabelledGroup,
    Paragraph,
    PrintedDate,
)
from cvtex.richtext.build import joined
from cvtex.richtext.nodes import Emph, Inlines, NoBreak, Str
from cvtex.richtext.plain import plain_text
from cvtex.source import Span

Shape = Literal["station", "line", "person"]
"""An entry with a head and lines below it, one on a single line, or one beside the next."""

SHORT = 20
"""A name with fewer characters keeps together with its years."""


class Layout(Struct, frozen=True):
    """The places of fields by their names; those that one place lists are joined by commas.

    `head` comes first, then each of `below` on a line of its own, then `labelled` fields with
    their labels. The field of `brackets` ends the head, that of `emphasis` is emphasised. A field
    `place` that is not named here stands at the edge.
    """

    shape: Shape
    head: tuple[str, ...]
    below: tuple[tuple[str, ...], ...] = ()
    labelled: tuple[str, ...] = ()
    brackets: str = ""
    emphasis: str = ""


LAYOUTS: Mapping[str, Layout] = {
    "degree": Layout(
        "station",
        ("institution",),
        (("degree",),),
        labelled=("advisor", "interests", "thesis", "grade"),
    ),
    "position": Layout("station", ("organization",), (("role", "supervisor"),)),
    "grant": Layout("station", ("title",), (("funder", "role", "amount", "number"),)),
    "project": Layout("station", ("name",), (("role",),)),
    "talk": Layout("line", ("title", "type", "event", "place")),
    "award": Layout("line", ("title", "by"), brackets="note"),
    "course": Layout("line", ("course", "role", "institution", "place")),
    "student": Layout(
        "line", ("name", "degree", "topic", "institution"), brackets="now", emphasis="topic"
    ),
    "line": Layout("line", ("text",)),
    "referee": Layout(
        "person", ("name",), (("title", "institution"), ("address",), ("email", "phone"))
    ),
}


class LaidLine(Struct, frozen=True):
    """A line below the head of an entry, such as a role."""

    text: Inlines
    date: PrintedDate | None = None
    span: Span | None = None


class LabelledText(Struct, frozen=True):
    """A label and its text: "Thesis: ..." in an entry, "Skills: ..." in a section."""

    label: Inlines
    text: Inlines
    span: Span | None = None


class LaidEntry(Struct, frozen=True):
    """An entry with its fields in their places; every text may be empty but those in tuples."""

    shape: Shape
    head: Inlines
    date: PrintedDate | None
    place: Inlines
    below: tuple[LaidLine, ...]
    summary: tuple[Paragraph, ...]
    labelled: tuple[LabelledText, ...]
    details: tuple[Bullet, ...]
    span: Span | None


def lay_out(entry: Entry) -> LaidEntry:
    """Return an entry with its fields joined by the layout of its kind."""
    layout = LAYOUTS[entry.kind]
    named = [LaidLine(role.title, role.date, role.span) for role in entry.roles]
    below = (_line(entry, names, layout) for names in layout.below)
    labelled = (_labelled(entry, name) for name in layout.labelled)
    return LaidEntry(
        shape=layout.shape,
        head=(*_joined(entry, layout.head, layout), *_bracketed(entry, layout.brackets)),
        date=entry.date,
        place=() if "place" in layout.head else joined(f.body for f in _of(entry, "place")),
        below=(*named, *(line for line in below if line.text)),
        summary=entry.summary,
        labelled=tuple(one for one in labelled if one.text),
        details=entry.details,
        span=entry.span,
    )


def lay_out_group(group: LabelledGroup) -> LabelledText:
    """Return a group with its items joined by commas."""
    return LabelledText(group.label, joined(map(_item, group.items)), group.span)


def _of(entry: Entry, *names: str) -> list[Field]:
    """Return the fields of these names, in the order of the names."""
    return [field for name in names for field in entry.fields if field.name == name]


def _joined(entry: Entry, names: Iterable[str], layout: Layout) -> Inlines:
    return joined(
        (Emph(field.body),) if field.name == layout.emphasis else field.body
        for field in _of(entry, *names)
    )


def _line(entry: Entry, names: Iterable[str], layout: Layout) -> LaidLine:
    fields = _of(entry, *names)
    return LaidLine(_joined(entry, names, layout), None, fields[0].span if fields else None)


def _labelled(entry: Entry, name: str) -> LabelledText:
    fields = _of(entry, name)
    label = fields[0].label if fields else ""
    return LabelledText(
        (Str(label),), joined(f.body for f in fields), fields[0].span if fields else None
    )


def _bracketed(entry: Entry, name: str) -> Inlines:
    fields = _of(entry, name)
    if not fields:
        return ()
    label = f"{fields[0].label.lower()}: " if fields[0].label else ""
    return (Str(f" ({label}"), *joined(f.body for f in fields), Str(")"))


def _item(item: GroupItem) -> Inlines:
    if not item.years_text:
        return item.name
    together = (*item.name, Str(item.years_text))
    return (NoBreak(together),) if len(plain_text(item.name)) < SHORT else together
