"""Placeholders that were never filled in."""

from __future__ import annotations

import re

from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.prose import Prose
from cvtex.lint.rules.structure.contact import contacts
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

PLACEHOLDER = lazy_re(
    r"(?<![\w/#.-])(?:(?P<note>TODO)|FIXME|TBD|X{4,}|x{3,}|X{2,3}(?:-X{2,}){1,2})(?![\w/-]|\.\w)"
    r"|\b[Ll]orem ipsum\b|\AYour (?:Full |First |Last )?Name(?: Here)?\Z"
    r"|\bYOUR[ _-][A-Z_]{2,}(?:[ _-][A-Z_]+)*\b"
    r"|<(?i:your|insert|add|enter|fill|name|first ?name|last ?name|title|company|institution"
    r"|university|city|country|date|email|phone|url|description|todo)\b[^<>@=]*>|<(?:\.\.\.|…)>"
    r"|\[(?i:your|insert|add|enter|fill in|todo|tbd|placeholder|company name|job title"
    r"|university name|project name)\b[^\[\]]*\](?![(\[\0])"
    r"|(?<![\w!?])\?{3,}"
)
_MAY_BE_PLACEHOLDER = lazy_re(r"TODO|FIXME|TBD|XX|xxx|\?\?\?|orem ipsum|(?:Your|YOUR)\b|[<\[]")
"""Spares most fields of a large .bib file the slow search."""
_JARGON = frozenset(("TODO", "FIXME", "TBD"))
"""Words that papers on software are about; at the end of a title they are placeholders."""
_BEGINS = lazy_re(r"(?:\A|[\n(\[{<]|[.!?:;][ \t])[ \t]*(?:[-*+][ \t]+)?[*_]*\Z")
_LAST = lazy_re(r"[,:–—-][ \t]*[*_]*\Z")
_SAYS_SO = lazy_re(r"[*_]*[:(]")
_OF_A_THING = lazy_re(
    r"[ -](?i:apps?|applications?|lists?|managers?|trackers?|comments?|items?|tools?|mvc|bot|cli)\b"
)


@rule("CV232")
def placeholder(context: LintContext) -> RuleFindings:
    """A placeholder was not filled in.

    "TODO", "XXXX", "Your Name", "<title>" and "lorem ipsum" are there to be replaced. On the page
    they are the first thing that is read. The values under `contact` are checked too, and the
    fields of .bib files. A number in Roman letters, as in "XXX Congress", is not reported, and so
    are the Spanish word "todo", things that are called so, such as a "TODO app", and a "TODO" in
    the title of a publication that goes on behind it: it may be what the paper is about.

    Bad:

    ```yaml
    thesis: TODO
    ```

    Good:

    ```yaml
    thesis: On Complete Systems of Invariants for Ternary Biquadratic Forms
    ```
    """
    for prose in context.prose:
        if prose.is_latex and not _MAY_BE_PLACEHOLDER.search(prose.plain):
            continue
        for match in PLACEHOLDER.finditer(prose.plain):
            if not _is_meant(prose, match):
                yield _finding(prose.text, match)
    for _, text in contacts(context.project.cv.contact):
        for match in PLACEHOLDER.finditer(text.value):
            if not _is_thing(text.value, match):
                yield _finding(text, match)


def _finding(text: Text, match: re.Match[str]) -> Finding:
    message = f"`{match[0]}` is a placeholder"
    return Finding(message, text.place(*match.span()), "fill it in, or delete it")


def _is_meant(prose: Prose, match: re.Match[str]) -> bool:
    if prose.is_quoted_title:
        return _is_quoted(prose.plain, match)
    return not prose.is_latex and _is_thing(prose.plain, match)


def _is_quoted(plain: str, match: re.Match[str]) -> bool:
    """Return whether the words may belong to the title of a work."""
    is_last = not plain[match.end() :].strip(" {}.\t\r\n")
    is_phrase = match[0][:4].upper() == "YOUR" and "_" not in match[0]
    return is_phrase or (match[0] in _JARGON and not is_last)


def _is_thing(plain: str, match: re.Match[str]) -> bool:
    """Return whether a "TODO" is the name of a thing, and does not say what is to be done."""
    if not match["note"]:
        return False
    before, end = plain[: match.start()], match.end()
    if _BEGINS.search(before):
        return _OF_A_THING.match(plain, end) is not None
    is_last = not plain[end:].strip("*_ \n") and _LAST.search(before)
    return not (is_last or _SAYS_SO.match(plain, end))
