"""The grammar of dates: EDTF as in biblatex, and terms.

Source: ISO 8601-2 (EDTF), level 1; biblatex manual, 2.3.8.
"""

from __future__ import annotations

import re
from calendar import monthrange
from itertools import islice

from msgspec.structs import replace

from cvtex.dates.month_names import read_term
from cvtex.dates.partial_date import SEASONS, Date, DateError, DateRange, Open, PartialDate
from cvtex.support.lazy_re import lazy_re

_POINT = lazy_re(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_QUALIFIED = lazy_re(r"(?P<value>.*[^~?%\s])(?P<mark>[~?%])", re.DOTALL)
_UNSPECIFIED = lazy_re(r"(?P<known>[0-9]{4}(?:-[0-9]{2})?)(?:-XX){1,2}")
_DECADE = lazy_re(r"(?P<first>[0-9]{2}[0-9X])X")

MOST_SLASHES = 3
"""The slashes in a range of two terms, each with two years."""

OPEN_WORDS = {
    "present": Open.PRESENT,
    "now": Open.NOW,
    "..": Open.UNSAID,
    "": Open.UNSAID,
    "open": Open.UNSAID,
    "unknown": Open.UNSAID,
}
"""The words for an open end of a range; `open` and `unknown` are from EDTF before ISO 8601-2."""


def read(text: str, at: int = 0) -> Date | None:
    """Return the date of a text, or None if it has another form.

    Raises `DateError` for a day that does not exist; `at` is added to its offsets.
    """
    return read_point(text, at) or _read_decade(text) or _read_range(text, at)


def read_point(text: str, at: int = 0) -> PartialDate | None:
    """Return a date that is not a range, or None."""
    qualified = _QUALIFIED.fullmatch(text)
    if qualified is None:
        return _read_plain(text, at)
    value, mark = _read_plain(qualified["value"], at), qualified["mark"]
    if value is None:
        return None
    return replace(value, approximate=mark in "~%", uncertain=mark in "?%")


def _read_plain(text: str, at: int) -> PartialDate | None:
    unspecified = _UNSPECIFIED.fullmatch(text)
    match = _POINT.fullmatch(unspecified["known"] if unspecified else text)
    if match is None:
        return read_term(text)
    year = int(match["year"])
    if year == 0:
        raise DateError("there is no year `0000`", "years run from `0001`", at, at + 4)
    if match["month"] is None:
        return PartialDate(year)
    if match["day"] is None and int(match["month"]) in SEASONS:
        return PartialDate(year, season=int(match["month"]))
    month = _month(match, at)
    return PartialDate(year, month, _day(match, at) if match["day"] else None)


def _month(match: re.Match[str], at: int) -> int:
    month = int(match["month"])
    if 1 <= month <= 12:
        return month
    raise DateError(
        f"there is no month `{match['month']}`",
        _month_hint(match["year"], match["month"], match["day"]),
        at + match.start("month"),
        at + match.end("month"),
    )


def _month_hint(year: str, month: str, day: str | None) -> str:
    if month == "00":
        return f"write `{year}` when the month is not known"
    if day is not None and 1 <= int(day) <= 12 and int(month) <= 31:
        return f"the month comes before the day: `{year}-{day}-{month}`"
    if int(month) == (int(year) + 1) % 100:
        return f"write `{year}/{int(year) + 1}` for a range of years"
    return "months run from `01` to `12`, seasons from `21` (spring) to `24` (winter)"


def _day(match: re.Match[str], at: int) -> int:
    day, length = int(match["day"]), monthrange(int(match["year"]), int(match["month"]))[1]
    if 1 <= day <= length:
        return day
    month = f"{match['year']}-{match['month']}"
    hint = f"write `{month}` when the day is not known" if day == 0 else f"it has {length} days"
    raise DateError(
        f"there is no day `{match['day']}` in `{month}`",
        hint,
        at + match.start("day"),
        at + match.end("day"),
    )


def _read_decade(text: str) -> DateRange | None:
    """Return the range of a decade `199X` or a century `19XX`, or None."""
    match = _DECADE.fullmatch(text)
    if match is None:
        return None
    first, last = (int(match["first"].replace("X", digit) + digit) for digit in "09")
    return DateRange(PartialDate(first), PartialDate(last)) if first else None


def _read_range(text: str, at: int) -> DateRange | None:
    """Return a range or None; a term may contain a slash itself: `Winter 2022/23/2023-09`."""
    for slash in islice(re.finditer("/", text), MOST_SLASHES):
        start = read_end(text[: slash.start()], at)
        end = read_end(text[slash.end() :], at + slash.end())
        if start is not None and end is not None:
            return _range(start, end, text, at)
    return None


def _range(
    start: PartialDate | Open, end: PartialDate | Open, text: str, at: int
) -> DateRange | None:
    if isinstance(start, Open) and start is not Open.UNSAID:
        hint = "write the earlier date before the `/`"
        raise DateError(f"a range cannot start at `{start.value}`", hint, at, at + text.index("/"))
    if isinstance(start, PartialDate):
        return DateRange(start, end)
    if isinstance(end, PartialDate):
        return DateRange(None, end)
    raise DateError("a range needs a date", "write `2020/..` or `../2020`", at, at + len(text))


def read_end(text: str, at: int = 0) -> PartialDate | Open | None:
    """Return one end of a range: a date, or a word for an end that is open."""
    stripped = text.strip()
    word = OPEN_WORDS.get(stripped.casefold())
    return word or read_point(stripped, at + len(text) - len(text.lstrip()))
