"""Decoded names: how they are printed, and when two are the same person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import Literal

from cvtex.names.marks import strip_marks
from cvtex.names.name import Name
from cvtex.names.syntax import parse_name
from cvtex.support.lazy_re import lazy_re

NameForm = Literal["given-family", "initials-family", "family-initials"]

_HYPHENS = lazy_re(r"[-‐‑]")
_JOINED_INITIALS = lazy_re(r"\.(?=[^\W\d_])")
_SIGNS = str.maketrans("", "", "*∗⁎†‡'’ʼ‘")
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Case-folded letters with a stroke or a ligature, which Unicode does not decompose."""


def name_of(text: str) -> Name:
    """A name written as plain text, "Emmy Noether" or "Noether, Emmy", by BibTeX's rules."""
    parts = parse_name(strip_marks(text)[0])
    family, given, prefix, suffix = (
        unicodedata.normalize("NFC", part.replace("{", "").replace("}", ""))
        for part in (parts.family, parts.given, parts.prefix, parts.suffix)
    )
    return Name(family, given, prefix, suffix, parts.corporate)


def full_name(name: Name) -> str:
    """The name as it is spoken: "Jan van der Berg", "Martin Luther King Jr."."""
    return _spaced(name.given, name.prefix, name.family, name.suffix)


def format_name(name: Name, form: NameForm) -> str:
    """The name in one of three forms: "Jan van der Berg", "J. van der Berg", "van der Berg, J.".

    The suffix follows the family without a comma, as biblatex prints it, and comes last behind
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
    """The initials of given names: "Klaus-Michael" becomes "K.-M.", "Jean Paul" becomes "J. P.".

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


def same_person(a: Name, b: Name) -> bool:
    """Whether two names can be one person's: "Yi, K." is "Kai Yi", "Kaiyi Wang" is not.

    Accents, case, hyphens and marks do not count. Families agree whole, prefix included. An
    initial agrees with the name it begins, and middle names may be missing.
    """
    if a.corporate or b.corporate:
        return _key(full_name(a)) == _key(full_name(b))
    if not _may_end_alike(_key(a.family), _key(b.family)):  # most pairs: spare them the rest
        return False
    if a.suffix and b.suffix and _key(a.suffix) != _key(b.suffix):
        return False
    return any(_agree(a, shifted) for shifted in _shifted(b)) or any(
        _agree(shifted, b) for shifted in _shifted(a)
    )


def _may_end_alike(one: str, other: str) -> bool:
    """Whether two families can agree once prefixes and given names are put before them."""
    return one.endswith(other) or other.endswith(one)


def spelling_key(name: Name) -> str:
    """The letters of a name; names that only differ in accents, case or hyphens share them."""
    return _key(full_name(name))


def _shifted(name: Name) -> Iterator[Name]:
    """The name, and what it is if its last given names belong to the family.

    "Javier Perales Paton" does not tell where the family begins, "Perales-Patón, J." does.
    """
    given = name.given.split()
    for i in range(len(given), 0 if given else -1, -1):
        family = " ".join((*given[i:], name.prefix, name.family))
        yield Name(family, " ".join(given[:i]))


def _agree(a: Name, b: Name) -> bool:
    if _key(a.prefix + a.family) != _key(b.prefix + b.family):
        return False
    one, other = _key(a.given), _key(b.given)
    if one == other or not one or not other:
        return one == other
    return any(_given_agree(*pair) for pair in product(_readings(a), _readings(b)))


def _readings(name: Name) -> list[list[str]]:
    """The words of the given names; short capitals, as in "Yi, KM", may be initials as well."""
    words = _words(name.given)
    plain = [_folded(word) for word in words]
    if name.family.isupper():
        return [plain]
    spread = [part for word in words for part in (word if _may_be_initials(word) else [word])]
    return [plain, [_folded(part) for part in spread]]


def _may_be_initials(word: str) -> bool:
    return word.isupper() and len(word) in (2, 3)


def _given_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """First names agree, and the other names of the shorter list follow in the longer one."""
    if not _word_agrees(one[0], other[0]):
        return False
    short, long = sorted((one[1:], other[1:]), key=len)
    rest = iter(long)
    return all(any(_word_agrees(word, found) for found in rest) for word in short)


def _word_agrees(one: str, other: str) -> bool:
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", _plain(text))


def _plain(text: str) -> str:
    """Compatibility-decomposed, without accents, marks and apostrophes; case is kept."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in parts if not unicodedata.combining(char))
    return text.translate(_SIGNS)


def _folded(word: str) -> str:
    return word.casefold().translate(_UNDECOMPOSED)


@lru_cache(maxsize=1 << 14)
def _key(text: str) -> str:
    return _folded("".join(_words(text)))
