"""HTML that was typed into cv.yaml, where it prints as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from cvtex.diagnostics.diagnostic import Fix, Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.cv_prose import CvProse
from cvtex.lint.rules.shared import fix_of_all
from cvtex.support.lazy_re import lazy_re

_PAIR = lazy_re(
    r"<(?P<name>b|strong|i|em|u|code|tt|kbd|sup|sub|small|big|span|div|p|font|center|li|ul|ol"
    r"|h[1-6]|mark|del|ins)(?:\s[^<>]*)?>(?P<inside>[^<>]*)</(?P=name)\s*>"
    r"|<a\s[^<>]*?href\s*=\s*[\"']?(?P<address>[^\"'<>\s]+)[\"']?[^<>]*>(?P<linked>[^<>]*)</a\s*>",
    re.IGNORECASE | re.DOTALL,
)
_BREAK = lazy_re(r"<(?:br|hr)\s*/?>|<img\s[^<>]*>", re.IGNORECASE)
_MARKUP = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`", "kbd": "`"}

_ENTITY = lazy_re(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")


@rule("CV230", fix=Safety.UNSAFE)
def html_tag(context: LintContext) -> RuleFindings:
    """An HTML tag is typed into a text, where it prints as it stands.

    A text of cv.yaml is Markdown without HTML, since it goes to LaTeX: emphasis is `*so*` or
    `**so**`, a link `[text](address)`. Other signs in angle brackets, as in "<1%", are let through.

    Bad:

    ```yaml
    body: I proved <b>two</b> theorems.
    ```

    Good:

    ```yaml
    body: I proved **two** theorems.
    ```

    Fix: writes the Markdown for bold, italic, code and links. This is unsafe, since a text may be
    about HTML.
    """
    for prose in context.texts:
        for match in _PAIR.finditer(prose.outside_code):
            yield _pair(prose, match)
        for match in _BREAK.finditer(prose.plain):
            yield Finding(
                f"`{match[0]}` is HTML, and prints as it stands",
                prose.text.place(*match.span()),
                "take it away; a backslash at the end of a line of text breaks the line",
            )


def _pair(prose: CvProse, match: re.Match[str]) -> Finding:
    if match["address"]:
        opening, closing, group = "[", f"]({match['address']})", "linked"
    else:
        opening = closing = _MARKUP.get(match["name"].lower(), "")
        group = "inside"
    written = f"{opening}{match[group]}{closing}"
    tag = match["name"] or "a"
    return Finding(
        f"`<{tag}>` is HTML, and prints as it stands",
        prose.text.place(*match.span()),
        f"type `{written}`" if opening else "take the tags away",
        fix=_fix(prose, match, group, opening, closing) if opening else None,
    )


def _fix(
    prose: CvProse, match: re.Match[str], group: str, opening: str, closing: str
) -> Fix | None:
    if match[group] != match[group].strip():
        return None
    edits = (
        prose.edit(match.start(), match.start(group), opening),
        prose.edit(match.end(group), match.end(), closing),
    )
    return fix_of_all("write it as Markdown", edits, Safety.UNSAFE)


@rule("CV231", fix=Safety.SAFE)
def html_entity(context: LintContext) -> RuleFindings:
    """A character is typed as an entity of HTML, such as "&amp;".

    In cv.yaml a text prints as it stands, and the file is UTF-8: type the character itself.

    Bad:

    ```yaml
    organization: Research &amp; Development
    ```

    Good:

    ```yaml
    organization: Research & Development
    ```

    Fix: writes the character, where it means nothing in YAML.
    """
    for prose in context.texts:
        for match, char in _entities(prose):
            shown = f"`{char}`" if char.strip() else f"the space U+{ord(char):04X}"
            fix = prose.fix(*match.span(), char, f"write {shown}", Safety.SAFE)
            quotes = ", and put the whole value in quotes: there it means something in YAML"
            yield Finding(
                f"`{match[0]}` is HTML, and prints as it stands",
                prose.text.place(*match.span()),
                f"type {shown}" + (quotes if fix is None and _is_bare(prose) else ""),
                fix=fix,
            )


def _is_bare(prose: CvProse) -> bool:
    """Whether a text stands in cv.yaml without quotes around it."""
    whole = prose.text.span
    return whole is not None and whole.text[:1] not in tuple("\"'|>")


def _entities(prose: CvProse) -> Iterator[tuple[re.Match[str], str]]:
    for match in _ENTITY.finditer(prose.plain):
        char = unescape(match[0])
        if len(char) == 1 and (char.isprintable() or char == "\u00a0"):
            yield match, char
