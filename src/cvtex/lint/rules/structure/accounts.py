"""Accounts of the owner on other sites, and contacts that were never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvtex.diagnostics.diagnostic import Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.edits import fix_of
from cvtex.lint.rules.structure.contact import contacts
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

_SITES = {
    "github": lazy_re(r"(?:www\.)?github\.com/", re.IGNORECASE),
    "gitlab": lazy_re(r"(?:www\.)?gitlab\.com/", re.IGNORECASE),
    "linkedin": lazy_re(r"(?:(?:\w+\.)?linkedin\.com)?/?in/", re.IGNORECASE),
    "scholar": lazy_re(
        r"(?:(?:(?:www\.)?scholar\.google\.[a-z.]+/)?citations)?\??(?:[^\s?]*&)?user=",
        re.IGNORECASE,
    ),
}
"""Parts of the URL of an account that people leave before its name."""

_NAMES = {
    "github": lazy_re(r"@?[\w.-]+(?:/[\w.-]+)*/?", re.ASCII),
    "gitlab": lazy_re(r"@?[\w.-]+(?:/[\w.-]+)*/?", re.ASCII),
    "linkedin": lazy_re(r"@?[^\s/?#@:]+/?"),
    "scholar": lazy_re(r"[\w-]+", re.ASCII),
    "mastodon": lazy_re(r"@?[^@\s/]+@[^@\s/]+\.[^@\s/]+"),
}
"""The names that an account may have."""

_HOSTS = {
    "github": "github",
    "gitlab": "gitlab",
    "linkedin": "linkedin",
    "scholar": "scholar.google",
}


@rule("CV149", fix=Safety.SAFE)
def malformed_account(context: LintContext) -> RuleFindings:
    """An account is neither a name nor a complete URL, so that its link leads nowhere.

    Write the name alone, `noether`, or the complete URL with `https://`. For Mastodon add the
    server to the name; for Google Scholar the name is the part of the URL after `user=`.

    Bad:

    ```yaml
    contact:
      github: github.com/noether
      linkedin: in/emmy-noether
      mastodon: "@emmy"
    ```

    Good:

    ```yaml
    contact:
      github: noether
      linkedin: emmy-noether
      mastodon: "@emmy@mathstodon.xyz"
    ```

    Fix: deletes the part of the URL before the name, as cvtex adds it.
    """
    contact = context.project.cv.contact
    for kind, pattern in _NAMES.items():
        accounts: tuple[Text, ...] = getattr(contact, kind)
        for text in accounts:
            yield from _account(kind, text, pattern)


def _account(kind: str, text: Text, pattern: re.Pattern[str]) -> Iterator[Finding]:
    value = text.value.strip()
    if "://" in value:
        yield from _elsewhere(kind, text)
        return
    site = _SITES[kind].match(value) if kind in _SITES else None
    name = re.split(r"[?&#]", value[site.end() :])[0].rstrip("/") if site else value
    if site is None and pattern.fullmatch(value):
        return
    known = site is not None and pattern.fullmatch(name) is not None
    write = f"write `{name}`"
    fix = fix_of(text, 0, len(text.value), name, write, Safety.SAFE) if known else None
    message = f"`{text}` is neither the name of an account nor a complete URL"
    yield Finding(message, text.span, _account_hint(kind, name if known else None), fix=fix)


def _account_hint(kind: str, name: str | None) -> str:
    if name is not None:
        return f"write `{name}`"
    if kind == "mastodon":
        return "write `@name@server`, or the complete URL"
    if kind == "scholar":
        return "write the part after `user=` in the URL of the profile"
    return "write the name of the account, or the complete URL"


def _elsewhere(kind: str, text: Text) -> Iterator[Finding]:
    """Yield a finding about the URL of another of these sites, as when lines were mixed up."""
    host = text.value.partition("://")[2].partition("/")[0].lower()
    others = (other for other in _HOSTS if other != kind and f"{_HOSTS[other]}." in f"{host}.")
    if kind in _HOSTS and _HOSTS[kind] not in host and (other := next(others, None)):
        yield Finding(f"this is not a URL of {kind}", text.span, f"put it under `{other}`")


_TEMPLATE = lazy_re(
    r"\byour[\s._-]?(?:e?-?mail|name|user\w*|handle|account|domain|site|website|id|profile|phone"
    r"|number|orcid)\b|\bfirst[._-]?name[._-]last[._-]?name\b|\bfirst\.last(?=@)"
    r"|(?<!\w)user-?name(?!\w)|<[^<>]*>|\b(?-i:TODO|TBD|X{3,})\b",
    re.IGNORECASE,
)
"""The placeholders of templates."""

_SAMPLE_NUMBER = lazy_re(r"0?1?(?:1234567(?:89?0?)?|(\d)\1{6,9})")


@rule("CV150")
def placeholder_contact(context: LintContext) -> RuleFindings:
    """A contact is the placeholder of a template.

    Such as `your.name@`, `username` or 123-456-7890: it was never filled in.

    Bad:

    ```yaml
    contact: {email: your.name@uni-goettingen.de, github: yourusername}
    ```

    Good:

    ```yaml
    contact: {email: noether@uni-goettingen.de, github: noether}
    ```
    """
    for kind, text in contacts(context.project.cv.contact):
        found = _TEMPLATE.search(text.value)
        if found is not None:
            place = text.place(*found.span())
            message = f"`{found[0]}` is the placeholder of a template"
            yield Finding(message, place, "fill it in, or delete the line")
        elif kind == "phone" and _SAMPLE_NUMBER.fullmatch(re.sub(r"\D", "", text.value)):
            message = f"`{text}` looks like the number of a template"
            yield Finding(message, text.span, "fill it in, or delete the line")
