"""Names that may mean one venue: its acronym, an abbreviation, a longer title."""

from __future__ import annotations

import re

from cvtex.support.lazy_re import lazy_re

_WORD = lazy_re(r"[^\W_]+")
_PART = lazy_re(r"[,;:()\[\]/]|\s[-–—]+\s")
_YEAR = lazy_re(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER = lazy_re(r"\d+(?:st|nd|rd|th)?", re.IGNORECASE)
_ACRONYM = lazy_re(r"[^\W\d_]{2,}")
_CHUNK = lazy_re(r"[A-ZÀ-Þ][^\WA-ZÀ-Þ\d_]*")
_SMALL = frozenset("an and the of on in for to at proceedings proc".split())
_OTHER_EVENTS = frozenset(
    (
        "workshop companion adjunct extended abstract demo demonstration poster doctoral student"
        " tutorial supplement finding late spring fall short"
    ).split()
)
"""Words of meetings beside a conference, whose papers are works of their own."""

_FEWEST_WORDS = 3


def may_be_one_venue(one: str, other: str) -> bool:
    """Return whether one name is the other, shortens it or is contained in it.

    `ICML`, `Int. Conf. Mach. Learn.` and `Proceedings of the 32nd International Conference on
    Machine Learning, ICML 2015` may be one; a conference and its workshops are not, nor are
    meetings of different years.
    """
    years = [set(_YEAR.findall(said)) for said in (one, other)]
    if years[0] and years[1] and years[0].isdisjoint(years[1]):
        return False
    if _of_other_events(one) != _of_other_events(other):
        return False
    return _is_in(one, other) or _is_in(other, one)


def _of_other_events(said: str) -> frozenset[str]:
    return _OTHER_EVENTS & {word.casefold().rstrip("s") for word in _telling(said)}


def _telling(said: str) -> list[str]:
    """Return the words of a name without small ones, years and numbers; `A` may be of a series."""
    found = _WORD.findall(said)
    telling = (word for word in found if word != "a" and word.casefold() not in _SMALL)
    return [word for word in telling if not _NUMBER.fullmatch(word)]


def _is_in(short: str, long: str) -> bool:
    """Return whether a part of the long name ends in what the short one says."""
    said = _telling(short)
    parts = [words for part in _PART.split(long) if (words := _telling(part))]
    if len(said) == 1 and _ACRONYM.fullmatch(said[0]) and sum(map(str.isupper, said[0])) > 1:
        return any(said[0] in words or _stands_for(said[0], words) for words in parts)
    return any(_ends_in(words, said) for words in parts)


def _ends_in(words: list[str], said: list[str]) -> bool:
    whole = len(words) == len(said)
    if not said or len(words) < len(said) or (len(said) < _FEWEST_WORDS and not whole):
        return False
    pairs = zip(said, words[-len(said) :], strict=True)
    return all(shortens(a.casefold(), b.casefold()) for a, b in pairs)


def shortens(short: str, word: str) -> bool:
    """Return whether a word shortens another: `Math` and `Natl` are `Mathematics`, `National`."""
    rest = iter(word)
    return short[0] == word[0] and all(char in rest for char in short)


def _stands_for(acronym: str, words: list[str]) -> bool:
    """Return whether the last words begin with the pieces of an acronym: `Neur`, `I`, `P`, `S`."""
    chunks = _CHUNK.findall(acronym)
    if len(chunks) < 2 or "".join(chunks) != acronym or len(words) < len(chunks):
        return False
    pairs = zip(chunks, words[-len(chunks) :], strict=True)
    return all(word.casefold().startswith(chunk.casefold()) for chunk, word in pairs)
