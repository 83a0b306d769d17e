"""Dates in common notations that cvtex does not accept, and what each can mean.

They are only read for the hint that corrects them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from cvtex.dates.grammar import read
from cvtex.dates.month_names import fold, month_number
from cvtex.dates.partial_date import DateError, reversed_range
from cvtex.support.lazy_re import lazy_re

LONGEST = 60
"""The length of the longest text that is searched for dates."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_BRACKETS = dict.fromkeys(map(ord, "()[]{}\u200b\u200e\u200f\u00ad\ufeff"))
_YEAR_FIRST = lazy_re(r"(\d{4})[-./ ]+(\d{1,2})(?:[-./ ]+(\d{1,2}))?\.?(?:[T ]\d{1,2}:\d{2}.*)?")
_COMPACT = lazy_re(r"(\d{4})(\d{2})(\d{2})?")
_YEAR_LAST = lazy_re(r"(?:(\d{1,2})([-./ ]) ?)?(\d{1,2})[-./ ] ?(\d{4})")
_DECADE = lazy_re(r"(\d{3})(?:0['’]?s|x)")
_CIRCA = lazy_re(
    r"(?:(?:c|ca|circa|about|around|approx|approximately|vers|env|environ|um|etwa|hacia|verso)\b\.?|~)"
    r"\s*(?P<rest>.+)",
    re.IGNORECASE,
)
_MARKED = lazy_re(r"(?P<rest>.*?)\s*(?P<mark>[?~%]{1,2})")
_SINCE = lazy_re(
    r"(?:since|from|seit|ab|depuis|desde|dal|da|sinds|vanaf)\s+(?P<named>.+)"
    r"|(?P<dashed>.+?)\s*(?:-+|\+|onwards?)",
    re.IGNORECASE,
)
_UNTIL = lazy_re(
    r"(?:(?:until|till|up to|to|bis|jusqu['’][aà]|hasta|fino al?|até|tot)\s+|-+\s*)(.+)",
    re.IGNORECASE,
)
_BETWEEN = lazy_re(
    r"\s*(?:/|-+|\s(?:to|until|till|through|bis|[àa]|al|até|hasta|tot)\s)\s*", re.IGNORECASE
)
_DAYS = lazy_re(r"([^\W\d_]+\.?) (\d{1,2}) ?- ?(\d{1,2}),? (\d{4})")
_NUMERIC = lazy_re(r"[0-9-]+")
_TWO_DIGITS = lazy_re(r"[0-9]{1,2}")
_WORDS = lazy_re(r"[^\W\d_]+|\d+")
_ORDERS = frozenset({"DMY", "MDY", "MY", "YM", "YMD"})
_FILLER = lazy_re(
    r"of|the|st|nd|rd|th|er|de|del|di|den|der|am"
    r"|(?:mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?"
)
_ONGOING = lazy_re(
    r"present|presente|currently|current|ongoing|inprogress|today|todate|date|heute|jetzt|aujourdhui|actuel"
    r"|actualidad|actualmente|actual|hoy|oggi|atualmente|atual|hoje|heden|nu"
)


def readings(text: str) -> tuple[str, ...]:
    """Return the dates that a text can mean, in EDTF; several if it is ambiguous."""
    if len(text) > LONGEST:
        return ()
    plain = " ".join(unicodedata.normalize("NFKC", text).translate(_DASHES | _BRACKETS).split())
    found = [reading for reading in (*_points(plain), *_ranges(plain)) if _is_date(reading)]
    ordered = [reading for reading in found if _is_in_order(reading)]
    return tuple(dict.fromkeys(ordered or found))


def is_ongoing(text: str) -> bool:
    """Return whether a text says "present" in other words: "current", "ongoing", "heute"."""
    return _ONGOING.fullmatch(re.sub(r"[\W_]", "", fold(text))) is not None


def _is_date(reading: str) -> bool:
    try:
        return read(reading) is not None
    except DateError:
        return False


def _is_in_order(reading: str) -> bool:
    value = read(reading)
    return value is not None and not reversed_range(value)


def _points(text: str) -> Iterator[str]:
    """Yield what a text can mean as a single date; the results are still to be checked."""
    yield text
    if match := _YEAR_FIRST.fullmatch(text):
        yield from _numbered(match[1], match[2], match[3])
    if match := _COMPACT.fullmatch(text):
        yield from _numbered(match[1], match[2], match[3])
    if match := _YEAR_LAST.fullmatch(text):
        yield from _numbered(match[4], match[3], match[1])
        # Wherever periods are used, the day comes first.
        if match[1] and match[2] != ".":
            yield from _numbered(match[4], match[1], match[3])
    if match := _DECADE.fullmatch(text):
        yield f"{match[1]}X"
    yield from _qualified(text)
    yield from _named(text)


def _numbered(year: str, month: str, day: str | None) -> Iterator[str]:
    if 1 <= int(month) <= 12:
        yield f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


def _qualified(text: str) -> Iterator[str]:
    if match := _CIRCA.fullmatch(text):
        yield from (f"{reading}~" for reading in _points(match["rest"]))
    elif match := _MARKED.fullmatch(text):
        mark = "%" if len(set(match["mark"])) == 2 else match["mark"][0]
        yield from (f"{reading}{mark}" for reading in _points(match["rest"]))


def _named(text: str) -> Iterator[str]:
    """Yield dates with the name of a month: "Sept 2023", "29. September 2023", "Sep 29th, 2023"."""
    if re.sub(r"[\w .,'’/º-]", "", text):
        return
    words = [word for word in _WORDS.findall(text) if not _FILLER.fullmatch(fold(word))]
    kinds = "".join(map(_kind, words))
    if kinds in _ORDERS:
        part = dict(zip(kinds, words, strict=True))
        yield from _numbered(part["Y"], str(month_number(part["M"])), part.get("D"))


def _kind(word: str) -> str:
    if word.isdigit():
        return {1: "D", 2: "D", 4: "Y"}.get(len(word), "?")
    return "M" if month_number(word) else "?"


def _ranges(text: str) -> Iterator[str]:
    if match := _SINCE.fullmatch(text):
        yield from (f"{start}/.." for start in _points(match["named"] or match["dashed"]))
    if match := _UNTIL.fullmatch(text):
        yield from (f"../{end}" for end in _points(match[1]))
    if match := _DAYS.fullmatch(text):
        month, first, last, year = match.groups()
        yield from _between(f"{first} {month} {year}", f"{last} {month} {year}")
    for gap in _BETWEEN.finditer(text):
        left, right = text[: gap.start()], text[gap.end() :]
        if left and right:
            yield from _between(left, right)


def _between(left: str, right: str) -> Iterator[str]:
    starts = [start for start in _points(left) if _is_date(start)]
    ends = [end for end in _points(right) if _is_date(end)]
    if is_ongoing(right) or right.casefold() == "now":
        ends = ["now" if right.casefold() == "now" else "present"]
    if _TWO_DIGITS.fullmatch(right):
        yield from (f"{start}/{end}" for start in starts for end in _shortened(start, int(right)))
    yield from (f"{start}/{end}" for start in starts for end in ends)
    yield from (f"{start}/{end}" for end in ends for start in _completed(left, end))


def _shortened(start: str, end: int) -> Iterator[str]:
    """Yield an end written without what it shares with the start: `2022/23`, `2021-09-03/05`."""
    if start.isdecimal() and end == (int(start) + 1) % 100:
        yield f"{int(start) + 1:04}"
    elif _NUMERIC.fullmatch(start) and end > int(start[-2:]):
        yield f"{start[:-2]}{end:02}"


def _completed(start: str, end: str) -> Iterator[str]:
    """Yield a start written without what it shares with the end: "Jun - Sep 2023"."""
    month = month_number(start)
    if month is not None and len(end) >= 7:
        yield f"{end[:4]}-{month:02}"
    if _TWO_DIGITS.fullmatch(start) and len(end) == 10:
        yield f"{end[:8]}{int(start):02}"
