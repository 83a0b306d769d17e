"""Splits text into inline tokens: markdown-it with CommonMark's rules and rules of our own.

The `meta` of a token of our own has the start and end of its content, in characters.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.emphasis import tokenize as _emphasis
from markdown_it.token import Token as Parsed

from cvtex.richtext.tokens import CITATION, FACT, LINK_NAME, MATH, RAW, MarkupToken, Quotes, Tokens
from cvtex.support.lazy_re import lazy_re

LATEX = lazy_re(
    r"(?<!\\)\\(?:(?:text(?:bf|it|sl|tt|rm|sf|sc|superscript|subscript|color)?|emph|underline|mbox"
    r"|url|href|footnote|cite[pt]?|ref|begin|end|[vh]space)|(?:href|textcolor)\{[^{}]*\}"
    r"|(?P<accent>[`'^~=.\"cvuHkr]))\Z"
)
"""A LaTeX command before a brace, which lint reports; an accent only before a single letter."""


def tokenize(source: str, quotes: Quotes) -> Tokens:
    """Return the inline tokens of a text."""
    (inline,) = _parser(quotes).parseInline(source)
    return tuple(map(_token, inline.children or ()))


def _token(parsed: Parsed) -> MarkupToken:
    start, end = parsed.meta.get("start", 0), parsed.meta.get("end", 0)
    info = str(parsed.attrs.get("href", parsed.info))
    return MarkupToken(parsed.type, parsed.content, start, end, info)


@cache
def _parser(quotes: Quotes) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"typographer": True, "quotes": list(quotes)})
    parser.enable("smartquotes").disable(["image", "html_inline", "entity"])
    # Targets and the text of bare URLs are not normalized.
    parser.normalizeLink = parser.normalizeLinkText = str  # type: ignore[method-assign,assignment]
    rules = parser.inline.ruler
    rules.at("emphasis", _star_emphasis)
    rules.before("backticks", "raw", _raw)
    rules.before("link", "citation", _citation)
    rules.before("link", "named_link", _named_link)
    rules.before("link", "fact", _fact)
    rules.before("link", "math", _math)
    parser.core.ruler.before("smartquotes", "apostrophes", _apostrophes)
    return parser


_STAR = ord("*")


def _star_emphasis(state: StateInline, silent: bool) -> bool:
    """Read emphasis with stars only, and none inside a word: `Kolleg*innen`, `10*10*10`."""
    at = state.pos
    if state.src[at] == "_" or not _emphasis(state, silent):
        return False
    around = state.src[at - 1 : at], state.src[at + 1 : at + 2]
    if state.pos == at + 1 and all(sign.isalnum() for sign in around):
        *before, star = [one for one in state.delimiters if one.marker == _STAR and one.length == 1]
        opened = sum(1 if one.open else -1 for one in before if one.open or one.close)
        star.open, star.close = False, opened > 0  # else it would close what two stars began
    return True


def _push(state: StateInline, kind: str, match: re.Match[str], group: int) -> Parsed:
    token = state.push(kind, "", 0)
    token.meta = {"start": match.start(group), "end": match.end(group)}
    token.content = match[group]
    return token


def _leaf(state: StateInline, silent: bool, kind: str, pattern: re.Pattern[str]) -> bool:
    match = pattern.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        _push(state, kind, match, 1)
    state.pos = match.end()
    return True


def _citation(state: StateInline, silent: bool) -> bool:
    return _leaf(state, silent, "citation", CITATION)


def _fact(state: StateInline, silent: bool) -> bool:
    return not _is_argument(state) and _leaf(state, silent, "fact", FACT)


def _is_argument(state: StateInline) -> bool:
    """Return whether a word in braces is the argument of a LaTeX command, not a fact."""
    word = FACT.match(state.src, state.pos, state.posMax)
    latex = word and LATEX.search(state.src, max(0, state.pos - 300), state.pos)
    return bool(word and latex and (not latex["accent"] or len(word[1]) == 1))


def _math(state: StateInline, silent: bool) -> bool:
    return _leaf(state, silent, "math", MATH)


def _raw(state: StateInline, silent: bool) -> bool:
    match = RAW.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        _push(state, "raw", match, 2).info = match[3]
    state.pos = match.end()
    return True


def _named_link(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    start, maximum = state.pos, state.posMax
    label_end = state.md.helpers.parseLinkLabel(state, start)
    name = LINK_NAME.match(state.src, label_end + 1, maximum) if label_end >= 0 else None
    if name is None:
        return False
    if not silent:
        _push(state, "named_link_open", name, 1)
        state.pos, state.posMax = start + 1, label_end
        state.md.inline.tokenize(state)
        state.push("named_link_close", "", 0)
    state.pos, state.posMax = name.end(), maximum
    return True


def _apostrophes(state: StateCore) -> None:
    """Replace quotes, except an apostrophe before a digit: '24, not ‘24."""
    for block in state.tokens:
        for token in block.children or []:
            if token.type == "text":
                token.content = re.sub(r"'(?=\d\d)", "’", token.content)
