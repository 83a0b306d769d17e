"""Lowers the header: name, headline and contacts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote, urlsplit

from cvtex.document.nodes import Header, HeaderContact, Image
from cvtex.lower.text import TextLowering
from cvtex.names.name import Name
from cvtex.names.parse import name_of
from cvtex.richtext.nodes import Inlines, Link, Located, Str
from cvtex.richtext.plain import plain_text
from cvtex.schema.cv import CV, OtherContact, PersonName
from cvtex.source import Span, Text


def lower_header(cv: CV, photo: str | None, lowering: TextLowering) -> Header:
    """Return the header of the page; `photo` is the name of the image among the TeX files."""
    name = _display_name(cv.name, lowering)
    return Header(
        name=name,
        parts=structured_name(cv.name) or name_of(plain_text(name)),
        headline=Located(lowering.rich(cv.headline), cv.headline.span if cv.headline else None),
        contacts=tuple(_contacts(cv, lowering)),
        photo=None if photo is None else Image(photo, cv.photo.span if cv.photo else None),
        span=_name_span(cv.name),
    )


def _display_name(name: PersonName, lowering: TextLowering) -> Inlines:
    if name.display is not None:
        return lowering.rich(name.display)
    parts = (name.given, name.prefix, name.family, name.suffix)
    words = [plain_text(lowering.rich(part)) for part in parts if part is not None]
    return (Str(" ".join(words)),) if words else ()


def structured_name(name: PersonName) -> Name | None:
    """Return the owner's name by its parts; None where the CV gives it as one text."""
    if name.family is None:
        return None
    given, prefix, suffix = (str(part or "") for part in (name.given, name.prefix, name.suffix))
    return Name(family=name.family.value, given=given, prefix=prefix, suffix=suffix)


def _name_span(name: PersonName) -> Span | None:
    text = name.display or name.family or name.given
    return None if text is None else text.span


def _contacts(cv: CV, lowering: TextLowering) -> Iterator[HeaderContact]:
    """Yield the contacts in the order in which the CV names them."""
    for kind in cv.contact.kinds:
        for value in getattr(cv.contact, kind):
            if isinstance(value, OtherContact):
                text = lowering.linked(value.label, value.url)
                yield HeaderContact(kind, value.url.value, text, value.label.span)
            else:
                yield HeaderContact(kind, value.value, _contact(kind, value, lowering), value.span)


def _contact(kind: str, value: Text, lowering: TextLowering) -> Inlines:
    if kind == "location":
        return lowering.rich(value)
    url, shown = _PRINTED[kind](value.value.strip())
    return (Link(url, (Str(shown),)),)


def bare_url(url: str) -> str:
    """Return a URL without its scheme, "www." and the slash at the end."""
    parts = urlsplit(url)
    host = parts.netloc.removeprefix("www.")
    rest = url.partition("://")[2].partition("/")[2]
    return (f"{host}/{rest}" if rest else host) or url


def _account(base: str) -> Callable[[str], tuple[str, str]]:
    """Return the printer of a profile that is given by its name or by its whole URL."""

    def printed(value: str) -> tuple[str, str]:
        url = value if "://" in value else f"https://{base}/{value.lstrip('@')}"
        return url, bare_url(url)

    return printed


def _scholar(value: str) -> tuple[str, str]:
    url = value if "://" in value else f"https://scholar.google.com/citations?user={value}"
    return url, "Google Scholar"


def _orcid(value: str) -> tuple[str, str]:
    bare = value.removeprefix("https://orcid.org/")
    return f"https://orcid.org/{bare}", f"ORCID {bare}"


def _phone(value: str) -> tuple[str, str]:
    """Return the URL and the text of a number; "(0)" is dialled within the country only."""
    abroad = value.replace("(0)", "") if value.startswith("+") else value
    return "tel:" + "".join(c for c in abroad if c.isdigit() or c == "+"), value


def _mastodon(value: str) -> tuple[str, str]:
    """Return the URL and the text of a profile, given by its URL or as `@user@server`."""
    account = re.fullmatch(r"@?([^@\s]+)@([^@\s/]+)", value)
    if account is None:
        return value, bare_url(value)
    return f"https://{account[2]}/@{account[1]}", f"@{account[1]}@{account[2]}"


_PRINTED: Mapping[str, Callable[[str], tuple[str, str]]] = {
    "email": lambda value: (f"mailto:{quote(value, safe='@+')}", value),
    "phone": _phone,
    "website": lambda value: (value, bare_url(value)),
    "orcid": _orcid,
    "scholar": _scholar,
    "github": _account("github.com"),
    "gitlab": _account("gitlab.com"),
    "linkedin": _account("linkedin.com/in"),
    "mastodon": _mastodon,
}
