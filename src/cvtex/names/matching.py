"""Matching names: when two can be the same person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from cvtex.names.format import full_name
from cvtex.names.name import Name

_SIGNS = str.maketrans("", "", "*∗⁎†‡'’ʼ‘")
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Case-folded letters with a stroke or a ligature, which Unicode does not decompose."""


def same_person(a: Name, b: Name) -> bool:
    """Return whether two names can be one person's: "Yi, K." is "Kai Yi", "Kaiyi Wang" is not.

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
    """Return whether two families can agree once prefixes and given names are put before them."""
    return one.endswith(other) or other.endswith(one)


def spelling_key(name: Name) -> str:
    """Return the letters of a name, without accents, case and hyphens."""
    return _key(full_name(name))


def _shifted(name: Name) -> Iterator[Name]:
    """Yield the name, and its readings with the last given names as part of the family.

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
    """Return readings of the given names: capitals, as in "Yi, KM", may be initials."""
    words = _words(name.given)
    plain = [_folded(word) for word in words]
    if name.family.isupper():
        return [plain]
    spread = [part for word in words for part in (word if _may_be_initials(word) else [word])]
    return [plain, [_folded(part) for part in spread]]


def _may_be_initials(word: str) -> bool:
    return word.isupper() and len(word) in (2, 3)


def _given_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether first names agree and the others of the shorter list follow in the longer."""
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
    """Return the text decomposed (NFKD), without accents, marks and apostrophes; case is kept."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in parts if not unicodedata.combining(char))
    return text.translate(_SIGNS)


def _folded(word: str) -> str:
    return word.casefold().translate(_UNDECOMPOSED)


@lru_cache(maxsize=1 << 14)
def _key(text: str) -> str:
    return _folded("".join(_words(text)))
