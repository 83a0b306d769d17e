"""The parts that styles share: author lists, venues, states, linked titles and badges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cvtex.publications.model import Contributor, Publication, Status
from cvtex.publications.names import format_name
from cvtex.publications.styles.options import StyleOptions
from cvtex.richtext.nodes import Badge, Inline, Inlines, Link, Mark, Owner, Str
from cvtex.richtext.plain import plain_text
from cvtex.words import Words

BEST_LINKS = ("doi", "arxiv", "url", "pdf")
"""Where a title leads, best first."""

BADGES = {"doi": "doi", "arxiv": "arXiv", "url": "link"}
"""What a badge says where it is not simply the kind of link."""

_VENUES = {
    "article": ("shortjournal", "journaltitle"),
    "suppperiodical": ("shortjournal", "journaltitle"),
    "periodical": ("shorttitle", "title"),
}
_BOOK_VENUE = ("shortbooktitle", "booktitle")


def authors(publication: Publication, options: StyleOptions) -> Inlines:
    """The author list, or the editors where there are no authors; the owner always stays in it."""
    people = publication.authors or publication.editors
    kept = kept_authors(people, options)
    parts: list[Inline] = []
    last = -1
    for i in kept:
        if parts:
            parts.append(Str(", …, " if i > last + 1 else ", "))
        parts.extend(_author(people[i], options))
        last = i
    if publication.and_others:
        parts.append(Str(f", {options.words.and_others}"))
    return tuple(parts)


def kept_authors(people: Sequence[Contributor], options: StyleOptions) -> list[int]:
    """Which authors are printed when the list is cut: the first ones, the owner and the last."""
    limit = options.max_authors
    everyone = list(range(len(people)))
    if limit == 0 or len(people) <= limit:
        return everyone
    owner = next((i for i in everyone if options.is_owner(people[i].name)), None)
    kept = {everyone[-1]} if limit > 1 else set()
    if owner is not None:
        kept.add(owner)
    for i in everyone:
        if len(kept) >= limit:
            break
        kept.add(i)
    return sorted(kept)


def _author(person: Contributor, options: StyleOptions) -> Inlines:
    name: Inlines = (Str(format_name(person.name, options.names)),)
    if options.is_owner(person.name):
        name = (Owner(name),)
    marks = [options.marks[role] for role in person.roles if role in options.marks]
    return (*name, *map(Mark, dict.fromkeys(marks)))


def linked_title(publication: Publication) -> Inlines:
    """The title, as a link to the best place there is."""
    url = next((publication.links[kind] for kind in BEST_LINKS if kind in publication.links), None)
    title = publication.title
    if url is None or not title or any(isinstance(node, Link) for node in title):
        return title
    return (Link(url, title),)


def venue(publication: Publication, options: StyleOptions) -> Inlines:
    """Where the work appeared, short or full as the CV asks; empty where no venue is known."""
    names = _VENUES.get(publication.type, _BOOK_VENUE)
    ordered = names if options.venue == "short" else names[::-1]
    found = next((publication.fields[name] for name in ordered if publication.fields.get(name)), ())
    return _mapped(found, options)


def _mapped(found: Inlines, options: StyleOptions) -> Inlines:
    written = plain_text(found)
    for short, full in options.venues.items():
        if written in (short, full):
            return (Str(short if options.venue == "short" else full),)
    return found


def state(publication: Publication, options: StyleOptions) -> str:
    """The words for a work that is not published yet; empty for one that is."""
    return state_words(options.words).get(publication.status, "")


def state_words(words: Words) -> dict[Status, str]:
    """The words for each state of a work that a reader cannot look up yet."""
    return {
        Status.PREPARATION: words.in_preparation,
        Status.SUBMITTED: words.submitted,
        Status.UNDER_REVIEW: words.under_review,
        Status.ACCEPTED: words.accepted,
        Status.FORTHCOMING: words.forthcoming,
        Status.IN_PRESS: words.in_press,
    }


def badges(publication: Publication, kinds: Iterable[str]) -> Inlines:
    """The links to print behind a publication; a DOI or arXiv address is not printed twice."""
    printed: dict[str, str] = {}
    for kind in kinds:
        url = publication.links.get(kind)
        if url is not None and url not in printed:
            printed[url] = BADGES.get(kind, kind)
    return tuple(Badge(url, label) for url, label in printed.items())


def sentence(part: Inlines) -> Inlines:
    """A part closed by a full stop, unless it ends in one, or in a question or exclamation mark."""
    text = plain_text(part).rstrip("”’\"'")
    if not text:
        return ()
    return part if text.endswith((".", "?", "!")) else (*part, Str("."))
