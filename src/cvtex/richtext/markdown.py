"""Reads the inline markup of cv.yaml: a part of CommonMark, with references resolved.

`*em*`, `**strong**`, `` `code` ``, `[text](url)`, `<url>`, backslash escapes and line breaks are
CommonMark's. To these come `[text][name]`, `[@key]`, `{fact}`, `$math$` and `` `tex`{=latex} ``.
Everything else, underscores and HTML included, is literal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.fixes import delete_character
from cvtex.richtext.build import merge_strings
from cvtex.richtext.nodes import (
    Code,
    Emph,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    Raw,
    Str,
    Strong,
)
from cvtex.richtext.tokens import MarkupToken, Quotes
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

MARKUP = lazy_re(r"""[*`\[\\$<{'"\n]""")
"""The characters of markup; a text without any of them is literal."""

INVISIBLE = lazy_re("[\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
"""Invisible characters without a meaning in a CV; joiners of Arabic and Indic script are kept."""

ITEM = lazy_re(r"^[-*+] +(\S.*(?:\n(?![-*+] ).*)*)", re.MULTILINE)
"""An item of a bullet list, up to the next (CommonMark 0.31, 5.2, on one level)."""

NOWHERE = lazy_re(r"\]\(\s*(?:<>)?\s*\)")
"""The end of a link without a target."""

KEY_SEPARATOR = lazy_re(r"\s*[;,]\s*")
CITEKEY = lazy_re(r"@?([^\s,;@{}\[\]]+)")
UNSAFE_MATH = (
    r"\\(?:input|include|openin|openout|read|readline|write|immediate|special|directlua|def|[egx]def"
    r"|let|futurelet|csname|catcode|expandafter|loop|newcommand|renewcommand|usepackage|shipout"
    r"|pdf[a-z]+|everypar|output|batchmode|scrollmode|par)(?![A-Za-z])"
    r"|\\(?:begin|end)(?!\{(?:[pbvBV]?matrix|smallmatrix|cases|array|aligned|gathered|split)\})"
)
"""TeX commands that mathematics does not need, and that could do harm or end the document."""

BARE_COMMENT = lazy_re(r"(?<!\\)(?:\\\\)*%")


class Resolver(Protocol):
    """Resolves the references of a text; each method reports what it does not know."""

    def cite(self, keys: Sequence[Text]) -> Inlines:
        """Return the printed form of a citation of these keys."""

    def fact(self, name: Text) -> str:
        """Return the printed value of a fact or a computed number."""

    def link(self, name: Text) -> str | None:
        """Return the URL of a named link."""


class Markup(Struct, frozen=True):
    """The context in which a text is read: its references, quotation marks, and raw TeX or not."""

    resolver: Resolver
    sink: Sink
    quotes: Quotes = ("“", "”", "‘", "’")
    raw_latex: bool = False


def parse_markup(text: Text, markup: Markup) -> Inlines:
    """Return the inlines of a text; report unresolved references and keep them as written."""
    clean = _without_invisible(text, markup.sink)
    if not MARKUP.search(clean.value):
        return (Str(unicodedata.normalize("NFC", clean.value)),) if clean.value else ()
    from cvtex.richtext.commonmark import tokenize  # brings markdown-it

    return _Builder(clean, markup).build(tokenize(clean.value, markup.quotes))


def paragraphs(text: Text) -> Iterator[Text]:
    """Yield the paragraphs of a text, which are separated by blank lines."""
    for match in re.finditer(r"\S(?:.|\n(?![ \t]*\n))*", text.value):
        yield text.slice(*match.span())


def list_items(paragraph: Text) -> tuple[Text, tuple[Text, ...]]:
    """Return the text before a bullet list at the end of a paragraph, and the items of the list."""
    first = ITEM.search(paragraph.value)
    if first is None:
        return paragraph, ()
    items = ITEM.finditer(paragraph.value, first.start())
    return paragraph.slice(0, first.start()), tuple(paragraph.slice(*m.span(1)) for m in items)


def _without_invisible(text: Text, sink: Sink) -> Text:
    found = list(INVISIBLE.finditer(text.value))
    if not found:
        return text
    for match in found:
        place = text.place(*match.span())
        sink.add(
            catalogue.INVISIBLE_CHARACTER,
            f"invisible character U+{ord(match[0]):04X} is left out",
            place,
            hint="delete it; it often comes along when text is pasted",
            fix=delete_character(place, match[0]),
        )
    kept = [i for i, char in enumerate(text.value) if not INVISIBLE.match(char)]
    offsets = text.offsets
    places = None if offsets is None else lambda: [offsets()[i] for i in kept]
    return Text("".join(text.value[i] for i in kept), text.span, places)


class _Builder(Struct, frozen=True):
    text: Text
    markup: Markup

    def build(self, tokens: Sequence[MarkupToken]) -> Inlines:
        return self._until(iter(tokens), None)

    def _until(self, tokens: Iterator[MarkupToken], closer: str | None) -> Inlines:
        nodes: list[Inline] = []
        for token in tokens:
            if token.kind == closer:
                break
            nodes.extend(self._nodes(token, tokens))
        return merge_strings(nodes)

    def _nodes(self, token: MarkupToken, tokens: Iterator[MarkupToken]) -> Inlines:  # noqa: C901, PLR0911  # one arm a token
        match token.kind:
            case "text":
                return (Str(unicodedata.normalize("NFC", token.content)),) if token.content else ()
            case "softbreak":
                return (Str(" "),)
            case "hardbreak":
                return (LineBreak(),)
            case "em_open":
                return (Emph(self._until(tokens, "em_close")),)
            case "strong_open":
                return (Strong(self._until(tokens, "strong_close")),)
            case "code_inline":
                return (Code(unicodedata.normalize("NFC", token.content)),)
            case "link_open":
                return self._link(token.info, self._until(tokens, "link_close"))
            case "named_link_open":
                return self._named_link(token, tokens)
            case "citation":
                return self._citation(token)
            case "fact":
                return (Str(self.markup.resolver.fact(self._part(token))),)
            case "math":
                return self._math(token)
            case "raw":
                return self._raw(token)
        raise AssertionError(f"no node for a {token.kind} token")

    def _part(self, token: MarkupToken) -> Text:
        return self.text.slice(token.start, token.end)

    def _link(self, url: str, children: Inlines) -> Inlines:
        if url:
            return (Link(url, children),)
        empty = NOWHERE.search(self.text.value)
        place = self.text.place(*empty.span()) if empty else self.text.span
        hint = "write the address between the parentheses"
        self.markup.sink.add(catalogue.UNKNOWN_LINK, "this link leads nowhere", place, hint=hint)
        return children

    def _named_link(self, token: MarkupToken, tokens: Iterator[MarkupToken]) -> Inlines:
        children = self._until(tokens, "named_link_close")
        url = self.markup.resolver.link(self._part(token))
        return children if url is None else (Link(url, children),)

    def _citation(self, token: MarkupToken) -> Inlines:
        inside = self._part(token)
        keys, start = [], 0
        for stop in [*KEY_SEPARATOR.finditer(inside.value), None]:
            end = len(inside.value) if stop is None else stop.start()
            key = CITEKEY.fullmatch(inside.value, start, end)
            if key is None:
                self._unreadable_key(inside.slice(start, end))
            else:
                keys.append(inside.slice(*key.span(1)))
            start = end if stop is None else stop.end()
        return self.markup.resolver.cite(keys) if keys else (Str(f"[{inside}]"),)

    def _unreadable_key(self, part: Text) -> None:
        self.markup.sink.add(
            catalogue.UNKNOWN_CITEKEY,
            f"`{part}` is not a citation key",
            part.span,
            hint="a citation holds keys only, as in `[@first2020; @second2021]`",
        )

    def _math(self, token: MarkupToken) -> Inlines:
        part = self._part(token)
        unsafe = re.search(UNSAFE_MATH, part.value)
        if unsafe is None and _balanced(part.value):
            return (Math(BARE_COMMENT.sub(lambda m: m[0][:-1] + r"\%", part.value)),)
        message = f"`{unsafe[0]}` has no place in mathematics" if unsafe else "braces do not pair"
        hint = "take it out" if unsafe else "close each `{`"
        self.markup.sink.add(
            catalogue.UNSAFE_MATH,
            message,
            part.place(*unsafe.span()) if unsafe else part.span,
            hint=f"{hint}; write `\\$` where a dollar sign is meant",
        )
        return (Str(f"${part}$"),)

    def _raw(self, token: MarkupToken) -> Inlines:
        part = self._part(token)
        fault = self._raw_fault(part.value, token.info)
        if fault is None:
            return (Raw(token.info, part.value),)
        message, hint = fault
        self.markup.sink.add(catalogue.RAW_LATEX, message, part.span, hint=hint)
        return (Code(part.value),)

    def _raw_fault(self, tex: str, format_: str) -> tuple[str, str] | None:
        """Return the message and the hint for raw TeX that is not allowed, or None."""
        if format_ != "latex":
            return f"raw {format_} cannot be typeset", "only `{=latex}` is understood"
        if not self.markup.raw_latex:
            return "raw LaTeX is turned off", "set `raw_latex: true` at the top of the CV"
        if not _balanced(tex):
            return "braces do not pair in raw LaTeX", "close each `{` in the same piece"
        if BARE_COMMENT.search(tex):
            return "a comment would swallow what follows raw LaTeX", "write `\\%`, or leave it out"
        return None


def _balanced(tex: str) -> bool:
    depth = 0
    for brace in re.findall(r"(?<!\\)(?:\\\\)*([{}])", tex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0
