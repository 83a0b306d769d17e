"""The elements of a publication that templates name, each in the manner of the style.

An element that has no function here is the field of that name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote

from cvtex.dates.partial_date import Date
from cvtex.publications.publication import Status
from cvtex.publications.styles import dates
from cvtex.publications.styles.parts import linked_title, notes, state_words, venue
from cvtex.publications.styles.people import further_editors, further_people, lead
from cvtex.publications.styles.style import StyledEntry
from cvtex.publications.styles.terms import edition, is_english, translate
from cvtex.richtext.nodes import Inlines, Link, Str
from cvtex.richtext.plain import plain_text
from cvtex.support.lazy_re import lazy_re

_ASCII = "".join(map(chr, range(0x21, 0x7F)))
"""Characters that an address shows as they are; others are encoded (RFC 3987, 3.1)."""

_KINDS = {
    "phdthesis": "Ph.D. thesis",
    "mathesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "techreport": "Technical Report",
    "resreport": "research report",
    "patent": "Patent",
    "patentus": "US patent",
    "patenteu": "European patent",
    "patentde": "German patent",
    "patentfr": "French patent",
    "patentuk": "British patent",
    "patreq": "patent request",
    "patrequs": "US patent request",
    "patreqeu": "European patent request",
    "patreqde": "German patent request",
    "patreqfr": "French patent request",
    "patrequk": "British patent request",
    "unpublished": "unpublished",
    "dataset": "data set",
    "software": "computer software",
}
"""The meanings of biblatex's keys for the field `type`. (Manual, 4.9.2.13.)"""

_KIND_OF_TYPE = {
    "thesis": "phdthesis",
    "phdthesis": "phdthesis",
    "mastersthesis": "mathesis",
    "bachelorsthesis": "bathesis",
    "techreport": "techreport",
    "report": "techreport",
    "patent": "patent",
    "unpublished": "unpublished",
    "dataset": "dataset",
    "software": "software",
}
_ALWAYS_NAMED = frozenset(("phdthesis", "mathesis", "bathesis", "techreport", "patent"))
_SEVERAL_PAGES = lazy_re(r"[–,;&+\-]|\d\s*ff?\b")
_RANGE = lazy_re(r"(?<![\d.])(\d+)–(\d+)(?![\d.])")


def element(name: str, entry: StyledEntry) -> Inlines:
    """Return an element of a publication in print; empty where nothing is known of it.

    With `sentence_` before its name it begins a sentence.
    """
    found = entry.made.get(name)
    if found is None:
        found = entry.made[name] = _made(name, entry)
    return found


def _made(name: str, entry: StyledEntry) -> Inlines:
    make = _ELEMENTS.get(name)
    if make is None and name.startswith("sentence_"):
        return _with_capital(element(name.removeprefix("sentence_"), entry))
    return entry.publication.fields.get(name, ()) if make is None else make(entry)


def _with_capital(inlines: Inlines) -> Inlines:
    first = inlines[0] if inlines else None
    if not isinstance(first, Str):
        return inlines
    return (Str(first.text[:1].upper() + first.text[1:]), *inlines[1:])


def _text(text: str) -> Inlines:
    return (Str(text),) if text else ()


def _any_field(*names: str) -> Callable[[StyledEntry], Inlines]:
    """Return the first of several fields that there is."""
    return lambda entry: next(
        (found for name in names if (found := entry.publication.fields.get(name))), ()
    )


def _translate(entry: StyledEntry, phrase: str) -> str:
    return translate(phrase, entry.options.language)


def _year(entry: StyledEntry) -> Inlines:
    return _dated(entry, dates.year)


def _date(entry: StyledEntry) -> Inlines:
    return _dated(entry, lambda date, _: dates.full_date(date, entry))


def _dated(entry: StyledEntry, show: Callable[[Date, str], str]) -> Inlines:
    """Return a date, or what the style has in its place; no year is ever invented."""
    publication, style = entry.publication, entry.style
    if publication.status in style.year_states:
        return _text(_translate(entry, style.year_states[publication.status]))
    if publication.date is not None:
        return _text(show(publication.date, entry.options.words.circa))
    if "year" in publication.fields:
        return publication.fields["year"]
    waits = publication.status not in (Status.PUBLISHED, Status.PREPUBLISHED)
    return () if waits and not style.always_dated else _text(_translate(entry, style.undated))


def _issue_date(entry: StyledEntry) -> Inlines:
    """Return the date that an issue of a journal bears."""
    return _date(entry) if entry.publication.date else ()


def _month(entry: StyledEntry) -> Inlines:
    date = entry.publication.date
    if date is None or entry.publication.status in entry.style.year_states:
        return ()
    return _text(dates.month(date, entry))


def _state(entry: StyledEntry) -> Inlines:
    """Return the status of an unpublished work, unless it stands in place of the year."""
    status, style, options = entry.publication.status, entry.style, entry.options
    if said := _said(entry):
        return said
    if status in style.year_states:
        return ()
    if status in style.states and is_english(options.language):
        return _text(style.states[status])
    return _text(state_words(options.words).get(status, ""))


def _said(entry: StyledEntry) -> Inlines:
    """Return the status in the owner's own words, such as "submitted to Nature"."""
    return entry.publication.fields.get("pubstate", ())


def _settled(entry: StyledEntry) -> Inlines:
    """Return the words for a work whose venue is certain and that is not out yet."""
    certain = (Status.ACCEPTED, Status.FORTHCOMING, Status.IN_PRESS)
    return _state(entry) if entry.publication.status in certain else ()


def _state_as_sentence(entry: StyledEntry) -> Inlines:
    return _with_capital(_state(entry) or _advance(entry))


def _advance(entry: StyledEntry) -> Inlines:
    """Return the words for a work with a venue that is still a preprint."""
    waits = entry.publication.status is Status.PREPUBLISHED
    return _text(entry.options.words.preprint) if waits else ()


def _kind(entry: StyledEntry) -> Inlines:
    """Return the kind of a thesis, report, patent or the like, as written or by its type."""
    written = entry.publication.fields.get("type", ())
    key = plain_text(written)
    if written and key not in _KINDS:
        return written
    key = key or _KIND_OF_TYPE.get(entry.publication.type, "")
    if not (written or key in _ALWAYS_NAMED or key in entry.style.kinds):
        return ()
    if is_english(entry.options.language):
        return _text(entry.style.kinds.get(key, _KINDS[key]))
    return _text(_translate(entry, _KINDS[key]))


def _edition(entry: StyledEntry) -> Inlines:
    text = plain_text(entry.publication.fields.get("edition", ()))
    language, stop = entry.options.language, entry.style.ordinal_stop
    return _text(edition(text, language, stop)) if text else ()


def _editor_word(entry: StyledEntry) -> Inlines:
    several = len(entry.publication.editors) > 1
    return _text(_translate(entry, "Eds." if several else "Ed."))


def _pages(entry: StyledEntry) -> Inlines:
    written = entry.publication.fields.get("pages", ())
    if not entry.style.short_ranges:
        return written
    return tuple(
        Str(_RANGE.sub(lambda m: f"{m[1]}–{short_range(m[1], m[2])}", node.text))
        if isinstance(node, Str)
        else node
        for node in written
    )


def short_range(start: str, end: str) -> str:
    """Return the second number of a range as Chicago prints it: 3–10, 107–8, 321–28.

    Source: The Chicago Manual of Style, 17th edition, 9.61.
    """
    if len(start) != len(end) or int(start) < 100 or int(start) % 100 == 0:
        return end
    shared = next((i for i, (a, b) in enumerate(zip(start, end, strict=True)) if a != b), 0)
    return end[shared:] if start[-2] == "0" else end[min(shared, len(end) - 2) :]


def _pages_with_word(entry: StyledEntry) -> Inlines:
    pages = _pages(entry)
    if not pages:
        return ()
    several = _SEVERAL_PAGES.search(plain_text(pages))
    return (Str(_translate(entry, "pp." if several else "p.") + " "), *pages)


def _doi(entry: StyledEntry, before: str = "") -> Inlines:
    publication = entry.publication
    doi = plain_text(publication.fields.get("doi", ()))
    if not doi or "doi" not in publication.links:
        return ()
    return (Link(publication.links["doi"], (Str(before + doi),)),)


def _doi_address(entry: StyledEntry) -> Inlines:
    return _doi(entry, "https://doi.org/")


def _address(entry: StyledEntry) -> Inlines:
    """Return the DOI as an address, else the address itself."""
    return _doi_address(entry) or _url(entry)


def _url(entry: StyledEntry) -> Inlines:
    links = entry.publication.links
    url = links.get("url") or links.get("arxiv")
    return (Link(url, (Str(quote(url, safe=_ASCII)),)),) if url else ()


def _eprint(entry: StyledEntry) -> Inlines:
    """Return the identifier in an archive: "arXiv:2008.05095"."""
    fields, links = entry.publication.fields, entry.publication.links
    archive, identifier = fields.get("eprinttype", ()), fields.get("eprint", ())
    if not identifier:
        return ()
    shown = (*archive, Str(":"), *identifier) if archive else identifier
    in_arxiv = "arxiv" in links and plain_text(archive) in ("arXiv", "")
    return (Link(links["arxiv"], shown),) if in_arxiv else shown


_ELEMENTS: Mapping[str, Callable[[StyledEntry], Inlines]] = {
    "authors": lead,
    "editors": further_editors,
    "eds": _editor_word,
    "translators": lambda entry: further_people(entry, "translator"),
    "title": lambda entry: linked_title(entry.publication),
    "venue": lambda entry: venue(entry.publication, entry.options),
    "year": _year,
    "date": _date,
    "issue_date": _issue_date,
    "month": _month,
    "state": _state,
    "said": _said,
    "settled": _settled,
    "sentence_state": _state_as_sentence,
    "advance": _advance,
    "kind": _kind,
    "edition": _edition,
    "pages": _pages,
    "pp": _pages_with_word,
    "eid": _any_field("eid", "articleno"),
    "page_total": _any_field("numpages", "pagetotal"),
    "body": _any_field("institution", "organization", "howpublished", "publisher"),
    "publisher": _any_field("publisher", "organization", "institution", "howpublished"),
    "institution": _any_field("institution", "organization", "publisher"),
    "site": _any_field("organization", "institution", "publisher", "howpublished"),
    "event": _any_field("eventtitle"),
    "event_place": _any_field("venue"),
    "archive": _any_field("eprinttype"),
    "doi": _doi,
    "doi_address": _doi_address,
    "address": _address,
    "url": _url,
    "eprint": _eprint,
    "notes": lambda entry: notes(entry.publication),
}
