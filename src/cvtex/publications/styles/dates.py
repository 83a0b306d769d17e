"""When a publication appeared, as styles print it."""

from __future__ import annotations

from cvtex.dates.cldr import calendar
from cvtex.dates.format import format_date
from cvtex.dates.partial_date import Date, DateRange, PartialDate
from cvtex.publications.styles.style import StyledEntry
from cvtex.publications.styles.terms import is_english


def year(date: Date, circa: str) -> str:
    """Return the year or years: "2021", "1984–1986", "2020–", "c. 1921", "1921?"."""
    if isinstance(date, PartialDate):
        return _one_year(date, circa)
    start = _one_year(date.start, circa) if date.start else ""
    end = _one_year(date.end, circa) if isinstance(date.end, PartialDate) else ""
    return start if start == end else f"{start}–{end}"


def _one_year(date: PartialDate, circa: str) -> str:
    before = f"{circa} " if date.approximate else ""
    return f"{before}{date.year}{'?' if date.uncertain else ''}"


def month(date: Date, entry: StyledEntry) -> str:
    """Return the month or season of a date in the words of the style, or nothing."""
    if isinstance(date, DateRange):
        return ""
    words, language = entry.options.words, entry.options.language
    if date.season:
        return (words.spring, words.summer, words.autumn, words.winter)[date.season - 21]
    if not date.month:
        return ""
    if is_english(language) and entry.style.months:
        return entry.style.months[date.month - 1]
    return calendar(language).months["LLLL"][date.month]


def full_date(date: Date, entry: StyledEntry) -> str:
    """Return the date as exactly as it is known, in the order of the style."""
    words, language = entry.options.words, entry.options.language
    named = month(date, entry)
    if isinstance(date, DateRange) or not named:
        return year(date, words.circa)
    if not is_english(language):
        return format_date(date, language)
    order = entry.style.day if date.day else entry.style.month
    return order.format(year=year(date, words.circa), month=named, day=date.day)
