"""Extents of blocks, by counting braces as BibTeX does or without the escaped ones."""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from cvtex.readers.bibtex.starts import BlockStart
from cvtex.support.lazy_re import lazy_re

_SIGN = lazy_re(r"[{}()\"%@\\]")
_LINE_END = lazy_re(r"[\r\n]")


class Grammar(NamedTuple):
    """The braces and quotation marks that count."""

    group: re.Pattern[str]
    string: re.Pattern[str]


BIBTEX = Grammar(lazy_re(r"[{}]"), lazy_re(r'[{}"]'))
ESCAPED = Grammar(lazy_re(r"(?<!\\)[{}]"), lazy_re(r'(?<!\\)[{}"]'))
r"""BibTeX counts `\{` like `{`. Files never meant for BibTeX may need the other reading."""


class Extent(Struct, frozen=True):
    """The end of a block, and the parts of its body in which no sign has a meaning.

    `values` are the places inside braces and quotation marks, `comments` run to the end of their
    line, `strays` are characters without a meaning at their place.
    """

    end: int
    values: list[tuple[int, int]] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    strays: list[int] = field(default_factory=list)

    def mask(self, text: str, start: int, end: int) -> str:
        """Return a stretch of the text with letters for such signs and blanks for comments.

        Each character keeps its place.
        """
        hidden = [(left, right, "x") for left, right in self.values]
        hidden += [(left, right, " ") for left, right in self.comments]
        hidden += [(at, at + 1, "x") for at in self.strays]
        parts: list[str] = []
        for left, right, sign in sorted(hidden):
            parts += (text[start:left], sign * (right - left))
            start = right
        return "".join((*parts, text[start:end]))


def comment_end(text: str, block: BlockStart, grammar: Grammar) -> int | None:
    """Return where a `@comment` ends: at the delimiter that balances its own, or None."""
    if block.closer == "}":
        return group_end(text, block.body, block.limit, grammar)
    end = text.find(")", block.body, block.limit)
    return None if end < 0 else end + 1


def find_extent(text: str, block: BlockStart, grammar: Grammar) -> Extent | None:
    """Return the extent of a block with fields; None when it does not end before its limit."""
    found = Extent(0)
    position = block.body
    while match := _SIGN.search(text, position, block.limit):
        if match[0] == block.closer:
            return replace(found, end=match.end())
        end = _skip(text, match.start(), block.limit, grammar, found)
        if end is None:
            return None
        position = end
    return None


def _skip(text: str, at: int, limit: int, grammar: Grammar, found: Extent) -> int | None:
    """Return where to go on after a sign in a body; None where a value never ends."""
    char = text[at]
    if char == "{" or (char == '"' and _value_may_start(text, at)):
        find_end = group_end if char == "{" else string_end
        end = find_end(text, at + 1, limit, grammar)
        if end is not None:
            found.values.append((at + 1, end - 1))
        return end
    if char == "%" and text[at - 1] in ' \t\r\n,{}"':
        line = _LINE_END.search(text, at)
        end = line.start() if line else limit
        found.comments.append((at, end))
        return end
    if char == "}":
        return None
    if char != ")":
        found.strays.append(at)
    return at + 1


def _value_may_start(text: str, at: int) -> bool:
    while at and text[at - 1].isspace():
        at -= 1
    return at > 0 and text[at - 1] in "=#"


def group_end(text: str, position: int, limit: int, grammar: Grammar) -> int | None:
    """Return the offset after the brace that closes the group around `position`, or None."""
    depth = 1
    for brace in grammar.group.finditer(text, position, limit):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return None


def string_end(text: str, position: int, limit: int, grammar: Grammar) -> int | None:
    """Return the offset after the closing quotation mark, the next outside braces, or None."""
    depth = 0
    for mark in grammar.string.finditer(text, position, limit):
        if mark[0] != '"':
            depth += 1 if mark[0] == "{" else -1
        elif depth == 0:
            return mark.end()
        if depth < 0:
            return None
    return None
