"""Markup in fields: HTML, and a dollar without its partner."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5

from cvtex.diagnostics.diagnostic import Safety
from cvtex.lint.bib_prose import edit_of_value, written
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.bibliography.fields import fields_with
from cvtex.lint.rules.shared import fix_at, fix_of_all
from cvtex.readers.bibtex.record import NAME_LISTS, PRINTED, VERBATIM
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

_SIGN = r"(?:{1}|\\?&{2};|\{{?\\text{0}(?:\s*\}}|\{{\}}|\s+|(?![A-Za-z]))|\{{\${1}\$\}}|\${1}\$)"
"""What begins or ends a tag, also as HTML or LaTeX, which reference managers write for it."""
_HTML = lazy_re(
    rf"(?P<group>\{{)?{_SIGN.format('less', '<', 'lt')}(?P<close>/?)"
    r"(?:jats:)?(?P<tag>i|em|italic|b|strong|bold|su[bp]|inf|scp|sc|span|p|tt|u|br)"
    r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[\w-]+))*\s*"
    rf"/?{_SIGN.format('greater', '>', 'gt')}(?(group)\}})"
    r"|(?P<entity>\\?&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)",
    re.IGNORECASE,
)
_ENTITY = lazy_re(r"&[#\w]\w*;")
_TAG = lazy_re(r"</?[A-Za-z][^<>]*>")
_TYPED_TAG = (lazy_re(r"\\textless"), lazy_re(r"\$<\$"))
_LONG = 60
_FORMULA = lazy_re(r"(?<!\\)\$[^$]*(?<!\\)\$")
_COMMANDS = {
    "i": "emph",
    "em": "emph",
    "b": "textbf",
    "strong": "textbf",
    "sub": "textsubscript",
    "sup": "textsuperscript",
    "scp": "textsc",
    "italic": "emph",
    "bold": "textbf",
    "inf": "textsubscript",
    "sc": "textsc",
}
"""The commands for pairs of tags; the others mean nothing in a .bib file, but for `br`."""
_IN_TEX = {"&": r"\&", "%": r"\%", "#": r"\#", "$": r"\$", "_": r"\_", "\u00a0": "~"}
_LOOKED_AT = (PRINTED | NAME_LISTS) - VERBATIM
_DOLLAR = lazy_re(r"(?<!\\)\$")
_ANY_DOLLAR = lazy_re(r"\$")


@rule("CV347", fix=Safety.SAFE)
def html_in_field(context: LintContext) -> RuleFindings:
    r"""A field holds HTML where LaTeX belongs.

    Websites of publishers export it. cvtex reads it; other programs print `<sub>` and `&amp;` as
    they stand, or stop at the `&`. Reference managers write its signs in LaTeX, as in
    `{\textless}i{\textgreater}`, which prints the tag.

    Bad:

    ```bibtex
    journal = {Astronomy &amp; Astrophysics},
    ```

    Good:

    ```bibtex
    journal = {Astronomy \& Astrophysics},
    ```

    Fix: writes the character, or the command of LaTeX, and takes tags away that mean nothing there,
    such as `<span>`. It is safe: it means the same. What is not certain is left to you.
    """
    for _, name, text in fields_with(context, _ENTITY, _TAG, *_TYPED_TAG):
        if name in _LOOKED_AT:
            yield from _html(text)


def _html(text: Text) -> Iterator[Finding]:
    """The entities, tags and pairs of tags of a value, in order; tags in formulas are none."""
    plain = _FORMULA.sub(_covered, text.value)
    opened: list[re.Match[str]] = []
    found: list[tuple[int, Finding]] = []
    for match in _HTML.finditer(text.value):
        if match["entity"]:
            found += [(match.start(), one) for one in _entity(text, match)]
        elif plain[match.start("tag")] == "\0":
            continue
        elif match["tag"].lower() == "br":
            found.append((match.start(), _line_break(text, match)))
        elif not match["close"]:
            opened.append(match)
        else:
            start = _partner(opened, match)
            one = _lone_tag(text, match) if start is None else _pair(text, start, match)
            found.append((match.start() if start is None else start.start(), one))
    found.sort(key=lambda pair: pair[0])
    return (finding for _, finding in found)


def _covered(formula: re.Match[str]) -> str:
    """NULs for a formula, unless it is no more than the sign that begins or ends a tag."""
    return formula[0] if formula[0] in ("$<$", "$>$") else "\0" * len(formula[0])


def _partner(opened: list[re.Match[str]], closing: re.Match[str]) -> re.Match[str] | None:
    """The tag that is closed; those that were opened behind it and are not closed are dropped."""
    for i in range(len(opened) - 1, -1, -1):
        if opened[i]["tag"].lower() == closing["tag"].lower():
            start = opened[i]
            del opened[i:]
            return start
    return None


def _entity(text: Text, match: re.Match[str]) -> Iterator[Finding]:
    if not _is_entity(match[0]):
        before = text.value[max(0, match.start() - 1) : match.start()]
        if not (before.isalnum() or before == "}" or match[0].startswith("\\")):
            message = f"`{match[0]}` looks like HTML, but is no character of it"
            yield Finding(message, text.place(*match.span()), "write the character that is meant")
        return
    meant = _tex(match[0])
    place = written(text, *match.span()) if meant else None
    fix = fix_at(place, meant or "", "write it in LaTeX", Safety.SAFE)
    hint = f"write `{meant}`" if meant else "write the character itself, or its LaTeX command"
    yield Finding(f"`{match[0]}` is HTML", text.place(*match.span()), hint, fix=fix)


def _line_break(text: Text, match: re.Match[str]) -> Finding:
    fix = fix_at(written(text, *match.span()), " ", "write a blank", Safety.SAFE)
    place = text.place(*match.span())
    return Finding(f"`{match[0]}` is HTML", place, "write a blank in its place", fix=fix)


def _lone_tag(text: Text, match: re.Match[str]) -> Finding:
    message = f"`{match[0]}` is HTML, and closes nothing"
    return Finding(message, text.place(*match.span()), "take it away")


def _pair(text: Text, start: re.Match[str], end: re.Match[str]) -> Finding:
    """A tag that is closed; its two halves are mended, whatever stands between them."""
    inside = text.value[start.end() : end.start()]
    command = _COMMANDS.get(start["tag"].lower())
    opening, closing = (f"\\{command}{{", "}") if command else ("", "")
    edits = (
        edit_of_value(text, *start.span(), opening),
        edit_of_value(text, *end.span(), closing),
    )
    fix = fix_of_all("write it in LaTeX", edits, Safety.SAFE) if _is_balanced(inside) else None
    said = inside if len(inside) <= _LONG else "..."
    message = f"`{start[0]}{said}{end[0]}` is HTML"
    hint = f"write `{opening}{said}{closing}`" if command else "take both tags away"
    return Finding(message, text.place(start.start(), end.end()), hint, fix=fix)


def _is_balanced(inside: str) -> bool:
    """Whether every brace and formula that is opened in a text is closed in it."""
    depth, bare = 0, re.sub(r"\\.", "", inside, flags=re.DOTALL)
    for char in bare:
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth < 0:
            return False
    return depth == 0 and bare.count("$") % 2 == 0 and not inside.endswith("\\")


def _is_entity(said: str) -> bool:
    name = said.partition("&")[2]
    return name.startswith("#") or name in html5


def _tex(entity: str) -> str | None:
    """The LaTeX for an entity; none where it is not certain."""
    char = html.unescape(entity.removeprefix("\\"))
    if len(char) != 1:
        return None
    is_plain = unicodedata.category(char)[0] == "L" or char in "–—’‘“”"
    return _IN_TEX.get(char) or (char if is_plain else None)


@rule("CV348", fix=Safety.UNSAFE)
def lone_dollar(context: LintContext) -> RuleFindings:
    r"""A dollar sign has no partner.

    In LaTeX a dollar begins a formula and the next one ends it. With one alone BibTeX's document
    stops at "Missing $ inserted"; a sum of money wants a backslash.

    Bad:

    ```bibtex
    note = {Grant of $5 million},
    ```

    Good:

    ```bibtex
    note = {Grant of \$5 million},
    ```

    Fix: puts a backslash before it. It is unsafe, as it may be the partner that is missing.
    """
    for _, name, text in fields_with(context, _ANY_DOLLAR):
        if name in _LOOKED_AT:
            yield from _lone(text)


def _lone(text: Text) -> Iterator[Finding]:
    dollars = [match.start() for match in _DOLLAR.finditer(text.value)]
    if len(dollars) % 2 == 0:
        return
    at = dollars[-1]
    place = written(text, at, at + 1) if len(dollars) == 1 else None
    fix = fix_at(place, "\\$", "put a backslash before it", Safety.UNSAFE)
    hint = "write `\\$` for money, or close the formula with another `$`"
    yield Finding("this `$` has no partner", text.place(at, at + 1), hint, fix=fix)
