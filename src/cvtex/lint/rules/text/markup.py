"""Markup that is opened and never closed, so that its signs are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Fix, Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.cv_prose import CvProse
from cvtex.support.lazy_re import lazy_re

_BLOCK = lazy_re(r"(?:(?!\n[ \t]*\n|\n[-*+] ).)+", re.DOTALL)
"""A paragraph or a bullet, in which markup has to end."""
_STRONG = lazy_re(
    r"(?<![\w*\\])\*\*(?=[^\s*])(?![/.]|\w*(?:args|kw|opts|options|params)\b)"
    r"(?!(?i:equal|co-|corresp|denot|indicat|joint|shared|senior))"
    r"(?!.{0,2000}?[^\s*]\*{2,3})",
    re.DOTALL,
)
_SPACED = lazy_re(
    r"(?<![\w*\\])\*(?=[^\s*\d])(?P<inside>[^*\n]{1,80}?)(?P<gap> )\*(?=[\s.,;:!?)]|\Z)"
)
_TICK = lazy_re(r"(?<![\w`\\´'‘])`(?=[\w\\/.<-])(?![^`]*['´’])(?P<inside>[^`]*)\Z", re.DOTALL)
_PARTED = lazy_re(r"\](?P<gap>\s+)\((?:https?:|mailto:|www\.)[^\s()]*\)")
_OPEN = lazy_re(r"\]\((?=https?:|mailto:|www\.)[^\s()]*(?=\s|\Z)(?!\s+[\"'])")
_NAMED = lazy_re(r"\]\[(?P<name>[\w-]+)(?=[\s.,;:!?)]|\Z)")
_KEY = lazy_re(r"\[@(?P<key>[^\s\[\]{}@,;]+)(?![^\[\]]*\])")
_BARE_KEY = lazy_re(r"(?<![\w@.\[;,/-])(?<![;,] )@(?P<key>[\w:./+-]*\w)(?!@|\.\w)")
_FACT = lazy_re(r"(?<!\\)\{\s*(?P<name>[A-Za-z_][\w.-]*\w)(?P<close>\s*\}?)")
_COMPUTED = lazy_re(r"publications(?:\.[\w-]+)*|h_index")


class _MarkupFault(Struct, frozen=True):
    """A fault of markup: its place, its message and hint, and the edit of its fix."""

    place: tuple[int, int]
    message: str
    hint: str
    edit: tuple[int, int, str] | None = None


@rule("CV229", fix=Safety.UNSAFE)
def unclosed_markup(context: LintContext) -> RuleFindings:
    """Markup is opened and never closed, so that its signs are printed.

    The stars, brackets or braces then stand on the page, and the link, the label or the number is
    missing. Signs that are not markup are let through: a star behind a name, a multiplication,
    "**kwargs" and "**/*.py", a bracket without a key.

    Bad:

    ```yaml
    body: I proved **two theorems, see [@noether1918 and [my page] (https://example.org).
    ```

    Good:

    ```yaml
    body: I proved **two** theorems, see [@noether1918] and [my page](https://example.org).
    ```

    Fix: deletes a space between the two halves of a link or between a fact and its braces, and puts
    a key or a fact into its brackets. This is unsafe, since the signs may be meant to print.
    """
    keys = {p.key for p in context.project.bibliography.publications}
    links, facts = frozenset(context.project.cv.links), frozenset(context.project.cv.facts)
    for prose in context.texts:
        for fault in (
            *_emphasis(prose),
            *_links(prose),
            *_named_links(prose, links),
            *_citations(prose, keys),
            *_facts(prose, facts),
        ):
            yield Finding(
                fault.message,
                prose.text.place(*fault.place),
                fault.hint,
                fix=_fix(prose, fault),
            )


def _fix(prose: CvProse, fault: _MarkupFault) -> Fix | None:
    if fault.edit is None:
        return None
    start, end, written = fault.edit
    return prose.fix(start, end, written, fault.hint, Safety.UNSAFE)


def _emphasis(prose: CvProse) -> Iterator[_MarkupFault]:
    for block in _BLOCK.finditer(prose.plain):
        for match in _STRONG.finditer(prose.plain, *block.span()):
            message = "this `**` is never closed, so it is printed"
            yield _MarkupFault(match.span(), message, "close it with `**`")
        for match in _SPACED.finditer(prose.plain, *block.span()):
            message, gap = "a space keeps these stars from being emphasis", match.span("gap")
            yield _MarkupFault(match.span(), message, "delete the space", (*gap, ""))
        code = _TICK.search(prose.plain, *block.span())
        if code:
            message = "this backtick is never closed, so it is printed"
            place = (code.start(), code.start() + 1)
            yield _MarkupFault(place, message, "close the code with a backtick")


def _links(prose: CvProse) -> Iterator[_MarkupFault]:
    for match in _PARTED.finditer(prose.outside_code):
        message = "a space separates the text of this link from its address"
        hint = "delete the space"
        yield _MarkupFault(match.span(), message, hint, (*match.span("gap"), ""))
    for match in _OPEN.finditer(prose.outside_code):
        message = "this link is never closed, so it is printed"
        hint = "close it with `)`; write `%20` for a space in the address"
        yield _MarkupFault(match.span(), message, hint)


def _named_links(prose: CvProse, names: frozenset[str]) -> Iterator[_MarkupFault]:
    for match in _NAMED.finditer(prose.outside_code):
        if match["name"] in names:
            message = "this link is never closed, so it is printed"
            hint = f"write `[{match['name']}]`"
            place = match.start("name") - 1, match.end("name")
            yield _MarkupFault(place, message, hint, (*place, f"[{match['name']}]"))


def _citations(prose: CvProse, keys: set[str]) -> Iterator[_MarkupFault]:
    for match in _KEY.finditer(prose.plain):
        hint = f"write `[@{match['key']}]`"
        yield _MarkupFault(match.span(), "this citation is never closed, so it is printed", hint)
    for match in _BARE_KEY.finditer(prose.plain):
        if match["key"] in keys:
            key = match["key"]
            message = f"`@{key}` without brackets is not a citation"
            place = match.span()
            yield _MarkupFault(place, message, f"write `[@{key}]`", (*place, f"[@{key}]"))


def _facts(prose: CvProse, facts: frozenset[str]) -> Iterator[_MarkupFault]:
    for match in _FACT.finditer(prose.plain):
        name = match["name"]
        if name in facts or _COMPUTED.fullmatch(name):
            closed = match["close"].endswith("}")
            message = (
                f"spaces keep `{match[0]}` from being a fact"
                if closed
                else f"the brace before `{name}` is never closed, so it is printed"
            )
            end = match.end() if closed else match.end("name")
            place = (match.start(), end)
            yield _MarkupFault(place, message, f"write `{{{name}}}`", (*place, f"{{{name}}}"))
