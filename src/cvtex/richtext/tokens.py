"""The tokens of inline markup, and how those that CommonMark has not are written."""

from __future__ import annotations

import re

from msgspec import Struct

from cvtex.support.lazy_re import lazy_re

CITATION = lazy_re(r"\[((?:-|[^\[\]@]*\s)?@[^\[\]]*)\]")
FACT = lazy_re(r"\{([A-Za-z_][\w.-]*)\}")
LINK_NAME = lazy_re(r"\[([^\[\]\n]+)\]")
RAW = lazy_re(r"(`+)(?!`)(.+?)(?<!`)\1\{=(\w+)\}")
MATH = lazy_re(r"\$(?![\s$])((?:\\.|[^\\$])*?[^\\$\s]|(?:\\.|[^\\$])*?\\[^\s])\$(?!\d)", re.DOTALL)
"""Pandoc's rule: no space inside the dollars, and no digit behind the closing one."""


class MarkupToken(Struct, frozen=True, gc=False):
    """A stretch of text, a mark in it, or the start or end of what is inside one.

    `kind` is markdown-it's name of the type, or ours. `content` is what it says, and where that
    stands, from `start` to `end` in characters, our own kinds know. `info` is the address of a
    link, or the format of raw text.
    """

    kind: str
    content: str = ""
    start: int = 0
    end: int = 0
    info: str = ""


Tokens = tuple[MarkupToken, ...]

Quotes = tuple[str, str, str, str]
"""The opening and closing outer marks, then the inner ones."""
