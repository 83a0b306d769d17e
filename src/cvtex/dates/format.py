"""Prints dates by the patterns of CLDR, in the language of the CV."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from cvtex.dates.cldr import Calendar, calendar
from cvtex.dates.partial_date import Date, DateError, Open, PartialDate
from cvtex.locale import terms_of
from cvtex.support.lazy_re import lazy_re

_PATTERN = lazy_re(r"''|'(?P<quoted>(?:[^']|'')+)'|(?P<field>(?P<letter>[A-Za-z])(?P=letter)*)")
_FIELDS = {
    "year": lazy_re(r"y{1,4}"),
    "month": lazy_re(r"y{1,4}|M{1,5}|L{1,5}"),
    "day": lazy_re(r"y{1,4}|M{1,5}|L{1,5}|d{1,2}"),
}
"""The fields that the pattern of a year, month or day may have."""

_PLAIN = {0x202F: "\u00a0", 0x2007: "\u00a0", 0x2009: " ", 0x200E: None, 0x200F: None, 0x061C: None}
"""Replaces CLDR's narrow and thin spaces, and removes marks of direction, which TeX cannot set."""


class DateStyle(Struct, frozen=True):
    """Patterns (LDML, such as `yyyy.MM.dd`) that replace those of the language."""

    day: str | None = None
    month: str | None = None
    year: str | None = None


BY_LANGUAGE = DateStyle()


def format_date(value: Date, language: str, style: DateStyle = BY_LANGUAGE) -> str:
    """Return a date as the CV prints it; `language` is any BCP 47 tag.

    Both ends of a range are printed completely, but only once if they read the same. The dash has
    spaces around it if an end contains one: "2016–2018", "Jun 2023 – Sep 2023". Patterns: CLDR
    `y`, `yMMM` and `yMMMd`.
    """
    if isinstance(value, PartialDate):
        return _point(value, language, style)
    start = _end(value.start or Open.UNSAID, language, style)
    end = _end(value.end, language, style)
    if start == end and start:
        return start
    dash = " – " if any(char.isspace() for char in start + end) else "–"
    return f"{start}{dash}{end}".strip(" ")


def format_years(years: Iterable[int]) -> str:
    """Return years in short, to follow a name: 2022, 2023, 2025 is "’22–23,25".

    Years of several centuries are written in full, with the space that they then need before them.
    """
    ordered = sorted(set(years))
    shared = len({year // 100 for year in ordered}) == 1
    runs: list[list[int]] = []
    for year in ordered:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    text = ",".join("–".join(_year(y, shared) for y in dict.fromkeys((r[0], r[-1]))) for r in runs)
    return text and ("’" if shared else " ") + text


def check_pattern(precision: str, pattern: str) -> None:
    """Check that a pattern can print a `year`, `month` or `day`; raises `DateError` if not.

    LDML has fields for what dates of a CV do not have, and an unknown month is not printed.
    """
    for match in _PATTERN.finditer(pattern):
        if match["field"] and not _FIELDS[precision].fullmatch(match["field"]):
            message = f"`{match['field']}` is not allowed in the pattern of a {precision}"
            hint = "`y` is the year, `M` the month, `d` the day; quote text: `'of'`"
            raise DateError(message, hint, match.start(), match.end())
    rest = _PATTERN.sub(lambda match: " " * len(match[0]), pattern)
    if "'" in rest:
        at = rest.index("'")
        raise DateError("a quote is not closed", "write `''` for an apostrophe", at, len(pattern))


def _year(year: int, shared_century: bool) -> str:
    return f"{year % 100:02}" if shared_century else str(year)


def _end(value: PartialDate | Open, language: str, style: DateStyle) -> str:
    match value:
        case Open.UNSAID:
            return ""
        case Open.PRESENT:
            return terms_of(language).present
        case Open.NOW:
            return terms_of(language).now
    return _point(value, language, style)


def _point(value: PartialDate, language: str, style: DateStyle) -> str:
    if value.term:
        text = value.term
    elif value.season:
        text = terms_of(language).season_of(value.season, value.year)
    else:
        text = _numbered(value, calendar(language), style)
    before = f"{terms_of(language).circa} " if value.approximate else ""
    return before + text + ("?" if value.uncertain else "")


def _numbered(value: PartialDate, by_language: Calendar, style: DateStyle) -> str:
    pattern = style.year or by_language.year
    if value.day:
        pattern = style.day or by_language.day
    elif value.month:
        pattern = style.month or by_language.month
    text = _PATTERN.sub(lambda match: _part(match, value, by_language), pattern)
    return text.translate(_PLAIN).strip()


def _part(match: re.Match[str], value: PartialDate, by_language: Calendar) -> str:
    if match["field"]:
        return _field(match["field"], value, by_language)
    return match["quoted"].replace("''", "'") if match["quoted"] else "'"


def _field(field: str, value: PartialDate, by_language: Calendar) -> str:
    """Return the value of one pattern field; empty if it is not known, literal text unchanged."""
    width = len(field)
    match field[0]:
        case "y" | "Y":
            return f"{value.year % 100:02}" if width == 2 else f"{value.year:0{width}}"
        case "M" | "L" if value.month:
            names = by_language.months.get(field)
            return names[value.month] if names else f"{value.month:0{width}}"
        case "d" if value.day:
            return f"{value.day:0{width}}"
        case "M" | "L" | "d":
            return ""
    return field
