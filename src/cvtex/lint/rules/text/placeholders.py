"""What was to be filled in and never was."""

from __future__ import annotations

import re

from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.structure.contact import contacts
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
_BEGINS = lazy_re(r"(?:\A|[\n(\[{<]|[.!?:;][ \t])[ \t]*(?:[-*+][ \t]+)?[*_]*\Z")
_LAST = lazy_re(r"[,:–—-][ \t]*[*_]*\Z")
_SAYS_SO = lazy_re(r"[*_]*[:(]")
_OF_A_THING = lazy_re(
    r"[ -](?i:apps?|applications?|lists?|managers?|trackers?|comments?|items?|tools?|mvc|bot|cli)\b"
)


@rule("CV232")
def placeholder(subject: LintContext) -> RuleFindings:
    """A placeholder was not filled in.

    "TODO", "XXXX", "Your Name", "<title>" and "lorem ipsum" are there to be replaced. On the page
    they are the first thing that is read. The values under `contact` are looked at too. A number
    in Roman letters, as in "XXX Congress", is let through, and so are the Spanish word "todo" and
    things that are called so, such as a "TODO app".

    Bad:

    ```yaml
    thesis: TODO
    ```

    Good:

    ```yaml
    thesis: On Complete Systems of Invariants for Ternary Biquadratic Forms
    ```
    """
    written = [(prose.text, prose.plain) for prose in subject.texts]
    written += [(text, text.value) for _, text in contacts(subject.project.cv.contact)]
    for text, plain in written:
        for match in PLACEHOLDER.finditer(plain):
            if match["note"] and not _is_note(plain, match):
                continue
            yield Finding(
                f"`{match[0]}` is a placeholder",
                text.place(*match.span()),
                "fill it in, or delete it",
            )


def _is_note(plain: str, match: re.Match[str]) -> bool:
    """Whether a "TODO" says what is to be done, and is not the name of a thing."""
    before, end = plain[: match.start()], match.end()
    if _BEGINS.search(before):
        return not _OF_A_THING.match(plain, end)
    is_last = not plain[end:].strip("*_ \n") and _LAST.search(before)
    return bool(is_last or _SAYS_SO.match(plain, end))
