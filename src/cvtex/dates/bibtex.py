"""Dates of .bib files: BibTeX's `year` and `month`, biblatex's `date`.

Source: biblatex manual, 2.3.8 and 2.3.9; btxdoc, 4.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Literal

from msgspec.structs import replace

from cvtex.dates.edtf import parse_date
from cvtex.dates.grammar import read
from cvtex.dates.month_names import month_number, season_number
from cvtex.dates.partial_date import Date, DateError, DateRange, PartialDate, reversed_range
from cvtex.support.lazy_re import lazy_re

_UNDATED = r"""(?<!\w)(?: forthcoming | in\W?press | in\W?print | to\ appear | to\ be\ published
    | (?:conditionally\ )?accepted | submitted | under\ (?:review|revision) | unpublished
    | in\ (?:preparation|review|revision) | n\.?\ ?d\.? | no\ date | undated | t\.?b\.?[ad]\.?
    | s\.?\ ?[ad]\.? | o\.?\ ?j\.? | im\ (?:druck|erscheinen) | eingereicht | à\ paraître
    | sous\ presse | soumis | en\ prensa | in\ stampa | no\ prelo | in\ druk )(?!\w)"""
"""Words in place of a date that is not known yet."""

_NO_TEX = {ord("{"): None, ord("}"): None, ord('"'): None, ord("~"): " ", ord("\u00a0"): " "}
_YEAR = lazy_re(r"[12][0-9]{3}")
_YEAR_INSIDE = lazy_re(r"(?<!\d)[12][0-9]{3}(?!\d)")
_YEARS = lazy_re(r"(?P<first>\d{4})\s*(?P<sign>/|[-–—]+)\s*(?P<last>\d{4}|\d{2})")
_LETTERED = lazy_re(r"(\d{4})[a-z]")
_TIME = lazy_re(r"(?<=\d)[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?(?=/|$)")
_TOKENS = lazy_re(
    r"(?P<word>[^\W\d_]+)\.?|(?P<number>\d{1,4})(?:st|nd|rd|th)?\b|(?P<sign>[-–—/&]+)"
)
_SIGNS = frozenset({"and", "to", "und", "bis", "et", "y", "e"})

MonthPart = tuple[Literal["M", "S", "D", "-"], int]
"""A part of a `month` field: month, season, number or the sign of a range."""


def biblatex_date(text: str) -> Date | None:
    """Return the date of a biblatex `date` field; None for words such as "forthcoming".

    A time of day, which biblatex allows, is ignored. Raises `DateError`.
    """
    plain = text.translate(_NO_TEX | {ord("~"): "~"})
    if _is_undated(plain):
        return None
    cleaned = _TIME.sub("", plain)
    try:
        found = parse_date(cleaned)
    except DateError as error:
        if cleaned == text:
            raise
        # The offsets are those of a shorter text.
        raise _fault(text, error.message, error.hint, "date", error.suggestion) from error
    if reversed_range(found):
        start, _, end = cleaned.strip().partition("/")
        hint = f"write `{end}/{start}`, or correct one of the two"
        raise _fault(text, f"`{cleaned.strip()}` ends before it starts", hint, "date")
    return found


def bib_date(year: str, month: str = "") -> Date | None:
    """Return the date of a `year` and a `month`; None for "in press" and the like.

    A field may contain a macro (`jan`), a number, a word, a range or braces. Raises `DateError`,
    whose `field` is the one at fault.
    """
    when = _year(year)
    if when is None or not re.search(r"\w", month):
        return when
    parts = _parts(month)
    found = _with_month(when, parts) if parts else None
    if found is None:
        hint = "write a macro such as `mar`, a number, or `date = {2020-03}` instead of both fields"
        raise _fault(month, f"`{month.strip()}` is not a month of `{year.strip()}`", hint, "month")
    return found


def _fault(
    text: str, message: str, hint: str | None, field: str, suggestion: str | None = None
) -> DateError:
    return DateError(message, hint, 0, len(text), suggestion=suggestion, field=field)


def _is_undated(text: str) -> bool:
    return not any(map(str.isdigit, text)) and not re.search(r"\w", _without_undated(text))


def _without_undated(text: str) -> str:
    return re.sub(_UNDATED, "", text, flags=re.IGNORECASE | re.VERBOSE)


def _year(text: str) -> Date | None:
    plain = " ".join(text.translate(_NO_TEX).split())
    if _is_undated(plain):
        return None
    if _YEAR.fullmatch(plain):
        return PartialDate(int(plain))
    years = _YEARS.fullmatch(plain)
    if years and (found := _year_range(years["first"], years["sign"], years["last"])):
        return found
    from cvtex.dates.habits import readings

    lettered = _LETTERED.fullmatch(plain)
    meant = readings(lettered[1] if lettered else _without_undated(plain).strip(" ,;.()/"))
    value = read(meant[0]) if len(meant) == 1 else None
    if value is None:
        hint = " or ".join(f"`{reading}`" for reading in meant) or _such_as(plain)
        raise _fault(text, f"`{text.strip()}` is not a year", f"write {hint}", "year")
    return value


def _such_as(text: str) -> str:
    """Return a hint how a year is written, with the first one found in the text."""
    inside = _YEAR_INSIDE.search(text)
    return f"four digits, such as `{inside[0] if inside else 2021}`"


def _year_range(first: str, sign: str, last: str) -> DateRange | None:
    """Return two years such as `1999/2000` or `1999/00`, but not `2008-09`: it may be a month."""
    start, end = int(first), int(last)
    if len(last) == 2:
        if sign == "-" and end <= 12:
            return None
        end = start + (end - start) % 100
    return DateRange(PartialDate(start), PartialDate(end)) if 0 < start < end <= 9999 else None


def _parts(month: str) -> list[MonthPart] | None:
    """Return the parts of a `month`; None if one is neither a month, a season nor a number."""
    plain = month.translate(_NO_TEX)
    if _TOKENS.sub("", plain).strip(" ,.'()[]"):
        return None
    parts = [_part(match) for match in _TOKENS.finditer(plain)]
    known = [part for part in parts if part]
    return known if len(known) == len(parts) else None


def _part(match: re.Match[str]) -> MonthPart | None:
    if match["sign"] or (match["word"] or "").casefold() in _SIGNS:
        return "-", 0
    if match["number"]:
        return "D", int(match["number"])
    if month := month_number(match["word"]):
        return "M", month
    season = season_number(match["word"])
    return ("S", season) if season else None


def _with_month(when: Date, parts: list[MonthPart]) -> Date | None:
    """Return a year together with the parts of its month."""
    if isinstance(when, DateRange):
        return _two_years(when, parts)
    if when.month or when.season:
        return when if parts in ([("M", when.month)], [("D", when.month)]) else None
    if parts[-1] == ("D", when.year):
        parts = parts[:-1]
    sides = _sides(parts)
    points = [_point(when, side) for side in sides]
    if len(points) == 1:
        return points[0]
    if len(points) != 2 or points[0] is None or points[1] is None:
        return None
    found = DateRange(points[0], points[1])
    return None if reversed_range(found) else found


def _two_years(when: DateRange, parts: list[MonthPart]) -> Date | None:
    """Return the range of `1999/2000` with `dec/jan`."""
    match parts:
        case [("M", first), ("-", _), ("M", last)]:
            if when.start and isinstance(when.end, PartialDate):
                return DateRange(replace(when.start, month=first), replace(when.end, month=last))
    return None


def _sides(parts: list[MonthPart]) -> list[list[MonthPart]]:
    """Return one side, or both of a range, each completed by what only the other says."""
    match parts:
        case [("M", _) as month, ("D", _) as first, ("-", _), ("D", _) as last]:
            return [[month, first], [month, last]]
        case [("D", _) as first, ("-", _), ("D", _) as last, ("M", _) as month]:
            return [[month, first], [month, last]]
    signs = [index for index, part in enumerate(parts) if part[0] == "-"]
    if len(signs) == 1:
        return [parts[: signs[0]], parts[signs[0] + 1 :]]
    return [parts]


def _point(year: PartialDate, side: list[MonthPart]) -> PartialDate | None:
    match side:
        case [("M", month)] | [("D", month)] if 1 <= month <= 12:
            return replace(year, month=month)
        case [("S", season)]:
            return replace(year, season=season)
        case [("M", month), ("D", day)] | [("D", day), ("M", month)]:
            if 1 <= day <= monthrange(year.year, month)[1]:
                return replace(year, month=month, day=day)
    return None
