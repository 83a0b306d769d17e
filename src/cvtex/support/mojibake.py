"""Mojibake: UTF-8 that was decoded as Windows-1252, as in "MÃ¼ller"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cvtex.support.lazy_re import lazy_re

MAY_BE_GARBLED = lazy_re(r"[À-ÿ][^\0-\x7f]|Ã ")
"""A cheap test that most texts fail, so that most runs do not import ftfy."""

_WORD = lazy_re(r"[^ \t\r\n]+")
_STRANGE = lazy_re(r"[^\0-\x7f](?:.*[^\0-\x7f])?", re.DOTALL)
_UNIT = lazy_re(r"\W*\d*Å[²³±·]\W*")
"""Ångströms, as in `100 Å³`."""
_STRANGERS = lazy_re(r"[ÄÅ][ŒœŽžŠšŸ]|(?<=[Yy])á»…(?=n)")
"""Pairs of letters that never occur in a word; ftfy alone needs more of them to be sure."""


class Garbled(NamedTuple):
    """A range of a text that was decoded wrongly, once or several times, and what is meant."""

    start: int
    end: int
    wrong: str
    meant: str


def windows_1252(data: bytes) -> str:
    """Decode bytes as Windows-1252, and the five bytes that it does not define as Latin-1."""
    import ftfy.bad_codecs  # noqa: F401  registers the codec

    return data.decode("sloppy-windows-1252")


def garbled(text: str) -> Iterator[Garbled]:
    """Yield the wrongly decoded ranges of a text, at most one in each word.

    ftfy judges a word by itself, and if that is not conclusive by the whole text.
    """
    if MAY_BE_GARBLED.search(text) is None:
        return
    words = [*_WORD.finditer(text)]
    meant = _WORD.findall(_redecoded(text))
    if len(meant) != len(words):
        meant = [word[0] for word in words]
    for word, in_text in zip(words, meant, strict=True):
        alone = _redecoded(word[0])
        right = in_text if alone == word[0] else alone
        if right != word[0] and _is_text(right) and not _UNIT.fullmatch(word[0]):
            yield _without_ascii(word, right)


def _redecoded(text: str) -> str:
    """Re-decode text as UTF-8 where ftfy finds that plausible; otherwise return it unchanged.

    Repairs of ftfy that guess lost bytes are off, and those that cvtex has rules for.
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
    """Return the wrongly decoded range of a word, without the ASCII letters around it."""
    strange = _STRANGE.search(word[0])
    before = strange.start() if strange else 0
    behind = len(word[0]) - strange.end() if strange else 0
    meant = right[before : len(right) - behind]
    if not meant.strip():
        return Garbled(*word.span(), word[0], right)
    start, end = word.start() + before, word.end() - behind
    return Garbled(start, end, word.string[start:end], meant)
