"""Letters that were read in the wrong encoding: UTF-8 taken for Windows-1252, as in "MÃ¼ller"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvtex.regex import regex


def windows_1252(data: bytes) -> str:
    """The letters of bytes, one each; the five that Windows-1252 leaves undefined as in Latin-1."""
    return "".join(
        byte.decode("cp1252", errors="ignore") or byte.decode("latin-1")
        for byte in (data[at : at + 1] for at in range(len(data)))
    )


_LATER = windows_1252(bytes(range(0x80, 0xC0)))
"""What the second byte of a letter in UTF-8, and every byte behind it, reads as."""
_MARKS = "\u00a0»–—…‘’“”"
"""Those that may well stand behind a word on purpose."""
_SIGNS = "²³¹±·°º«‹›®©§´¨"
"""Those that may stand behind an Ångström, `100 Å³`, and other single letters."""
_SURE = "".join(sign for sign in _LATER if sign not in _MARKS)
_SURER = "".join(sign for sign in _SURE if sign not in _SIGNS)
_SMALL = "a-zß-ÿ"
_FIRST = frozenset("ÂÃÄÅÎÏÐÑáâï")
_BYTES = {ord(sign): byte for byte, sign in enumerate(windows_1252(bytes(range(256))))}

_LETTER = (
    rf"[ÂÃÎÏÐÑ][{_SURE}]|[ÄÅ][{_SURER}]"
    rf"|(?<=[{_SMALL}])[ÃÄÅ][{_SIGNS}{_MARKS}]|(?<=[^\W\d_])[ÄÅ][{_SIGNS}](?=[{_SMALL}])"
    rf"|(?<!\w)Ã[{_MARKS}](?=[{_SMALL}])"  # a capital, as in Österreich
    rf"|á[º»][{_SURE}](?=[^\W\d_])|(?<=y)á»…(?=n)"  # as in Nguyễn
    rf"|â[€‚„†‡ˆ‰Š][{_LATER}]|ï¬[{_LATER}]"
)
GARBLED = regex(rf"(?:{_LETTER})(?:{_LETTER}|[ÃÄÅ][{_SIGNS}{_MARKS}])*")
"""Signs that no language has in a row, and what they are in UTF-8: dashes and ligatures, too."""


def garbled(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """What was read wrongly, once or several times, and what is meant."""
    if _FIRST.isdisjoint(text):  # which spares most texts the pattern, and most runs its compiling
        return
    for match in GARBLED.finditer(text):
        meant = _right(match[0])
        while GARBLED.fullmatch(meant) and (right := _right(meant)):
            meant = right
        if meant:
            yield match, meant


def _right(wrong: str) -> str:
    """The text as its bytes are read in UTF-8; nothing where they are none, or nothing to print."""
    try:
        right = wrong.translate(_BYTES).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return ""
    return right if right.isprintable() else ""
