"""Dates of entries against the date of the CV."""

from __future__ import annotations

from datetime import date

from cvtex.dates.partial_date import Date, PartialDate, first_day
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.bibliography.fields import entries, is_filled
from cvtex.locale import terms_of
from cvtex.publications.publication import Publication, Status
from cvtex.publications.styles.parts import state_words
from cvtex.publications.works import is_preprint
from cvtex.readers.bibtex.bibliography import BibRecord
from cvtex.source import Span

_WAITING = frozenset(
    (
        Status.SUBMITTED,
        Status.UNDER_REVIEW,
        Status.ACCEPTED,
        Status.FORTHCOMING,
        Status.IN_PRESS,
    )
)
_LONGEST_WAIT = 24
"""The months after which a work must have been printed."""

_FIRST_PRINT = 1450
_VENUES = ("journaltitle", "booktitle")
_PRINTED = ("pages", "volume", "doi")


@rule("CV353")
def stale_status(context: LintContext) -> RuleFindings:
    """A work has been under review, accepted or in press for more than two years.

    It was most likely printed since then, and the entry forgotten; or it was turned down. Whoever
    reads the CV looks the work up and wonders. The time counts from the end of the month or year
    that the entry gives, up to the date of the CV. A work with a venue and pages, a volume or a DOI
    was printed; it is not reported.

    Bad:

    ```bibtex
    @article{yi2021, title = {Ideals}, year = 2021, note = {under review}}
    ```

    Good:

    ```bibtex
    @article{yi2021, title = {Ideals}, year = 2023, journal = {Annals}}
    ```
    """
    today = context.project.today
    for publication, record in entries(context):
        if (
            publication.date is None
            or publication.status not in _WAITING
            or _is_printed(publication, record)
        ):
            continue
        if _months(_last_day(publication.date), today) > _LONGEST_WAIT:
            state = state_words(terms_of("en"))[publication.status]
            message = f"`{publication.key}` is {state} since {first_day(publication.date).year}"
            hint = "look it up; if it was printed, give its venue and year and delete the status"
            yield Finding(message, _status_place(publication), hint)


def _is_printed(publication: Publication, record: BibRecord) -> bool:
    """Return whether an entry gives the place of the work in its venue, not in an archive."""
    return not is_preprint(publication) and all(
        any(is_filled(record.values, name) for name in names) for names in (_VENUES, _PRINTED)
    )


def _last_day(value: Date) -> date:
    if isinstance(value, PartialDate):
        return value.latest()
    return value.end.latest() if isinstance(value.end, PartialDate) else date.max


def _months(earlier: date, later: date) -> int:
    whole = (later.year - earlier.year) * 12 + later.month - earlier.month
    return whole + (later.day > earlier.day)


def _status_place(publication: Publication) -> Span | None:
    return publication.places.get("pubstate") or publication.span


def _date_place(publication: Publication) -> Span | None:
    places = publication.places
    return places.get("date") or places.get("year") or publication.span


@rule("CV354")
def future_year(context: LintContext) -> RuleFindings:
    """A work is said to have come out years from now.

    A digit is wrong, or a status is missing. The volume of next year is often printed early; so
    only later years are reported, and only for works that have no status, such as `forthcoming`.

    Bad:

    ```bibtex
    @article{yi2024, title = {Ideals}, year = 2042}
    ```

    Good:

    ```bibtex
    @article{yi2024, title = {Ideals}, year = 2024}
    ```
    """
    this_year = context.project.today.year
    for publication in context.project.bibliography.publications:
        if publication.date is None or publication.status is not Status.PUBLISHED:
            continue
        year = first_day(publication.date).year
        if year > this_year + 1:
            hint = "correct it, or say `pubstate = {forthcoming}`"
            message = f"the year {year} of `{publication.key}` has not come"
            yield Finding(message, _date_place(publication), hint)


@rule("CV355")
def implausible_year(context: LintContext) -> RuleFindings:
    """A work is said to have come out before there was print.

    A digit is missing or wrong. The date of an old text belongs into `origdate`, that of the
    edition into `date`.

    Bad:

    ```bibtex
    @article{noether1921, title = {Idealtheorie in Ringbereichen}, year = 192}
    ```

    Good:

    ```bibtex
    @article{noether1921, title = {Idealtheorie in Ringbereichen}, year = 1921}
    ```
    """
    for publication in context.project.bibliography.publications:
        when = publication.date
        if isinstance(when, PartialDate) and when.year < _FIRST_PRINT:
            message = f"`{publication.key}` is from the year {when.year}"
            yield Finding(message, _date_place(publication), "correct it, or write `origdate`")
