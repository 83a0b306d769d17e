"""HTML that was typed or pasted into texts and fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from operator import itemgetter

from cvtex.diagnostics.diagnostic import Fix, Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.prose import Prose
from cvtex.lint.rules.shared import fix_of_all
from cvtex.support.lazy_re import lazy_re

_SIGN = r"(?:{1}|\\?&{2};|\{{?\\text{0}(?:\s*\}}|\{{\}}|\s+|(?![A-Za-z]))|\{{\${1}\$\}}|\${1}\$)"
"""The sign that begins or ends a tag, also as the HTML or LaTeX that reference managers write."""
_TAG = lazy_re(
    rf"(?P<group>\{{)?{_SIGN.format('less', '<', 'lt')}(?P<close>/?)"
    r"(?:jats:)?(?P<name>italic|bold|b|strong|i|em|u|code|tt|kbd|su[bp]|inf|scp?|small|big|span|div"
    r"|p|font|center|li|ul|ol|h[1-6]|mark|del|ins|a|br|hr|img)"
    r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))*\s*"
    rf"/?{_SIGN.format('greater', '>', 'gt')}(?(group)\}})",
    re.IGNORECASE,
)
_ADDRESS = lazy_re(r"\shref\s*=\s*[\"']?(?P<address>[^\"'<>\s]+)", re.IGNORECASE)
_ALONE = frozenset(("br", "hr", "img"))
"""Tags that are never closed."""
_MARKDOWN = dict.fromkeys(("b", "strong", "bold"), ("**", "**"))
_MARKDOWN |= dict.fromkeys(("i", "em", "italic"), ("*", "*"))
_MARKDOWN |= dict.fromkeys(("code", "tt", "kbd"), ("`", "`"))
_COMMANDS = {
    "textbf": "b strong bold",
    "emph": "i em italic",
    "textsubscript": "sub inf",
    "textsuperscript": "sup",
    "textsc": "scp sc",
}
_LATEX = {tag: (f"\\{c}{{", "}") for c, tags in _COMMANDS.items() for tag in tags.split()}
_LONGEST = 60
"""How many characters between two tags a message quotes."""
_ENTITY = lazy_re(r"\\?&(?P<name>#\d{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")


@rule("CV230", fix=Safety.UNSAFE)
def html_tag(context: LintContext) -> RuleFindings:
    r"""A text or a field holds an HTML tag.

    A text of cv.yaml is Markdown without HTML, since it goes to LaTeX: emphasis is `*so*` or
    `**so**`, a link `[text](address)`, and a tag is printed with its angle brackets. Other signs in
    angle brackets, as in "<1%", are not reported. In .bib files tags come from the websites of
    publishers. cvtex reads them there; other programs print `<sub>`. Reference managers write the
    signs in LaTeX, as in `{\textless}i{\textgreater}`, which prints the tag.

    Bad:

    ```yaml
    body: I proved <b>two</b> theorems.
    ```

    ```bibtex
    title = {Growth of <i>E. coli</i>},
    ```

    Good:

    ```yaml
    body: I proved **two** theorems.
    ```

    ```bibtex
    title = {Growth of \emph{E. coli}},
    ```

    Fix: writes the Markdown for bold, italic, code and links. This is unsafe, since a text may be
    about HTML. In .bib files it writes the command of LaTeX, and deletes tags without a meaning
    there, such as `<span>`. This is safe: it means the same. What is not certain is left to you.
    """
    for prose in context.texts_and_fields:
        if "<" in prose.text.value or (prose.is_latex and _may_hold_tags(prose.text.value)):
            found = sorted(_tag_findings(prose), key=itemgetter(0))
            yield from (finding for _, finding in found)


def _may_hold_tags(value: str) -> bool:
    return "textless" in value or "&lt;" in value


def _tags(prose: Prose) -> Iterator[re.Match[str]]:
    """Yield the tags of a text outside code and mathematics."""
    for match in _TAG.finditer(prose.outside_code):
        if prose.is_latex or match[0].startswith("<"):
            yield match


def _tag_findings(prose: Prose) -> Iterator[tuple[int, Finding]]:
    opened: list[re.Match[str]] = []
    for match in _tags(prose):
        if match["name"].lower() in _ALONE:
            yield match.start(), _alone(prose, match)
        elif not match["close"]:
            opened.append(match)
        elif start := _partner(opened, match):
            yield start.start(), _pair(prose, start, match)
        else:
            message = f"`{match[0]}` is HTML, and closes nothing"
            yield match.start(), Finding(message, prose.text.place(*match.span()), "delete it")


def _partner(opened: list[re.Match[str]], closing: re.Match[str]) -> re.Match[str] | None:
    """Return the tag that is closed, and forget it with those that were opened behind it."""
    for i in range(len(opened) - 1, -1, -1):
        if opened[i]["name"].lower() == closing["name"].lower():
            start = opened[i]
            del opened[i:]
            return start
    return None


def _alone(prose: Prose, match: re.Match[str]) -> Finding:
    hint, fix = "delete it; a backslash at the end of a line of text breaks the line", None
    if prose.is_latex:
        hint = "write a blank in its place"
        fix = prose.fix(*match.span(), " ", "write a blank", Safety.SAFE)
    return Finding(f"`{match[0]}` is HTML", prose.text.place(*match.span()), hint, fix=fix)


def _pair(prose: Prose, start: re.Match[str], end: re.Match[str]) -> Finding:
    """Return the finding for a tag that is closed; the fix changes its two halves."""
    inside = prose.text.value[start.end() : end.start()]
    said = inside if len(inside) <= _LONGEST else "..."
    markup = _markup(prose, start)
    opening, closing = markup or ("", "")
    return Finding(
        f"`{start[0]}{said}{end[0]}` is HTML",
        prose.text.place(start.start(), end.end()),
        f"write `{opening}{said}{closing}`" if markup else "delete both tags",
        fix=_fix(prose, (start, end), (opening, closing), inside),
    )


def _markup(prose: Prose, tag: re.Match[str]) -> tuple[str, str] | None:
    """Return what begins and ends the same in the notation of a text; None without such."""
    address = None if prose.is_latex else _ADDRESS.search(tag[0])
    if address:
        return "[", f"]({address['address']})"
    return (_LATEX if prose.is_latex else _MARKDOWN).get(tag["name"].lower())


def _fix(
    prose: Prose, tags: tuple[re.Match[str], ...], markup: tuple[str, str], inside: str
) -> Fix | None:
    certain = _is_balanced(inside) if prose.is_latex else markup[0] and inside == inside.strip()
    if not certain or (_ADDRESS.search(tags[0][0]) and prose.is_latex):
        return None
    edits = [prose.edit(*tag.span(), new) for tag, new in zip(tags, markup, strict=True)]
    if prose.is_latex:
        return fix_of_all("write it in LaTeX", edits, Safety.SAFE)
    return fix_of_all("write it as Markdown", edits, Safety.UNSAFE)


def _is_balanced(inside: str) -> bool:
    """Return whether every brace and formula that is opened in a text is closed in it."""
    depth, bare = 0, re.sub(r"\\.", "", inside, flags=re.DOTALL)
    for char in bare:
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth < 0:
            return False
    return depth == 0 and bare.count("$") % 2 == 0 and not inside.endswith("\\")


@rule("CV231", fix=Safety.SAFE)
def html_entity(context: LintContext) -> RuleFindings:
    r"""A character is typed as an entity of HTML, such as "&amp;".

    In cv.yaml every character of a text stands for itself, and the file is UTF-8: type the
    character. In .bib files entities come from the websites of publishers. cvtex reads them there;
    other programs print `&amp;`, or stop at the `&`.

    Bad:

    ```yaml
    organization: Research &amp; Development
    ```

    ```bibtex
    journal = {Astronomy &amp; Astrophysics},
    ```

    Good:

    ```yaml
    organization: Research & Development
    ```

    ```bibtex
    journal = {Astronomy \& Astrophysics},
    ```

    Fix: writes the character, where it means nothing in YAML, and in .bib files the character or
    its LaTeX. What is not certain is left to you.
    """
    for prose in context.texts_and_fields:
        for match in _entities(prose) if "&" in prose.text.value else ():
            if match["name"].startswith("#") or match["name"] in html5:
                yield _entity(prose, match)
            elif prose.is_latex and not _is_in_word(prose, match):
                message = f"`{match[0]}` looks like HTML, but is not a character of it"
                place = prose.text.place(*match.span())
                yield Finding(message, place, "write the character that is meant")


def _entities(prose: Prose) -> Iterator[re.Match[str]]:
    """Yield the entities of a text that are not signs of tags."""
    if not prose.is_latex:
        return _ENTITY.finditer(prose.plain)
    tags = [match.span() for match in _tags(prose)]
    found = _ENTITY.finditer(prose.text.value)
    return (m for m in found if not any(start <= m.start() < end for start, end in tags))


def _is_in_word(prose: Prose, match: re.Match[str]) -> bool:
    before = prose.text.value[max(0, match.start() - 1) : match.start()]
    return before.isalnum() or before == "}" or match[0].startswith("\\")


def _entity(prose: Prose, match: re.Match[str]) -> Finding:
    meant = prose.character(unescape(match[0].removeprefix("\\")))
    hint, fix = "write the character itself, or its LaTeX command", None
    if meant:
        shown = f"`{meant}`" if meant.strip() else f"the space U+{ord(meant):04X}"
        fix = prose.fix(*match.span(), meant, f"write {shown}", Safety.SAFE)
        hint = f"write {shown}"
        if fix is None and not prose.is_latex and _is_unquoted(prose):
            hint += ", and put the whole value in quotes: there it means something in YAML"
    return Finding(f"`{match[0]}` is HTML", prose.text.place(*match.span()), hint, fix=fix)


def _is_unquoted(prose: Prose) -> bool:
    """Return whether a text stands in cv.yaml without quotes around it."""
    whole = prose.text.span
    return whole is not None and whole.text[:1] not in tuple("\"'|>")
