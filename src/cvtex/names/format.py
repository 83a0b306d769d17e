"""Printing names: in full, with initials, inverted."""

from __future__ import annotations

import unicodedata
from typing import Literal

from cvtex.names.name import Name
from cvtex.support.lazy_re import lazy_re

NameForm = Literal["given-family", "initials-family", "family-initials"]

_HYPHENS = lazy_re(r"[-‐‑]")
_JOINED_INITIALS = lazy_re(r"\.(?=[^\W\d_])")


def full_name(name: Name) -> str:
    """Return the name as it is spoken: "Jan van der Berg", "Martin Luther King Jr."."""
    return _spaced(name.given, name.prefix, name.family, name.suffix)


def format_name(name: Name, form: NameForm) -> str:
    """Return "Jan van der Berg", "J. van der Berg" or "van der Berg, J.", by the form.

    The suffix follows the family without a comma, as biblatex prints it, and comes last after
    a comma in the inverted form, as the APA writes it: "King, M. L., Jr.".
    """
    if form == "given-family":
        return full_name(name)
    short = initials(name.given)
    family = _spaced(name.prefix, name.family)
    if form == "initials-family":
        return _spaced(short, family, name.suffix)
    return ", ".join(part for part in (family, short, name.suffix) if part)


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def initials(given: str) -> str:
    """Return the initials of given names: "K.-M." for "Klaus-Michael", "J. P." for "Jean Paul".

    Scripts without case have no initials, so such names are kept whole; so are small words
    between the names ("de los").
    """
    words = _JOINED_INITIALS.sub(". ", given).split()
    return " ".join(_word_initials(word) for word in words)


def _word_initials(word: str) -> str:
    if word.islower() and not _HYPHENS.search(word):
        return word
    if len(word) == 2 and word.isalpha() and word.isupper():
        return f"{word[0]}. {word[1]}."
    return "-".join(_initial(part) for part in _HYPHENS.split(word) if part)


def _initial(part: str) -> str:
    start = next((i for i, char in enumerate(part) if char.isalpha()), None)
    if start is None or part[start].lower() == part[start].upper():
        return part
    end = start + 1
    while end < len(part) and unicodedata.combining(part[end]):
        end += 1
    return part[start:end] + "."
