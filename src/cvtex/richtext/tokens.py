"""The tokens of inline markup, and the patterns of those that are not in CommonMark."""

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
    """A piece of text, or the start or end of markup.

    `kind` is markdown-it's name of the type, or ours. `content` is its text; for our own kinds,
    `start` and `end` are its place in characters. `info` is the target of a link, or the format
    of raw text.
    """

    kind: str
    content: str = ""
    start: int = 0
    end: int = 0
    info: str = ""


Tokens = tuple[MarkupToken, ...]

Quotes = tuple[str, str, str, str]
"""The opening and closing outer marks, then the inner ones."""
