"""Markup that is opened and never closed, so that its signs are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvtex.diagnostics.diagnostic import Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.cv_prose import CvProse
from cvtex.lint.rules.shared import instead
from cvtex.support.lazy_re import lazy_re

OffsetPair = tuple[int, int]

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


@rule("CV229", fix=Safety.UNSAFE)
def unclosed_markup(context: LintContext) -> RuleFindings:
    """Markup is opened and never closed, so that its signs are printed.

    The stars, brackets or braces then stand on the page, and the link, the label or the number is
    missing. Signs that are not markup are not reported: a star behind a name, a multiplication,
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
    project = context.project
    keys = {publication.key for publication in project.bibliography.publications}
    for prose in context.texts:
        yield from _emphasis(prose)
        yield from _links(prose, frozenset(project.cv.links))
        yield from _citations(prose, keys)
        yield from _facts(prose, frozenset(project.cv.facts))


def _fault(
    prose: CvProse,
    place: OffsetPair,
    message: str,
    hint: str,
    edit: tuple[OffsetPair, str] | None = None,
) -> Finding:
    """Return a finding; the fix does what the hint says by replacing the place of `edit`."""
    fix = prose.fix(*edit[0], edit[1], hint, Safety.UNSAFE) if edit else None
    return Finding(message, prose.text.place(*place), hint, fix=fix)


def _emphasis(prose: CvProse) -> Iterator[Finding]:
    for block in _BLOCK.finditer(prose.plain):
        for match in _STRONG.finditer(prose.plain, *block.span()):
            message = "this `**` is never closed, so it is printed"
            yield _fault(prose, match.span(), message, "close it with `**`")
        for match in _SPACED.finditer(prose.plain, *block.span()):
            message, edit = "a space keeps these stars from being emphasis", (match.span("gap"), "")
            yield _fault(prose, match.span(), message, "delete the space", edit)
        code = _TICK.search(prose.plain, *block.span())
        if code:
            message = "this backtick is never closed, so it is printed"
            place = (code.start(), code.start() + 1)
            yield _fault(prose, place, message, "close the code with a backtick")


def _links(prose: CvProse, names: frozenset[str]) -> Iterator[Finding]:
    for match in _PARTED.finditer(prose.outside_code):
        message = "a space separates the text of this link from its address"
        yield _fault(prose, match.span(), message, "delete the space", (match.span("gap"), ""))
    message = "this link is never closed, so it is printed"
    for match in _OPEN.finditer(prose.outside_code):
        hint = "close it with `)`; write `%20` for a space in the address"
        yield _fault(prose, match.span(), message, hint)
    for match in _NAMED.finditer(prose.outside_code):
        if match["name"] in names:
            place = match.start("name") - 1, match.end("name")
            yield instead(prose, place, message, f"[{match['name']}]", Safety.UNSAFE)


def _citations(prose: CvProse, keys: set[str]) -> Iterator[Finding]:
    for match in _KEY.finditer(prose.plain):
        message = "this citation is never closed, so it is printed"
        yield _fault(prose, match.span(), message, f"write `[@{match['key']}]`")
    for match in _BARE_KEY.finditer(prose.plain):
        if match["key"] in keys:
            message = f"`@{match['key']}` without brackets is not a citation"
            yield instead(prose, match.span(), message, f"[@{match['key']}]", Safety.UNSAFE)


def _facts(prose: CvProse, facts: frozenset[str]) -> Iterator[Finding]:
    for match in _FACT.finditer(prose.plain):
        name = match["name"]
        if name in facts or _COMPUTED.fullmatch(name):
            end = match.end("name")
            message = f"the brace before `{name}` is never closed, so it is printed"
            if match["close"].endswith("}"):
                end = match.end()
                message = f"spaces keep `{match[0]}` from being a fact"
            yield instead(prose, (match.start(), end), message, f"{{{name}}}", Safety.UNSAFE)
