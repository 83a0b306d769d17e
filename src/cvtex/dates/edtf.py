"""Parses a date of the user's file, and writes it back in EDTF."""

from __future__ import annotations

import re

from cvtex.dates.grammar import OPEN_WORDS, read, read_end
from cvtex.dates.partial_date import Date, DateError, Open, PartialDate
from cvtex.locale import terms_of
from cvtex.support.lazy_re import lazy_re

__all__ = ["DateError", "edtf", "parse_date"]

FORMS = "write a date such as `2021`, `2021-12`, `2023-09-29`, `2021-12/present` or `Fall 2022`"
FOUR_DIGITS = "a year has four digits, as in `2021` or `2021-12`"
SHOWN = 40
"""The number of characters of a wrong value that a message repeats."""

_HAS_YEAR = lazy_re(r"(?<!\d)\d{4}(?!\d)")
_HAS_DIGIT = lazy_re(r"\d")


def parse_date(text: str) -> Date:
    """Read a date in EDTF as biblatex writes it, or a term such as "2022 Fall".

    Raises `DateError` for everything else, with the corrected value as hint where there is one.
    A range that runs backwards is read; see `reversed_range`.
    """
    at = len(text) - len(text.lstrip())
    stripped = text.strip()
    value = read(stripped, at)
    if value is None:
        raise _explained(stripped, at)
    return value


def edtf(value: Date) -> str:
    """Return a date in EDTF; a term as it was written. `parse_date` reads it back."""
    if isinstance(value, PartialDate):
        return _point(value)
    start = _point(value.start) if value.start else Open.UNSAID.value
    end = value.end.value if isinstance(value.end, Open) else _point(value.end)
    return f"{start}/{end}"


def ends(value: Date) -> tuple[str, str]:
    """Return the start and the end of a date in EDTF, equal for a single one.

    A start that is missing is empty, and so is an end that has not come.
    """
    if isinstance(value, PartialDate):
        return _point(value), _point(value)
    start = _point(value.start) if value.start else ""
    return start, "" if isinstance(value.end, Open) else _point(value.end)


def _point(value: PartialDate) -> str:
    known = [part for part in (value.month or value.season, value.day) if part]
    text = value.term or "-".join((f"{value.year:04}", *(f"{part:02}" for part in known)))
    mark = {(True, True): "%", (True, False): "~", (False, True): "?"}
    return text + mark.get((value.approximate, value.uncertain), "")


def _explained(text: str, at: int) -> DateError:
    """Return the error for a text that is not a date, with what to write instead."""
    from cvtex.dates.habits import readings

    start, end, meant = 0, len(text), readings(text)
    if found := _without_date(text):
        message, hint, meant = *found, ()
    elif len(meant) > 1:
        message = f"{_shown(text)} can be read in {len(meant)} ways"
        hint = "write " + " or ".join(map(_labelled, meant))
    elif meant:
        message, hint = f"{_shown(text)} is not how a date is written", f"write `{meant[0]}`"
    else:
        start, end = _wrong_end(text)
        message, hint = f"{_shown(text[start:end])} is not a date", _forms(text)
    suggestion = meant[0] if len(meant) == 1 else None
    return DateError(message, hint, at + start, at + end, suggestion=suggestion)


def _without_date(text: str) -> tuple[str, str] | None:
    """Return the message and the hint for a text that names no day."""
    from cvtex.dates.habits import is_ongoing

    if not text:
        return "the date is empty", FORMS
    if text.casefold() in OPEN_WORDS or is_ongoing(text):
        return f"{_shown(text)} says no date", "write since when: `2021/present`"
    if re.match(r"-\d", text):
        return f"{_shown(text)} is before the year 1", "until 2020 is `../2020`"
    return None


def _forms(text: str) -> str:
    return FORMS if _HAS_YEAR.search(text) or not _HAS_DIGIT.search(text) else FOUR_DIGITS


def _labelled(reading: str) -> str:
    value = read(reading)
    if isinstance(value, PartialDate) and value.season and not value.term:
        return f"`{reading}` ({terms_of('en').season_of(value.season, value.year)})"
    return f"`{reading}`"


def _wrong_end(text: str) -> tuple[int, int]:
    """Return the bounds of the end of a range that is wrong, or of the text if both are."""
    slash = text.find("/")
    if slash > 0 and text.count("/") == 1:
        start, end = read_end(text[:slash]), read_end(text[slash + 1 :])
        if start is None and end is not None:
            return 0, len(text[:slash].rstrip())
        if end is None and start is not None:
            return len(text) - len(text[slash + 1 :].lstrip()), len(text)
    return 0, len(text)


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return f"`{line if len(line) <= SHOWN else line[:SHOWN].rstrip() + '…'}`"
