"""Letters: the bare letters of a text, composed forms, and letters that look like others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from cvtex.support.lazy_re import lazy_re

_NO_LETTER = lazy_re(r"[\W_]+")

DECOMPOSED = lazy_re(
    "\\w[\u0300-\u036f\u3099\u309a]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
)
"""A letter followed by combining accents, or a Korean syllable in its parts."""

LIGATURE = lazy_re("[\ufb00-\ufb06]")

_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_WORD = lazy_re(
    rf"[{_LATIN}\u0370-\u03ff\u0400-\u052f\uff21-\uff3a\uff41-\uff5a]{{2,}}"
    "|[\U0001d400-\U0001d6a5]{2,}"
)
_SCRIPTS = {
    "Latin": lazy_re(f"[{_LATIN}]"),
    "Greek": lazy_re("[\u0370-\u03ff]"),
    "Cyrillic": lazy_re("[\u0400-\u052f]"),
    "full-width": lazy_re("[\uff21-\uff3a\uff41-\uff5a]"),
    "mathematical": lazy_re("[\U0001d400-\U0001d6a5]"),
}
_TO_LATIN = dict(
    zip(
        "аеорсухіјѕԁһвкмнтАВЕКМНОРСТХУІЈЅοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxijsdhbkmhtABEKMHOPCTXYIJSoABEZHIKMNOPTYX",
        strict=True,
    )
)
"""Look-alikes by Unicode's table of confusables (UTS 39) that no reader can tell apart."""
_TO_CYRILLIC = dict(zip("aeopcyxABEKMHOPCTXY", "аеорсухАВЕКМНОРСТХУ", strict=True))
_SMALL_CAPITALS = frozenset("вкмнт")
"""Cyrillic letters that look like small capitals, so that they resemble no small letter."""


def letters(text: str) -> str:
    """Return the letters and digits of a text in small letters, without all other characters.

    Ligatures are split (Unicode's compatibility decomposition, then composition: NFKC).
    """
    return _NO_LETTER.sub("", normalize("NFKC", text)).casefold()


def composes(written: str) -> bool:
    """Return whether letters and accents have a composed form (NFC) that is shorter."""
    return len(normalize("NFC", written)) < len(written)


def mixed_words(text: str) -> Iterator[tuple[re.Match[str], dict[int, str]]]:
    """Yield the words with letters of a wrong script, and the right letters by their index."""
    for word in () if text.isascii() else _WORD.finditer(text):
        changes = {} if word[0].isascii() else dict(_changes(word[0]))
        if changes:
            yield word, changes


def script_of(char: str) -> str:
    """Return the script of a letter if it is one that gets mixed up, else an empty text."""
    return next((script for script, known in _SCRIPTS.items() if known.match(char)), "")


def _changes(word: str) -> Iterator[tuple[int, str]]:
    """Yield the index of each letter that is of the wrong script, and the right letter."""
    scripts = [script_of(char) for char in word]
    if set(scripts) <= {"mathematical"}:
        yield from ((i, normalize("NFKC", char)) for i, char in enumerate(word))
    elif set(scripts) == {"Latin", "full-width"}:
        odd = [i for i, script in enumerate(scripts) if script == "full-width"]
        yield from ((i, normalize("NFKC", word[i])) for i in odd)
    elif len(set(scripts)) == 2 and "Latin" in scripts:
        yield from _strangers(word, scripts)


def _strangers(word: str, scripts: list[str]) -> Iterator[tuple[int, str]]:
    """Yield replacements for the letters of the rarer script, if all of them have look-alikes."""
    foreign = [i for i, script in enumerate(scripts) if script != "Latin"]
    latin = [i for i, script in enumerate(scripts) if script == "Latin"]
    looks = {i: _TO_LATIN[word[i]] for i in foreign if word[i] in _TO_LATIN}
    if len(looks) == len(foreign) <= len(latin) and not _SMALL_CAPITALS & set(word):
        yield from looks.items()
    elif "Cyrillic" in scripts and len(latin) < len(foreign):
        back = {i: _TO_CYRILLIC[word[i]] for i in latin if word[i] in _TO_CYRILLIC}
        yield from back.items() if len(back) == len(latin) else ()
