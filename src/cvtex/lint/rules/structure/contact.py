"""Ways to reach the owner and the referees: e-mail, telephone, ORCID iD."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvtex.diagnostics.diagnostic import Safety, Severity
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.edits import fix_of
from cvtex.schema.cv import CV, Contact, OtherContact
from cvtex.schema.sections import Person, RefereesSection
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

_PROVIDERS = "gmail hotmail outlook yahoo icloud protonmail googlemail".split()
_SLIPS = {
    "gmai gmal gmil gmaill ggmail gmaiil gnail gmsil gmqil": "gmail",
    "hotmai hotmal hotmil hotmaill hotnail homtail": "hotmail",
    "outlok outloook outlookk": "outlook",
    "yaho yahooo yhaoo yahho": "yahoo",
    "iclod iclould icoud": "icloud",
    "protonmai protonmal": "protonmail",
}
"""Mistyped names of providers, other than two swapped letters."""

_ENDINGS = {"con": "com", "cmo": "com", "ocm": "com", "comm": "com", "vom": "com", "eud": "edu"}
_ENDINGS |= {"edy": "edu", "ogr": "org", "orgg": "org", "nte": "net", "nett": "net"}
"""Mistyped top-level domains, which do not exist. (IANA, root zone.)"""


def _swapped(word: str) -> Iterator[str]:
    """Yield a word with each two neighbouring letters swapped."""
    for i in range(len(word) - 1):
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]


_MEANT = {slip: name for slips, name in _SLIPS.items() for slip in slips.split()} | {
    slip: name for name in _PROVIDERS for slip in _swapped(name) if slip != name
}

_MIXED = lazy_re(r"(?<!\w)(?=\w*\d)(?=\w*[^\W\d_])(?!(?:x|ext)\d+\b)\w+", re.IGNORECASE)
_EXTENSION = lazy_re(r"\bext\b|\bx\b|\bext(?=\d)|\bx(?=\d)", re.IGNORECASE)
_NUMBERS = lazy_re(r"[/,;|]|\b(?:or|und|oder|and)\b", re.IGNORECASE)
_IN_BRACKETS = lazy_re(r"\([^()]*\)")
_WRONG_PLUS = lazy_re(r"[^\d+]*(?:\+[\s-]*0|\d[^+]*\+)")
"""A plus sign before a zero, or after digits."""

_MOST_DIGITS, _FEWEST_DIGITS = 15, 5
"""The most digits of a telephone number without extension (ITU-T E.164), and the fewest."""


def contacts(contact: Contact) -> Iterator[tuple[str, Text]]:
    """Yield the contacts with their kinds, without the location; of a named link its URL."""
    for kind in contact.kinds:
        for value in getattr(contact, kind) if kind != "location" else ():
            yield kind, value.url if isinstance(value, OtherContact) else value


def _emails(cv: CV) -> Iterator[Text]:
    """Yield the e-mail addresses of a CV."""
    yield from cv.contact.email
    yield from (person.email for person in _referees(cv) if person.email is not None)


def _phones(cv: CV) -> Iterator[Text]:
    """Yield the telephone numbers of a CV."""
    yield from cv.contact.phone
    yield from (person.phone for person in _referees(cv) if person.phone is not None)


def _referees(cv: CV) -> Iterator[Person]:
    for section in cv.sections:
        if isinstance(section, RefereesSection):
            yield from section.entries


@rule("CV145", fix=Safety.UNSAFE)
def misspelt_email(context: LintContext) -> RuleFindings:
    """The domain of an e-mail address is a well-known one with a typing mistake.

    Mail to `gmial.com` or to a domain in `.con` gets lost, and nobody tells you.

    Bad:

    ```yaml
    contact: {email: noether@gmial.com}
    ```

    Good:

    ```yaml
    contact: {email: noether@gmail.com}
    ```

    Fix: writes the usual spelling of the domain. It is unsafe, as it changes where mail goes.
    """
    for text in _emails(context.project.cv):
        local, _, domain = text.value.rpartition("@")
        meant = _meant_domain(domain)
        if meant != domain:
            start, end = len(local) + 1, len(text.value)
            fix = fix_of(text, start, end, meant, f"write `{meant}`", Safety.UNSAFE)
            message = f"`{domain}` looks mistyped"
            yield Finding(message, text.place(start, end), f"did you mean `{meant}`?", fix=fix)


def _meant_domain(domain: str) -> str:
    host, _, ending = domain.rpartition(".")
    host = _MEANT.get(host.lower(), host)
    ending = _ENDINGS.get(ending.lower(), ending)
    if host.lower() in _PROVIDERS and ending.lower() in ("co", "cm", "om", "cim"):
        ending = "com" if host.lower() != "yahoo" else ending
    return f"{host}.{ending}"


@rule("CV146")
def malformed_phone(context: LintContext) -> RuleFindings:
    """A telephone number cannot be dialled.

    It has letters among its digits, a plus sign that is not in front or is followed by a zero, or
    far too few or too many digits. Words beside the number, such as "(mobile)" or "ext. 12", are
    accepted.

    Bad:

    ```yaml
    contact: {phone: +49 551 l23456}   # a small L
    ```

    Good:

    ```yaml
    contact: {phone: +49 551 123456}
    ```
    """
    for text in _phones(context.project.cv):
        mixed = _MIXED.search(text.value)
        numbers = _NUMBERS.split(_EXTENSION.split(text.value)[0])
        if mixed is not None:
            message = f"`{mixed[0]}` has letters among its digits"
            yield Finding(message, text.place(*mixed.span()), "write the number in digits")
        elif any(_WRONG_PLUS.match(_IN_BRACKETS.sub("", number)) for number in numbers):
            hint = "write `+`, the country code, then the number without its first zero"
            yield Finding(f"`{text}` cannot be dialled", text.span, hint)
        elif len(numbers) == 1 and _is_odd(_digits(numbers[0])):
            hint = "look for a missing digit, or one too many"
            message = f"`{text}` has {_digits(numbers[0])} digits, unlike any telephone number"
            yield Finding(message, text.span, hint)


def _is_odd(digits: int) -> bool:
    """Return whether no telephone number has so many digits; "on request" has none at all."""
    return 0 < digits < _FEWEST_DIGITS or digits > _MOST_DIGITS


def _digits(number: str) -> int:
    return sum(char.isdigit() for char in number.replace("(0)", ""))


@rule("CV147", Severity.INFO, default=False)
def local_phone(context: LintContext) -> RuleFindings:
    """A telephone number has no country code, so that it cannot be dialled from abroad.

    Within one country people write it that way, so this rule is off unless you ask for it.

    Bad:

    ```yaml
    contact: {phone: 0551 123456}
    ```

    Good:

    ```yaml
    contact: {phone: +49 551 123456}
    ```
    """
    for text in _phones(context.project.cv):
        if "+" not in text.value and re.search(r"\d", text.value):
            hint = "begin with `+` and the country code, as in `+49` or `+1`"
            yield Finding(f"`{text}` has no country code", text.span, hint)


@rule("CV148", fix=Safety.SAFE)
def bare_orcid(context: LintContext) -> RuleFindings:
    """An ORCID iD is written without its hyphens.

    ORCID wants it in four groups of four, and its URL only works that way. (ORCID, "Structure of
    the ORCID Identifier".)

    Bad:

    ```yaml
    contact: {orcid: 0000000218250097}
    ```

    Good:

    ```yaml
    contact: {orcid: 0000-0002-1825-0097}
    ```

    Fix: inserts the hyphens, which does not change the meaning.
    """
    for text in context.project.cv.contact.orcid:
        start = len(text.value) - len(text.value.removeprefix("https://orcid.org/"))
        digits = text.value[start:].replace("-", "")
        groups = "-".join(digits[i : i + 4] for i in range(0, len(digits), 4))
        if text.value[start:] != groups:
            fix = fix_of(text, start, len(text.value), groups, "insert the hyphens", Safety.SAFE)
            message = f"`{text}` lacks the hyphens of an ORCID iD"
            yield Finding(message, text.span, f"write `{groups}`", fix=fix)
