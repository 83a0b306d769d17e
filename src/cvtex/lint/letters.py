"""Texts as bare letters, for comparing what was written with what is on a page."""

from __future__ import annotations

import unicodedata

from cvtex.regex import regex

_NO_LETTER = regex(r"[\W_]+")


def letters(text: str) -> str:
    """The letters and digits of a text in small letters, which line ends and hyphens leave alone.

    Ligatures are taken apart (Unicode's compatibility decomposition, then composition: NFKC).
    """
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text)).casefold()
