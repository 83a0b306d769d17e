"""Where the blocks of a .bib file start and end.

Braces are counted as BibTeX counts them. A block must end before the next line that starts
another one, so that a missing brace costs one entry and not the rest of the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from cvtex.support.lazy_re import lazy_re

_TYPE = r"[^\s\"#%'(),={}@\\]"
_KEY = r"[^\s,{}()=\"#%@]+"
_TOP = lazy_re(rf"%[^\r\n]*|(?<!\w)@(?:\s*(?P<type>{_TYPE}+)\s*)?(?P<open>[{{(])")
_LINE_HEAD = lazy_re(
    rf"@[ \t]*(?:(?:comment|preamble)\s*[{{(]|{_TYPE}+\s*[{{(]\s*{_KEY}\s*[,=])",
    re.IGNORECASE,
)
_HEAD = lazy_re(
    rf"(?<=[\r\n])[ \t]*%[^\r\n]*|(?P<head>(?<!\w)@[ \t]*{_TYPE}+\s*[{{(]\s*{_KEY}\s*,"
    rf"|(?<=[\r\n])@{_TYPE}+\s*[{{(])"
)
_BODY = lazy_re(r"[=#]\s*(?P<plain>\{[^{}\\]*\}|\"[^{}\"\\]*\")|(?P<sign>[{}()\"%@\\])")
"""A value in which no brace can be counted, by any grammar, is one step; all else is a sign."""

_OPENER = lazy_re(rf"(?P<name>{_TYPE}+)\s*=\s*(?P<mark>[{{\"])")
_SWALLOWED = lazy_re(r"[,\r\n]\s*[A-Za-z][\w+-]*\s*=\s*(?:[\"{]|\w+\s*[,}])")
_ON_ITS_OWN = lazy_re(r"[\r\n][ \t]*\}(?!\s*,)")
_LINE_END = lazy_re(r"[\r\n]")


class Grammar(NamedTuple):
    """Which braces and quotation marks count."""

    group: re.Pattern[str]
    string: re.Pattern[str]


BIBTEX = Grammar(lazy_re(r"[{}]"), lazy_re(r'[{}"]'))
ESCAPED = Grammar(lazy_re(r"(?<!\\)[{}]"), lazy_re(r'(?<!\\)[{}"]'))
r"""BibTeX counts `\{` like `{`. Files never meant for BibTeX may need the other reading."""


class Extent(Struct, frozen=True):
    """Where a block ends, and what a splitter must not look into.

    `values` are the places inside braces and quotation marks, `comments` run to the end of their
    line, `strays` are characters that mean nothing where they stand.
    """

    end: int
    values: list[tuple[int, int]] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    strays: list[int] = field(default_factory=list)


class BibBlock(Struct, frozen=True):
    """A block from its `@`; `body` is where the text inside its delimiters starts.

    `limit` is the end that the block may not pass.
    """

    type: str
    start: int
    body: int
    closer: str
    limit: int


class Scanner(Struct, frozen=True):
    """Finds blocks in one text; `heads` are the lines that plainly start one."""

    text: str
    heads: list[int]

    def next_block(self, position: int) -> BibBlock | None:
        """The next block that starts outside comments."""
        for match in _TOP.finditer(self.text, position):
            if match["open"] is not None:
                entry_type = (match["type"] or "").lower()
                closer = ")" if match["open"] == "(" else "}"
                limit = self._limit(entry_type, match.start())
                return BibBlock(entry_type, match.start(), match.end(), closer, limit)
        return None

    def _limit(self, entry_type: str, start: int) -> int:
        """The next line that starts a block; what stands in a comment starts none."""
        after = bisect_right(self.heads, start)
        if entry_type == "comment" or after == len(self.heads):
            return len(self.text)
        return self.heads[after]

    def resume(self, block: BibBlock) -> int:
        """Where to go on behind a block that never ends."""
        found = _HEAD.finditer(self.text, block.body, block.limit)
        return next((match.start() for match in found if match["head"]), block.limit)


def scanner(text: str) -> Scanner:
    """A scanner for a text."""
    # The signs are found first and the line before them looked at second: lines outnumber them.
    heads = (head.start() for head in _LINE_HEAD.finditer(text))
    return Scanner(text, [at for at in heads if _begins_line(text, at)])


def _begins_line(text: str, at: int) -> bool:
    while at and text[at - 1] in " \t":
        at -= 1
    return at == 0 or text[at - 1] in "\r\n"


def comment_end(text: str, block: BibBlock, grammar: Grammar) -> int | None:
    """Where a comment ends: at the delimiter that balances its own."""
    if block.closer == "}":
        return _group_end(text, block.body, block.limit, grammar)
    end = text.find(")", block.body, block.limit)
    return None if end < 0 else end + 1


def extent(text: str, block: BibBlock, grammar: Grammar) -> Extent | None:
    """The extent of a block with fields; none when it does not end before its limit."""
    found = Extent(0)
    position = block.body
    while match := _BODY.search(text, position, block.limit):
        if match.lastgroup == "plain":
            start, position = match.span("plain")
            found.values.append((start + 1, position - 1))
            continue
        if match[0] == block.closer:
            return replace(found, end=match.end())
        end = _skip(text, match.start(), block.limit, grammar, found)
        if end is None:
            return None
        position = end
    return None


def _skip(text: str, at: int, limit: int, grammar: Grammar, found: Extent) -> int | None:
    """Where to go on behind a character of a block's body; none where a value never ends."""
    char = text[at]
    if char == "{" or (char == '"' and _value_may_start(text, at)):
        find_end = _group_end if char == "{" else _string_end
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


def _group_end(text: str, position: int, limit: int, grammar: Grammar) -> int | None:
    depth = 1
    for brace in grammar.group.finditer(text, position, limit):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return None


def _string_end(text: str, position: int, limit: int, grammar: Grammar) -> int | None:
    """Behind the closing quotation mark: the next one outside braces."""
    depth = 0
    for mark in grammar.string.finditer(text, position, limit):
        if mark[0] != '"':
            depth += 1 if mark[0] == "{" else -1
        elif depth == 0:
            return mark.end()
        if depth < 0:
            return None
    return None


class OpenEnd(Struct, frozen=True):
    """The delimiter that is never closed, and the field whose value it opens, if any."""

    at: int
    field: str | None


def open_end(text: str, block: BibBlock) -> OpenEnd:
    """Who is to blame when a block does not end: a value that swallows the next, or itself."""
    position = block.body
    while match := _OPENER.search(text, position, block.limit):
        find_end = _group_end if match["mark"] == "{" else _string_end
        end = find_end(text, match.end(), block.limit, BIBTEX)
        if end is None or _swallows_more(text, match.end(), end):
            return OpenEnd(match.start("mark"), match["name"])
        position = end
    return OpenEnd(block.body - 1, None)


def _swallows_more(text: str, start: int, end: int) -> bool:
    """Whether a value has the next field inside it, or ends where the entry should."""
    own_line = _ON_ITS_OWN.search(text, start)
    return bool(_SWALLOWED.search(text, start, end)) or (
        own_line is not None and own_line.start() < end
    )
