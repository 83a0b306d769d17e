"""Dates in the future, and dates too long ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cvtex.dates.partial_date import Open
from cvtex.diagnostics.diagnostic import Severity
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.structure.timeline import (
    DatedEntry,
    Days,
    dated,
    period,
    posts,
    shown,
    today,
)
from cvtex.schema.scalars import DateValue
from cvtex.schema.sections import ServiceSection

YEARS_TO_START = 2
"""The most years ahead that the begin of something is known."""

YEARS_TO_END = {"experience": 6, "education": 8}
"""The most years ahead that something may end, by kind of section; 10 for the others."""

MOST_YEARS_AGO = 100
"""The most years between two dates of a CV."""

GOES_ON = (Open.PRESENT, Open.NOW)
"""The open ends that say that something has begun; after others it may be still to come."""

STALE_AFTER = timedelta(days=730)


@rule("CV120")
def far_future(context: LintContext) -> RuleFindings:
    """A date is so far in the future that its year must be mistyped.

    A CV may have dates to come: a degree next year, the end of a contract. But nothing begins more
    than 2 years from now, no post goes on for more than 6 years, and no degree for more than 8.
    Now is the `date:` of the CV, or today.

    Bad:

    ```yaml
    date: 2020-01/2203-06
    ```

    Good:

    ```yaml
    date: 2020-01/2023-06
    ```
    """
    now = today(context)
    for section in context.project.cv.sections:
        for one in dated(section):
            if _begins_too_late(one, now) and one.period.ongoing not in GOES_ON:
                yield _too_far(one.when, "begins")
            elif _ends_too_late(one, now):
                yield _too_far(one.when, "ends")
    yield from _far_years(context, now.year + YEARS_TO_START)


def _begins_too_late(one: DatedEntry, now: date) -> bool:
    return _beyond(one.period.begins, now, YEARS_TO_START)


def _ends_too_late(one: DatedEntry, now: date) -> bool:
    return _beyond(one.period.ends, now, YEARS_TO_END.get(one.section.kind, 10))


def _beyond(days: Days | None, now: date, years: int) -> bool:
    return days is not None and days.first.year > now.year + years


def _too_far(when: DateValue, what: str) -> Finding:
    written = _written(when)
    return Finding(f"`{written}` {what} far in the future", when.span, "correct the year")


def _written(when: DateValue) -> str:
    return when.span.text.strip("'\"") if when.span else ""


def _far_years(context: LintContext, last: int) -> Iterator[Finding]:
    """Yield findings about years of service that are too far in the future."""
    for section in context.project.cv.sections:
        groups = section.groups if isinstance(section, ServiceSection) else ()
        for item in (item for group in groups for item in group.items):
            year = next((year for year in item.years if year > last), None)
            if year is not None:
                message = f"`{shown(item.name)}` has the year {year}, far in the future"
                yield Finding(message, item.name.span, "correct the year")


@rule("CV129")
def distant_past(context: LintContext) -> RuleFindings:
    """A date is more than a hundred years before the newest one, so its year must be mistyped.

    Nobody held a post in the year 202. Dates far in the future are mistyped themselves, so no other
    date is compared with them.

    Bad:

    ```yaml
    entries:
    - {organization: Sony AI, date: 0202-06/2023-09}
    ```

    Good:

    ```yaml
    entries:
    - {organization: Sony AI, date: 2020-06/2023-09}
    ```
    """
    known = list(_all_days(context))
    first = max((days.last.year for _, days in known), default=0) - MOST_YEARS_AGO
    for when in dict.fromkeys(when for when, days in known if days.last.year < first):
        message = f"`{_written(when)}` is more than a hundred years before the other dates"
        yield Finding(message, when.span, "correct the year")


def _all_days(context: LintContext) -> Iterator[tuple[DateValue, Days]]:
    """Yield the begins and ends in a CV that are not far in the future, each with its date."""
    now = today(context)
    known = (one for section in context.project.cv.sections for one in dated(section))
    for one in known:
        if not (_begins_too_late(one, now) or _ends_too_late(one, now)):
            both = (one.period.begins, one.period.ends)
            yield from ((one.when, days) for days in both if days is not None)


@rule("CV121", Severity.INFO, default=False)
def future_end(context: LintContext) -> RuleFindings:
    """A current post is written with the day on which it will end.

    A reader who sees an end thinks that the post is over, or that the date is a mistake. Some want
    to show the end of their contract, so this rule is off unless you ask for it.

    Bad:

    ```yaml
    date: 2023-09/2026-08
    ```

    Good:

    ```yaml
    date: 2023-09/present
    ```
    """
    now = today(context)
    for post in posts(context.project.cv):
        ends = post.period.ends
        if ends is not None and ends.first > now:
            hint = "write `present` for the end while it goes on"
            yield Finding(f"`{shown(post.title)}` ends in the future", post.when.span, hint)


@rule("CV122")
def unbegun_present(context: LintContext) -> RuleFindings:
    """Something goes on until the present, but has not begun yet.

    It prints as "Sep 2031 – Present", which is impossible. Either the start is mistyped, or it is
    still to come, and then its end is open.

    Bad:

    ```yaml
    date: 2031-09/present
    ```

    Good:

    ```yaml
    date: 2031-09/..
    ```
    """
    now = today(context)
    for section in context.project.cv.sections:
        for one in dated(section):
            begins = one.period.begins
            if one.period.ongoing in GOES_ON and begins and begins.first > now:
                start = _written(one.when).partition("/")[0].strip()
                message = f"`{shown(one.title)}` goes on until the present, but has not begun"
                yield Finding(message, one.when.span, f"write `{start}/..` if it is to come")


@rule("CV123", Severity.INFO)
def stale_fact(context: LintContext) -> RuleFindings:
    """A fact was last looked up more than two years ago.

    Numbers such as citations grow. A fact with `as_of` says when it was looked up, and this rule
    reminds you to do it again.

    Bad:

    ```yaml
    date: 2024-06-01
    facts:
      citations: {value: 1250, as_of: 2021-03}
    ```

    Good:

    ```yaml
    date: 2024-06-01
    facts:
      citations: {value: 3204, as_of: 2024-05}
    ```
    """
    for name, fact in context.project.cv.facts.items():
        if fact.as_of is None:
            continue
        days = period(fact.as_of).ends
        if days is not None and today(context) - days.last > STALE_AFTER:
            message = f"`{name}` was looked up more than two years ago"
            yield Finding(message, fact.as_of.span, "look it up again, and set `as_of`")
