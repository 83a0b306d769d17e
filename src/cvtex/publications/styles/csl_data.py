"""From publications to CSL-JSON: the one place where an entry is converted for CSL.

Source: CSL 1.0.2, appendices III (types) and IV (variables).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cvtex.dates.partial_date import Date, DateRange, PartialDate
from cvtex.names.format import format_name
from cvtex.names.parse import name_of
from cvtex.publications.publication import Contributor, Publication
from cvtex.publications.styles.classes import class_of
from cvtex.publications.styles.csl_markup import Hidden, others
from cvtex.publications.styles.elements import element
from cvtex.publications.styles.parts import linked_title, state_words, venue
from cvtex.publications.styles.people import kept_people
from cvtex.publications.styles.style import NameRules, Style, StyledEntry
from cvtex.richtext.nodes import Inlines, Link, Str
from cvtex.richtext.plain import plain_text

Json = Mapping[str, object]

KEY = "entry"

_TYPES = {
    "article": "article-journal",
    "periodical": "periodical",
    "book": "book",
    "proceedings": "book",
    "chapter": "chapter",
    "paper": "paper-conference",
    "thesis": "thesis",
    "report": "report",
    "manual": "book",
    "online": "webpage",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
    "standard": "standard",
    "preprint": "article",
    "unpublished": "manuscript",
    "misc": "document",
}
_FIELDS = {
    "volume": "volume",
    "edition": "edition",
    "series": "collection-title",
    "location": "publisher-place",
    "venue": "event-place",
    "eventtitle": "event",
    "version": "version",
    "chapter": "chapter-number",
    "pagetotal": "number-of-pages",
    "isbn": "ISBN",
    "issn": "ISSN",
}
_WORDED = Style(NameRules(), {"misc": ""}, kinds={"unpublished": "unpublished manuscript"})
"""A style that says of each work what it is, in the language of the CV."""

_ON_THE_WEB = frozenset(("online", "dataset", "software", "preprint", "misc"))
_PLACES = {"article": "issue", "paper": "collection-number", "chapter": "collection-number"}


def csl_json(publication: Publication, hidden: Hidden) -> Json:
    """Return a publication for a CSL processor; parts that it must not touch are hidden."""
    entry = StyledEntry(publication, _WORDED, hidden.options)
    of = class_of(publication)
    title = linked_title(publication)
    data: dict[str, object] = {
        "id": KEY,
        "type": _TYPES[of],
        "title": hidden.hide(title) if title else "",
        "author": _names(publication.authors, hidden, others_too=publication.and_others),
        "editor": _names(publication.editors, hidden),
        "translator": _listed(publication.fields.get("translator", ())),
        "container-title": _value(venue(publication, hidden.options), hidden),
        "page": _pages(publication),
        "publisher": _value(element("publisher", entry), hidden),
        "genre": plain_text(element("kind", entry)),
        _PLACES.get(of, "number"): plain_text(publication.fields.get("number", ())),
        "issued": _issued(publication, hidden),
        **_addresses(publication, of, hidden),
        **{csl: _value(publication.fields.get(n, ()), hidden) for n, csl in _FIELDS.items()},
    }
    return {name: value for name, value in data.items() if value}


def _value(inlines: Inlines, hidden: Hidden) -> str:
    """Return a text as it is, if it is nothing but text."""
    if all(isinstance(node, Str) for node in inlines):
        return plain_text(inlines)
    return hidden.hide(inlines)


def _names(
    people: Sequence[Contributor], hidden: Hidden, *, others_too: bool = False
) -> list[Mapping[str, str]]:
    kept = kept_people(people, hidden.options)
    names: list[Mapping[str, str]] = []
    for before, i in zip([-1, *kept], kept, strict=False):
        if i > before + 1:
            names.append({"literal": "…"})
        names.append(_name(people[i], hidden))
    if others_too and names:
        names.append({"literal": others(hidden.options.words.and_others, len(kept))})
    return names


def _name(person: Contributor, hidden: Hidden) -> Mapping[str, str]:
    name, form = person.name, hidden.options.names
    if form is not None:
        return {"literal": hidden.person(person, format_name(name, form))}
    family = hidden.person(person, f"{name.prefix} {name.family}".strip())
    if not name.given:
        return {"literal": family}
    parts = {"family": family, "given": name.given, "suffix": name.suffix}
    return {part: text for part, text in parts.items() if text}


def _listed(names: Inlines) -> list[Mapping[str, str]]:
    found: Iterable[str] = plain_text(names).split(", ") if names else ()
    parsed = [name_of(name) for name in found]
    return [{"family": f"{n.prefix} {n.family}".strip(), "given": n.given} for n in parsed]


def _pages(publication: Publication) -> str:
    fields = publication.fields
    return plain_text(fields.get("pages") or fields.get("eid") or fields.get("articleno", ()))


def _addresses(publication: Publication, of: str, hidden: Hidden) -> Mapping[str, str]:
    """Return the DOI, or the address of a work with neither a DOI nor a place in print."""
    links = publication.links
    doi = publication.fields.get("doi", ())
    if doi and "doi" in links:
        return {"DOI": hidden.hide((Link(links["doi"], doi),))}
    url = links.get("url") or links.get("arxiv")
    if url and of in _ON_THE_WEB:
        return {"URL": hidden.hide((Link(url, (Str(url),)),))}
    return {}


def _issued(publication: Publication, hidden: Hidden) -> Json:
    """Return the date; for unpublished work also its status, in the words of the CV."""
    state = state_words(hidden.options.words).get(publication.status)
    if state is not None:
        year = _year(publication)
        return {"literal": f"{year}, {state}" if year else state}
    if publication.date is None:
        year = _year(publication)
        return {"literal": year} if year else {}
    return _date(publication.date)


def _year(publication: Publication) -> str:
    date = publication.date
    start = date.start if isinstance(date, DateRange) else date
    return str(start.year) if start else plain_text(publication.fields.get("year", ()))


def _date(date: Date) -> Json:
    ends = [date.start, date.end] if isinstance(date, DateRange) else [date]
    known = [end for end in ends if isinstance(end, PartialDate)]
    parts = [[n for n in (end.year, end.month, end.day) if n] for end in known]
    made: dict[str, object] = {"date-parts": parts}
    if len(known) == 1 and known[0].season:
        made["season"] = known[0].season - 20
    if any(end.approximate for end in known):
        made["circa"] = 1
    return made
