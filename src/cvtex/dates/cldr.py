"""Date patterns and month names of a language, from CLDR by way of Babel.

The calendar is Gregorian and digits are Latin in every language, as everywhere else on the page.
The data of the languages in `locale` is kept in `calendars.json`: importing Babel and merging its
tables takes longer than lowering a CV.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from itertools import takewhile
from pathlib import Path

import msgspec
from msgspec import Struct

from cvtex.support.lazy_re import lazy_re

KEPT = Path(__file__).with_name("calendars.json")
"""Calendars by BCP 47 tag in lower case; a test compares them with Babel's."""

_LANGUAGE = lazy_re(r"[A-Za-z]{2,3}|[A-Za-z]{5,8}")
_SUBTAG = lazy_re(r"[A-Za-z0-9]{2,8}")
_WIDTHS = {3: "abbreviated", 4: "wide", 5: "narrow"}
_CONTEXTS = {"M": "format", "L": "stand-alone"}


class Calendar(Struct, frozen=True):
    """The date formats of one language.

    The patterns are those of the skeletons `y`, `yMMM` and `yMMMd`. `months` is keyed by the
    pattern field that asks for a name, `MMM` to `LLLLL`, and then by the number of the month.
    """

    year: str
    month: str
    day: str
    months: Mapping[str, Mapping[int, str]]


@cache
def calendar(language: str) -> Calendar:
    """Return the calendar of a BCP 47 tag: its own, that of a wider tag, else English."""
    return _kept().get(language.lower()) or from_babel(language)


@cache
def _kept() -> Mapping[str, Calendar]:
    return msgspec.json.decode(KEPT.read_bytes(), type=dict[str, Calendar])


def from_babel(language: str) -> Calendar:
    """Return the calendar of a language from Babel."""
    from babel import localedata  # slow to import

    data = localedata.load(_known_locale(language))
    # Babel resolves an alias by writing into data that locales share: Japanese month names would
    # appear in Polish dates. So aliases are resolved in a copy.
    months = localedata.LocaleDataDict({"months": deepcopy(data["months"])})["months"]
    year, month, day = (data["datetime_skeletons"][key].pattern for key in ("y", "yMMM", "yMMMd"))
    names = {
        letter * width: dict(months[context][name])
        for letter, context in _CONTEXTS.items()
        for width, name in _WIDTHS.items()
    }
    return Calendar(year, month, day, names)


def _known_locale(language: str) -> str:
    from babel import Locale, UnknownLocaleError, localedata

    plain = language.lower()
    if _LANGUAGE.fullmatch(plain) and localedata.exists(plain):
        return plain  # no alias, so that Babel need not load its table of them
    for tag in _from_narrow_to_wide(language):
        try:
            return str(Locale.parse(tag, sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
    return "en"


def _from_narrow_to_wide(language: str) -> Iterator[str]:
    """Yield a tag, then shorter and shorter ones, as in RFC 4647, 3.4; extensions are cut off."""
    subtags = language.replace("_", "-").split("-")
    if not _LANGUAGE.fullmatch(subtags[0]):
        return
    usable = [*takewhile(_SUBTAG.fullmatch, subtags)]
    yield from ("-".join(usable[:length]) for length in range(len(usable), 0, -1))
