"""The types of dates: partial, open, approximate, or a term."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from enum import Enum

from msgspec import Struct

SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}
"""First and last month of the EDTF seasons spring, summer, autumn, winter."""


class PartialDate(Struct, frozen=True, tag=True):
    """A year, with a month or a season and a day where they are known.

    `season` is EDTF's 21 (spring) to 24 (winter). `term` is the text of a term such as
    "2022 Fall", which is printed as it was written. (EDTF, level 1; biblatex manual, 2.3.8.)
    """

    year: int
    month: int | None = None
    day: int | None = None
    season: int | None = None
    approximate: bool = False
    uncertain: bool = False
    term: str | None = None

    def earliest(self) -> date:
        """Return the first day the date can mean."""
        month = self.month or (SEASONS[self.season][0] if self.season else 1)
        return date(self.year, month, self.day or 1)

    def latest(self) -> date:
        """Return the last day the date can mean."""
        month = self.month or (SEASONS[self.season][1] if self.season else 12)
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


class Open(Enum):
    """An open end of a range, printed as a word or not at all."""

    PRESENT = "present"
    NOW = "now"
    UNSAID = ".."


class DateRange(Struct, frozen=True, tag=True):
    """A range of dates; `start` is None if only the end is given."""

    start: PartialDate | None
    end: PartialDate | Open


Date = PartialDate | DateRange


def first_day(value: Date) -> date:
    """Return the earliest day a date or range can mean."""
    if isinstance(value, PartialDate):
        return value.earliest()
    return value.start.earliest() if value.start else date.min


def reversed_range(value: Date) -> bool:
    """Return whether a range certainly ends before it starts.

    `2021-03/2021` may be right, and so may any approximate or uncertain date.
    """
    if isinstance(value, PartialDate) or not isinstance(value.end, PartialDate):
        return False
    if value.start is None or _vague(value.start) or _vague(value.end):
        return False
    return not_before(value.start) > not_after(value.end)


def _vague(value: PartialDate) -> bool:
    return value.approximate or value.uncertain


def not_before(value: PartialDate) -> date:
    """Return the first day a date can mean, with terms and seasons of either hemisphere."""
    return date(value.year, 1, 1) if _is_season(value) else value.earliest()


def not_after(value: PartialDate) -> date:
    """Return the last day a date can mean; a winter, or a term of two years, ends a year later."""
    if not _is_season(value):
        return value.latest()
    ends_later = value.season == 24 or "/" in (value.term or "")
    return date(min(value.year + ends_later, date.max.year), 12, 31)


def _is_season(value: PartialDate) -> bool:
    return value.season is not None or value.term is not None


class DateError(ValueError):
    """A text that is not a date.

    `start` and `end` are the characters at fault; `field` is the BibTeX field that contains them.
    `suggestion` is the corrected text, if only one reading is possible.
    """

    def __init__(
        self,
        message: str,
        hint: str | None,
        start: int,
        end: int,
        *,
        suggestion: str | None = None,
        field: str = "date",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.start = start
        self.end = end
        self.suggestion = suggestion
        self.field = field
