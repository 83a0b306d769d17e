"""Markup in fields: HTML, and a dollar without its partner."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5

from cvtex.bib_reader.record import NAME_LISTS, PRINTED, VERBATIM
from cvtex.diagnostics.model import Edit, Fix, Safety
from cvtex.lint.model import Finding, Findings, Subject, rule
from cvtex.lint.rules.bibliography.fields import fields_with, replace, written
from cvtex.source import Text

_HTML = re.compile(
    r"\\?&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|<(?P<tag>i|em|b|strong|sub|sup|scp)>(?P<inside>[^<>{}\\$&]+)</(?P=tag)>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&[#\w]\w*;")
_TAG = re.compile(r"<\w+>")
_COMMANDS = {
    "i": "emph",
    "em": "emph",
    "b": "textbf",
    "strong": "textbf",
    "sub": "textsubscript",
    "sup": "textsuperscript",
    "scp": "textsc",
}
_IN_TEX = {"&": r"\&", "%": r"\%", "#": r"\#", "$": r"\$", "_": r"\_", "\u00a0": "~"}
_LOOKED_AT = PRINTED | NAME_LISTS
_DOLLAR = re.compile(r"(?<!\\)\$")
_ANY_DOLLAR = re.compile(r"\$")


@rule("CV347", fix=Safety.SAFE)
def html_in_field(subject: Subject) -> Findings:
    r"""A field holds HTML where LaTeX belongs.

    Websites of publishers export it. cvtex reads it; other programs print `<sub>` and `&amp;` as
    they stand, or stop at the `&`.

    Bad:

    ```bibtex
    journal = {Astronomy &amp; Astrophysics},
    ```

    Good:

    ```bibtex
    journal = {Astronomy \& Astrophysics},
    ```

    Fix: writes the character, or the command of LaTeX. It is safe: it means the same.
    """
    for _, name, text in fields_with(subject, _ENTITY, _TAG):
        if name in _LOOKED_AT:
            yield from _html(text)


def _html(text: Text) -> Iterator[Finding]:
    for match in _HTML.finditer(text.value):
        meant = _tex(match)
        if match["tag"] is None and not _is_entity(match[0]):
            continue
        place = written(text, *match.span()) if meant else None
        fix = replace("write it in LaTeX", Safety.SAFE, place, meant or "")
        hint = f"write `{meant}`" if meant else "write the character itself, or its LaTeX command"
        yield Finding(f"`{match[0]}` is HTML", text.place(*match.span()), hint, fix=fix)


def _is_entity(said: str) -> bool:
    name = said.partition("&")[2]
    return name.startswith("#") or name in html5


def _tex(match: re.Match[str]) -> str | None:
    """The LaTeX for a tag with its text, or for an entity; none where it is not certain."""
    if match["tag"] is not None:
        return f"\\{_COMMANDS[match['tag'].lower()]}{{{match['inside']}}}"
    char = html.unescape(match[0].removeprefix("\\"))
    if len(char) != 1:
        return None
    is_plain = unicodedata.category(char)[0] == "L" or char in "–—’‘“”"
    return _IN_TEX.get(char) or (char if is_plain else None)


@rule("CV348", fix=Safety.UNSAFE)
def lone_dollar(subject: Subject) -> Findings:
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
    for _, name, text in fields_with(subject, _ANY_DOLLAR):
        if name in _LOOKED_AT and name not in VERBATIM:
            yield from _lone(text)


def _lone(text: Text) -> Iterator[Finding]:
    dollars = [match.start() for match in _DOLLAR.finditer(text.value)]
    if len(dollars) % 2 == 0:
        return
    at = dollars[-1]
    place = written(text, at, at + 1) if len(dollars) == 1 else None
    fix = None
    if place is not None:
        fix = Fix("put a backslash before it", (Edit(place, "\\$"),), Safety.UNSAFE)
    hint = "write `\\$` for money, or close the formula with another `$`"
    yield Finding("this `$` has no partner", text.place(at, at + 1), hint, fix=fix)
