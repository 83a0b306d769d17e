"""Starts of the blocks of a .bib file, found without a parser so that none is lost.

A block must end before the next line that starts another one, so that a missing brace costs one
entry and not the rest of the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from msgspec import Struct

from cvtex.support.lazy_re import lazy_re

_TYPE = r"[^\s\"#%'(),={}@\\]"
_KEY = r"[^\s,{}()=\"#%@]+"
_TOP = lazy_re(rf"%[^\r\n]*|(?<!\w)@(?:\s*(?P<type>{_TYPE}+)\s*)?(?P<open>[{{(])")
_LINE_HEAD = lazy_re(
    rf"@[ \t]*(?:(?:comment|preamble)\s*[{{(]|{_TYPE}+\s*[{{(]\s*{_KEY}\s*[,=])", re.IGNORECASE
)
_HEAD = lazy_re(
    rf"(?<=[\r\n])[ \t]*%[^\r\n]*|(?P<head>(?<!\w)@[ \t]*{_TYPE}+\s*[{{(]\s*{_KEY}\s*,"
    rf"|(?<=[\r\n])@{_TYPE}+\s*[{{(])"
)


class BlockStart(Struct, frozen=True):
    """The `@` of a block, and where the text inside its delimiters starts, as offsets.

    The block must end before `limit`.
    """

    type: str
    start: int
    body: int
    closer: str
    limit: int


class StartFinder(Struct, frozen=True):
    """Finds the starts in one text; `heads` are the lines that plainly start a block."""

    text: str
    heads: list[int]

    def find(self, position: int) -> BlockStart | None:
        """Return the next start outside comments."""
        for match in _TOP.finditer(self.text, position):
            if match["open"] is not None:
                block_type = (match["type"] or "").lower()
                closer = ")" if match["open"] == "(" else "}"
                limit = self._limit(block_type, match.start())
                return BlockStart(block_type, match.start(), match.end(), closer, limit)
        return None

    def _limit(self, block_type: str, start: int) -> int:
        """Return the next line that starts a block; nothing inside a comment starts one."""
        after = bisect_right(self.heads, start)
        if block_type == "comment" or after == len(self.heads):
            return len(self.text)
        return self.heads[after]

    def after_open_block(self, block: BlockStart) -> int:
        """Return where to go on after a block that never ends."""
        found = _HEAD.finditer(self.text, block.body, block.limit)
        return next((match.start() for match in found if match["head"]), block.limit)


def start_finder(text: str) -> StartFinder:
    """Return a finder of the starts in a text."""
    # The signs are found first and the line before them looked at second: lines outnumber them.
    heads = (head.start() for head in _LINE_HEAD.finditer(text))
    return StartFinder(text, [at for at in heads if _begins_line(text, at)])


def _begins_line(text: str, at: int) -> bool:
    while at and text[at - 1] in " \t":
        at -= 1
    return at == 0 or text[at - 1] in "\r\n"
