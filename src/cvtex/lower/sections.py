"""Each kind of section as blocks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never
from urllib.parse import quote

from cvtex.dates.format import format_years
from cvtex.document.nodes import (
    Block,
    Bullet,
    BulletList,
    Dated,
    Detail,
    Entry,
    Labelled,
    Paragraph,
    Referee,
    Role,
)
from cvtex.lower.text import TextLowering
from cvtex.richtext.build import joined
from cvtex.richtext.markdown import list_items, paragraphs
from cvtex.richtext.nodes import Emph, Inlines, Link, NoBreak, Str
from cvtex.schema import sections as kinds
from cvtex.source import Span, Text

EntrySection = (
    kinds.TextSection
    | kinds.EducationSection
    | kinds.ExperienceSection
    | kinds.TalksSection
    | kinds.AwardsSection
    | kinds.GrantsSection
    | kinds.TeachingSection
    | kinds.SupervisionSection
    | kinds.ServiceSection
    | kinds.SkillsSection
    | kinds.ProjectsSection
    | kinds.ListSection
    | kinds.RefereesSection
)
"""Every kind but the lists of publications, which are lowered together."""

AnyEntry = (
    kinds.Degree
    | kinds.Employment
    | kinds.Talk
    | kinds.Award
    | kinds.Grant
    | kinds.Course
    | kinds.Student
    | kinds.Group
    | kinds.ProjectEntry
    | kinds.Line
    | kinds.Person
)


def section_entries(section: EntrySection) -> tuple[AnyEntry, ...]:
    """The entries of a section, or its groups; running text has none."""
    match section:
        case kinds.TextSection():
            return ()
        case kinds.ServiceSection() | kinds.SkillsSection():
            return section.groups
    return section.entries


def lower_text(body: Text, writing: TextLowering) -> tuple[Block, ...]:
    """The paragraphs and bullet lists of running text."""
    blocks: list[Block] = []
    for part in paragraphs(writing.choose(body)):
        text, items = list_items(part)
        if text.value.strip():
            blocks.append(Paragraph(writing.rich(text), text.span))
        if items:
            blocks.append(BulletList(tuple(Bullet(writing.rich(i), i.span) for i in items)))
    return tuple(blocks)


def lower_entry(entry: AnyEntry, writing: TextLowering) -> tuple[Block, ...]:  # noqa: C901, PLR0911
    """The blocks of one entry."""
    match entry:
        case kinds.Degree():
            return (_degree(entry, writing),)
        case kinds.Employment():
            return (_employment(entry, writing),)
        case kinds.Talk():
            return (_talk(entry, writing),)
        case kinds.Award():
            return (_award(entry, writing),)
        case kinds.Grant():
            return (_grant(entry, writing),)
        case kinds.Course():
            return _course(entry, writing)
        case kinds.Student():
            return (_student(entry, writing),)
        case kinds.Group():
            return (_group(entry, writing),)
        case kinds.ProjectEntry():
            return (_project(entry, writing),)
        case kinds.Line():
            body = writing.linked(entry.text, entry.url)
            return (Dated(body, writing.date(entry.date), entry.text.span),)
        case kinds.Person():
            return (_referee(entry, writing),)
        case _:
            assert_never(entry)


def _degree(entry: kinds.Degree, writing: TextLowering) -> Entry:
    interests = joined(writing.rich(interest) for interest in entry.interests)
    words = writing.words
    return Entry(
        title=writing.linked(entry.institution, entry.url),
        date=writing.date(entry.date),
        place=writing.rich(entry.location),
        roles=_roles(writing.rich(entry.degree), _span(entry.degree)),
        details=_details(
            writing,
            entry.summary,
            (
                (words.advisor, writing.rich(entry.advisor), _span(entry.advisor)),
                (words.research_interests, interests, _span(*entry.interests)),
                (words.thesis, writing.rich(entry.thesis), _span(entry.thesis)),
                (words.grade, writing.rich(entry.grade), _span(entry.grade)),
            ),
            entry.details,
        ),
        span=entry.institution.span,
    )


def _employment(entry: kinds.Employment, writing: TextLowering) -> Entry:
    supervisor = writing.rich(entry.supervisor)
    if entry.roles:
        roles = tuple(
            Role(writing.rich(role.title), writing.date(role.date), role.title.span)
            for role in entry.roles
        )
        roles += _roles(supervisor, _span(entry.supervisor))
    else:
        role = joined((writing.rich(entry.role), supervisor))
        roles = _roles(role, _span(entry.role, entry.supervisor))
    return Entry(
        title=writing.linked(entry.organization, entry.url),
        date=writing.date(entry.date),
        place=writing.rich(entry.location),
        roles=roles,
        details=_details(writing, entry.summary, (), entry.details),
        span=entry.organization.span,
    )


def _grant(entry: kinds.Grant, writing: TextLowering) -> Entry:
    terms = (entry.funder, entry.role, entry.amount, entry.number)
    return Entry(
        title=writing.linked(entry.title, entry.url),
        date=writing.date(entry.date),
        roles=_roles(joined(writing.rich(term) for term in terms), _span(*terms)),
        details=_details(writing, None, (), entry.details),
        span=entry.title.span,
    )


def _project(entry: kinds.ProjectEntry, writing: TextLowering) -> Entry:
    return Entry(
        title=writing.linked(entry.name, entry.url),
        date=writing.date(entry.date),
        place=writing.rich(entry.location),
        roles=_roles(writing.rich(entry.role), _span(entry.role)),
        details=_details(writing, entry.summary, (), entry.details),
        span=entry.name.span,
    )


def _roles(title: Inlines, span: Span | None) -> tuple[Role, ...]:
    return (Role(title, (), span),) if title else ()


def _details(
    writing: TextLowering,
    summary: Text | None,
    labelled: Iterable[tuple[str, Inlines, Span | None]],
    bullets: Iterable[Text],
) -> tuple[Detail, ...]:
    details: list[Detail] = []
    if summary is not None:
        chosen = writing.choose(summary)
        details += [Paragraph(writing.rich(part), part.span) for part in paragraphs(chosen)]
    details += [Labelled((Str(label),), body, span) for label, body, span in labelled if body]
    items = tuple(Bullet(writing.rich(text), text.span) for text in bullets if text.value.strip())
    return (*details, BulletList(items)) if items else tuple(details)


def _talk(entry: kinds.Talk, writing: TextLowering) -> Dated:
    title = writing.linked(entry.title, entry.url)
    body = joined((title, *map(writing.rich, (entry.type, entry.event, entry.location))))
    return Dated(body, writing.date(entry.date), entry.title.span)


def _award(entry: kinds.Award, writing: TextLowering) -> Dated:
    body = joined((writing.linked(entry.title, entry.url), writing.rich(entry.by)))
    note = writing.rich(entry.note)
    if note:
        body = (*body, Str(" ("), *note, Str(")"))
    return Dated(body, writing.date(entry.date), entry.title.span)


def _course(entry: kinds.Course, writing: TextLowering) -> tuple[Block, ...]:
    course = writing.linked(entry.course, entry.url)
    terms = map(writing.rich, (entry.role, entry.institution, entry.location))
    line = Dated(joined((course, *terms)), writing.date(entry.date), entry.course.span)
    return (line, *_details(writing, None, (), entry.details))


def _student(entry: kinds.Student, writing: TextLowering) -> Dated:
    topic = writing.rich(entry.topic)
    terms = (writing.rich(entry.degree), (Emph(topic),) if topic else ())
    name = writing.linked(entry.name, entry.url)
    body = joined((name, *terms, writing.rich(entry.institution)))
    now = writing.rich(entry.now)
    if now:
        body = (*body, Str(f" ({writing.words.now.lower()}: "), *now, Str(")"))
    return Dated(body, writing.date(entry.date), entry.name.span)


def _group(entry: kinds.Group, writing: TextLowering) -> Labelled:
    items = joined(_item(item, writing) for item in entry.items)
    label = Text(writing.choose(entry.label).value.rstrip(": "), entry.label.span)
    return Labelled(writing.rich(label), items, entry.label.span)


def _item(item: kinds.Venue, writing: TextLowering) -> Inlines:
    name = writing.linked(item.name, item.url)
    if not item.years:
        return name
    years = Str(format_years(item.years))
    return (NoBreak((*name, years)),) if len(item.name.value) < 20 else (*name, years)


def _referee(entry: kinds.Person, writing: TextLowering) -> Referee:
    where = joined(map(writing.rich, (entry.title, entry.institution)))
    contacts: list[Inlines] = []
    if entry.email is not None:
        contacts.append(
            (Link(f"mailto:{quote(entry.email.value, safe='@+')}", (Str(entry.email.value),)),)
        )
    if entry.phone is not None:
        contacts.append((Str(entry.phone.value),))
    lines = (where, writing.rich(entry.address), joined(contacts))
    name = writing.linked(entry.name, entry.url)
    return Referee(name, tuple(line for line in lines if line), entry.name.span)


def _span(*texts: Text | None) -> Span | None:
    return next((text.span for text in texts if text is not None), None)
