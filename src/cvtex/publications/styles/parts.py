"""The parts that all styles share: titles, venues, states and badges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from cvtex.locale import Terms
from cvtex.publications.addresses import resource_of
from cvtex.publications.publication import Publication, Status
from cvtex.publications.styles.options import StyleOptions
from cvtex.richtext.build import joined
from cvtex.richtext.nodes import (
    Badge,
    Emph,
    Inlines,
    Link,
    NoBreak,
    Owner,
    SmallCaps,
    Str,
    Strong,
    Subscript,
    Superscript,
)
from cvtex.richtext.plain import plain_text
from cvtex.support.lazy_re import lazy_re

BEST_LINKS = ("doi", "arxiv", "url", "pdf")
"""Targets of a linked title, best first."""

BADGES = {"doi": "doi", "arxiv": "arXiv", "url": "link"}
"""Labels of badges that are not simply the kind of link."""

_VENUES = {
    "article": ("shortjournal", "journaltitle"),
    "suppperiodical": ("shortjournal", "journaltitle"),
    "periodical": ("shorttitle", "title"),
}
_BOOK_VENUE = ("shortbooktitle", "booktitle")
_WITH_CHILDREN = (Emph, Strong, SmallCaps, Superscript, Subscript, NoBreak, Owner)
_PARENTHESISED = lazy_re(r"\(([^()]*)\)")


def linked_title(publication: Publication) -> Inlines:
    """Return the title, as a link to the best place there is.

    Capitals are those of the .bib in every style: no program can tell which words are names.
    """
    url = next((publication.links[kind] for kind in BEST_LINKS if kind in publication.links), None)
    title = _without_stop(whole_title(publication))
    if url is None or not title or any(isinstance(node, Link) for node in title):
        return title
    return (Link(url, title),)


def _without_stop(title: Inlines) -> Inlines:
    """Return the title without a full stop at its end, which is left to the style."""
    last = title[-1] if title else None
    if not isinstance(last, Str) or not re.search(r"\w{3,}\.$", last.text):
        return title
    return (*title[:-1], Str(last.text[:-1]))


def whole_title(publication: Publication) -> Inlines:
    """Return the title with its subtitle, for a volume after the title of the whole work."""
    fields = publication.fields
    main = () if "booktitle" in fields else fields.get("maintitle", ())
    return _titles(main, publication.title, fields.get("subtitle", ()))


def _titles(*parts: Inlines) -> Inlines:
    titles: Inlines = ()
    for part in parts:
        if titles and part:
            ended = plain_text(titles).endswith(("?", "!", ":", "."))
            titles = (*titles, Str(" " if ended else ": "))
        titles = (*titles, *part)
    return titles


def venue(publication: Publication, options: StyleOptions) -> Inlines:
    """Return the venue, short or full as the CV asks; empty where none is known."""
    names = _VENUES.get(publication.type, _BOOK_VENUE)
    if names is _BOOK_VENUE and "booktitle" not in publication.fields:
        names = _VENUES["article"]
    ordered = names if options.venue == "short" else names[::-1]
    found = next((publication.fields[name] for name in ordered if publication.fields.get(name)), ())
    main = publication.fields.get("maintitle", ()) if names is _BOOK_VENUE else ()
    return _titles(main, _mapped(found, options)) if found else ()


def _mapped(found: Inlines, options: StyleOptions) -> Inlines:
    written = plain_text(found)
    for short, full in options.venues.items():
        if written in (short, full):
            return (Str(short if options.venue == "short" else full),)
    return found


def notes(publication: Publication) -> Inlines:
    """Return the notes of an entry, each without the parentheses that may be around it."""
    return joined(_bare(publication.fields.get(name, ())) for name in ("note", "addendum"))


def _bare(note: Inlines) -> Inlines:
    only = note[0] if len(note) == 1 else None
    inside = _PARENTHESISED.fullmatch(only.text) if isinstance(only, Str) else None
    return (Str(inside[1]),) if inside else note


def state_words(words: Terms) -> dict[Status, str]:
    """Return the words for each state of a work that a reader cannot look up yet."""
    return {
        Status.PREPARATION: words.in_preparation,
        Status.SUBMITTED: words.submitted,
        Status.UNDER_REVIEW: words.under_review,
        Status.ACCEPTED: words.accepted,
        Status.FORTHCOMING: words.forthcoming,
        Status.IN_PRESS: words.in_press,
    }


def badges(publication: Publication, kinds: Iterable[str], body: Inlines = ()) -> Inlines:
    """Return the links to print after a publication, each once.

    What the body spells out already, such as a DOI, has no badge.
    """
    printed = {resource_of(url) for url in addresses(body)}
    found: list[Badge] = []
    for kind in kinds:
        url = publication.links.get(kind)
        if url is not None and resource_of(url) not in printed:
            printed.add(resource_of(url))
            found.append(Badge(url, BADGES.get(kind, kind)))
    return tuple(found)


def addresses(body: Inlines) -> Iterator[str]:
    """Return the targets of links whose text is the target itself, or the identifier at its end."""
    for node in body:
        if isinstance(node, Link):
            text = plain_text(node.children).removeprefix("arXiv:")
            if unquote(node.url) == unquote(text) or unquote(node.url).endswith("/" + text):
                yield node.url
        elif isinstance(node, _WITH_CHILDREN):
            yield from addresses(node.children)
