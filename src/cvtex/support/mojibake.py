"""Letters that were read in the wrong encoding: UTF-8 taken for Windows-1252, as in "MÃ¼ller"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cvtex.support.lazy_re import lazy_re

MAY_BE_GARBLED = lazy_re(r"[À-ÿ][^\0-\x7f]|Ã ")
"""What spares most texts a closer look, and most runs the import of ftfy."""

_WORD = lazy_re(r"[^ \t\r\n]+")
_STRANGE = lazy_re(r"[^\0-\x7f](?:.*[^\0-\x7f])?", re.DOTALL)
_UNIT = lazy_re(r"\W*\d*Å[²³±·]\W*")
"""Ångströms, as in `100 Å³`."""
_STRANGERS = lazy_re(r"[ÄÅ][ŒœŽžŠšŸ]|(?<=[Yy])á»…(?=n)")
"""What never meets, as in Čapek and Nguyễn; ftfy wants more of it to be sure."""


class Garbled(NamedTuple):
    """A stretch of a text that was read wrongly, once or several times, and what is meant."""

    start: int
    end: int
    wrong: str
    meant: str


def windows_1252(data: bytes) -> str:
    """Return the letters of bytes, one each; the five that Windows-1252 leaves undefined as in Latin-1."""
    import ftfy.bad_codecs  # noqa: F401  registers the codec

    return data.decode("sloppy-windows-1252")


def garbled(text: str) -> Iterator[Garbled]:
    """What no language writes so, at most once a word, as ftfy judges it.

    A word of which nothing can be told by itself is judged by the text around it: one that is
    garbled throughout leaves no doubt.
    """
    if MAY_BE_GARBLED.search(text) is None:
        return
    words = [*_WORD.finditer(text)]
    meant = _WORD.findall(_mended(text))
    if len(meant) != len(words):
        meant = [word[0] for word in words]
    for word, in_text in zip(words, meant, strict=True):
        alone = _mended(word[0])
        right = in_text if alone == word[0] else alone
        if right != word[0] and _is_text(right) and not _UNIT.fullmatch(word[0]):
            yield _without_ascii(word, right)


def _mended(text: str) -> str:
    """Return the text as its bytes are read in UTF-8; as it is where nothing speaks for that.

    Without the repairs of ftfy that guess what was lost, and those cvtex has rules for.
    """
    if text.isascii():
        return text
    from ftfy import TextFixerConfig, fix_encoding

    config = TextFixerConfig(replace_lossy_sequences=False, fix_c1_controls=False)
    return _STRANGERS.sub(_met, fix_encoding(text, config))


def _met(strangers: re.Match[str]) -> str:
    return strangers[0].encode("cp1252").decode("utf-8")


def _is_text(text: str) -> bool:
    return text.replace("\u00a0", " ").isprintable()


def _without_ascii(word: re.Match[str], right: str) -> Garbled:
    """What is wrong in a word: no repair touches the ASCII around it."""
    strange = _STRANGE.search(word[0])
    before = strange.start() if strange else 0
    behind = len(word[0]) - strange.end() if strange else 0
    meant = right[before : len(right) - behind]
    if not meant.strip():
        return Garbled(*word.span(), word[0], right)
    start, end = word.start() + before, word.end() - behind
    return Garbled(start, end, word.string[start:end], meant)
