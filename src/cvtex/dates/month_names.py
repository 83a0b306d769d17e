"""Words for months, seasons and terms in the languages that people write dates in.

They are only read: printed words come from CLDR or from the user.
"""

from __future__ import annotations

import unicodedata

from cvtex.dates.partial_date import PartialDate
from cvtex.support.lazy_re import lazy_re

_MONTHS = (
    "january januar jaenner janner janvier enero gennaio janeiro januari",
    "february februar feber fevrier febrero febbraio fevereiro februari",
    "march marz maerz mars marzo marco maart mrz mrt",
    "april avril abril aprile",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august aout agosto augustus",
    "september septembre septiembre setiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember decembre diciembre dicembre dezembro",
)

_SEASONS = {
    21: """spring fruhling fruhjahr printemps primavera lente voorjaar
        fruhjahrssemester fs""",
    22: """summer sommer ete verano estate verao zomer
        sommersemester sose ss""",
    23: """autumn fall herbst automne otono autunno outono herfst najaar
        herbstsemester hs michaelmas""",
    24: """winter hiver invierno inverno
        wintersemester wise ws""",
}
_TERMS = {"hilary": 1, "lent": 1, "trinity": 4, "q1": 1, "q2": 4, "q3": 7, "q4": 10}
"""Terms that are not seasons, and the month they begin in."""

_SEASON_NUMBERS = {word: number for number, words in _SEASONS.items() for word in words.split()}
_FILLER = lazy_re(
    r"term|semester|quarter|trimester|session|semestre|trimestre|academic|year|of|the|del?|di"
)
_YEARS = lazy_re(r"(?P<year>[0-9]{4})(?:[/–-](?P<next>[0-9]{4}|[0-9]{2}))?")


def fold(word: str) -> str:
    """Return a word in lower case, without accents and a final period."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char)).rstrip(".")


def month_number(word: str) -> int | None:
    """Return the month that a word names by its name or at least three letters of it."""
    key = fold(word)
    if len(key) < 3:
        return None
    found = [number for number, names in enumerate(_MONTHS, 1) if f" {key}" in f" {names}"]
    return found[0] if len(found) == 1 else None


def season_number(word: str) -> int | None:
    """Return the EDTF number of a season, 21 (spring) to 24 (winter)."""
    return _SEASON_NUMBERS.get(fold(word))


def read_term(text: str) -> PartialDate | None:
    """Return a term such as "2022 Fall" or "Wintersemester 2022/23", or None."""
    words = text.replace(",", " ").split()
    years = [match for word in words if (match := _YEARS.fullmatch(word))]
    names = [fold(word) for word in words if not _YEARS.fullmatch(word)]
    terms = [name for name in names if not _FILLER.fullmatch(name)]
    if len(years) != 1 or len(terms) != 1:
        return None
    season, month = _SEASON_NUMBERS.get(terms[0]), _TERMS.get(terms[0])
    year = int(years[0]["year"])
    if season is None and month is None:
        return None
    if year == 0 or not _is_next(year, years[0]["next"], season):
        return None
    return PartialDate(year, month=month, season=season, term=" ".join(text.split()))


def _is_next(year: int, following: str | None, season: int | None) -> bool:
    """Return whether the second year of a term follows the first.

    Written with four digits it is only read after a winter: "Fall 2022/2023" is a range.
    """
    if following is None:
        return True
    if len(following) == 4:
        return season == 24 and int(following) == year + 1
    return int(following) == (year + 1) % 100
