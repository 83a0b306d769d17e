"""The tokens of a CV's texts, kept between runs: markdown-it is slow to import."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from msgspec import Struct, field

from cvtex.richtext.tokens import Quotes, Tokens, tokens_of
from cvtex.support.cache import TEXTS, Cache, this_program
from cvtex.support.codec import DAMAGED, packed, unpacked

MOST = 5
"""How many times as many texts are kept as the last run had: those of other variants."""

Texts = dict[tuple[str, Quotes], Tokens]


class KeptTokens(Struct):
    """The tokens that are known, and those that were asked for."""

    cache: Cache
    name: str
    known: Texts
    asked: Texts = field(default_factory=dict)

    def of(self, text: str, quotes: Quotes) -> Tokens:
        """The tokens of a text."""
        key = text, quotes
        if key not in self.asked:
            self.asked[key] = self.known[key] if key in self.known else tokens_of(text, quotes)
        return self.asked[key]

    def keep(self) -> None:
        """Keep what was asked for, for the next run, and of the rest what may be of use."""
        if self.cache.root is None or self.asked.keys() <= self.known.keys():
            return
        texts = {**self.asked, **self.known} if self._is_small() else self.asked
        self.cache.write(TEXTS, self.name, packed(texts, ()))

    def _is_small(self) -> bool:
        return len(self.known) <= MOST * len(self.asked)


def kept_tokens(cache: Cache, cv: Path) -> KeptTokens:
    """The tokens of a CV's texts as far as they are known from earlier runs."""
    words = "\0".join((this_program(), os.path.realpath(cv)))
    name = hashlib.sha256(os.fsencode(words)).hexdigest()[:32]
    data = cache.read(TEXTS, name)
    try:
        known: Texts = {} if data is None else unpacked(data, ())
    except DAMAGED:
        known = {}
    return KeptTokens(cache, name, known)
