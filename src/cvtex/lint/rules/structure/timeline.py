"""The dates of entries as ranges of days, as far as they are certain."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple

from msgspec import Struct

from cvtex.dates.partial_date import DateRange, Open, PartialDate, not_after, not_before
from cvtex.lint.context import LintContext
from cvtex.lower.sections import AnyEntry
from cvtex.schema.cv import CV
from cvtex.schema.scalars import DateValue
from cvtex.schema.sections import (
    CVSection,
    Employment,
    ExperienceSection,
    Group,
    Person,
    PublicationsSection,
    ServiceSection,
    SkillsSection,
    Tagged,
    TextSection,
)
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

_LINK = lazy_re(r"\[([^\[\]]+)\](?:\([^()\s]*\)|\[[^\[\]]*\])")

SectionEntry = AnyEntry | Group


class Days(NamedTuple):
    """The first and the last day that a partial date can mean."""

    first: date
    last: date


_SOME_TIME = Days(date.min, date.max)
_AT_LAST = Days(date.max, date.max)


class Period(Struct, frozen=True):
    """The begin and end of something; none where that is not known.

    `ongoing` is the word for an end that is still to come; without it, a missing end is unknown.
    """

    begins: Days | None
    ends: Days | None
    ongoing: Open | None = None

    @property
    def begun(self) -> Days:
        """The days on which it may have begun."""
        return self.begins or _SOME_TIME

    @property
    def over(self) -> Days:
        """The days on which it may have ended; the last day there is while it goes on."""
        return self.ends or (_AT_LAST if self.ongoing else _SOME_TIME)

    def newer(self, other: Period) -> bool:
        """Return whether it certainly began after the other began, and ended after that ended."""
        begun, over = self.begun.first > other.begun.last, self.over.first > other.over.last
        return begun and over


class DatedEntry(Struct, frozen=True, dict=True):
    """An entry, or one of several roles in it, with its date and the text that names it."""

    section: CVSection
    entry: SectionEntry
    title: Text
    when: DateValue

    @cached_property
    def period(self) -> Period:
        """The date as ranges of days."""
        return period(self.when)


def period(when: DateValue) -> Period:
    """Return the begin and end that a date gives; one that is not a range is both."""
    match when.value:
        case PartialDate() as point:
            return Period(_days(point), _days(point))
        case DateRange(start, Open() as end):
            return Period(_days(start), None, end)
        case DateRange(start, end):
            return Period(_days(start), _days(end))


@cache
def _days(value: PartialDate | Open | None) -> Days | None:
    """Return the days that a date can mean; none for an approximate or uncertain one."""
    if not isinstance(value, PartialDate) or value.approximate or value.uncertain:
        return None
    return Days(not_before(value), not_after(value))


def today(context: LintContext) -> date:
    """Return the last day that the date of the CV can mean."""
    when = context.project.cv.date
    days = period(when).ends if when is not None else None
    return days.last if days is not None else context.project.today


def entries(section: CVSection) -> tuple[SectionEntry, ...]:
    """Return the entries of a section, or its groups."""
    match section:
        case PublicationsSection() | TextSection():
            return ()
        case ServiceSection() | SkillsSection():
            return section.groups
    return section.entries


def dated(section: CVSection) -> Iterator[DatedEntry]:
    """Yield the dated entries of a section, and the dated roles in them."""
    for entry in entries(section):
        if isinstance(entry, Group | Person):
            continue
        title = title_of(entry)
        if entry.date is not None:
            yield DatedEntry(section, entry, title, entry.date)
        for role in entry.roles if isinstance(entry, Employment) else ():
            if role.date is not None:
                yield DatedEntry(section, entry, title, role.date)


def title_of(entry: SectionEntry) -> Text:
    """Return the text that names an entry, which is the first of its own fields."""
    title: Text = getattr(entry, _first_field(type(entry)))
    return title


@cache
def _first_field(kind: type[Tagged]) -> str:
    return next(name for name in kind.model_fields if name not in Tagged.model_fields)


def shown(text: Text) -> str:
    """Return a text as messages show it: at most 60 characters, without the URLs of links."""
    return textwrap.shorten(_LINK.sub(r"\1", text.value), 60, placeholder=" …")


def posts(cv: CV) -> Iterator[DatedEntry]:
    """Yield the posts of the experience sections; for an entry with dated roles, its roles."""
    for section in cv.sections:
        if isinstance(section, ExperienceSection):
            yield from _without_wholes(dated(section))


def _without_wholes(found: Iterable[DatedEntry]) -> Iterator[DatedEntry]:
    """Leave out the date of an entry whose roles have dates of their own."""
    for post in found:
        roles = post.entry.roles if isinstance(post.entry, Employment) else ()
        whole = isinstance(post.entry, Employment) and post.when is post.entry.date
        if not (whole and any(role.date for role in roles)):
            yield post
