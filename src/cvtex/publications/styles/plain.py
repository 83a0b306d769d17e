"""The plain style: Authors. Title. *Venue, Year* (note)."""

from __future__ import annotations

from collections.abc import Iterable

from cvtex.dates.model import first_day
from cvtex.publications.model import Publication, Status
from cvtex.publications.styles.options import StyleOptions
from cvtex.publications.styles.parts import (
    authors,
    linked_title,
    sentence,
    state,
    venue,
)
from cvtex.richtext.build import joined
from cvtex.richtext.nodes import Emph, Inlines, Link, NoBreak, Str
from cvtex.richtext.plain import plain_text

_THESES = {"phdthesis", "mastersthesis", "thesis"}
_REPORTS = {"report", "techreport"}


def write_plain(publication: Publication, options: StyleOptions) -> Inlines:
    """One publication in the plain style."""
    parts = [
        sentence(authors(publication, options)),
        sentence(linked_title(publication)),
        sentence(_imprint(publication, options)),
    ]
    return joined(parts, " ")


def _imprint(publication: Publication, options: StyleOptions) -> Inlines:
    where = joined((_where(publication, options), _year(publication)))
    notes = joined(publication.fields.get(name, ()) for name in ("note", "addendum"))
    if not notes:
        return (Emph(where),) if where else ()
    if not where:
        return notes
    return (Emph((*where, Str(" ("), *notes, Str(")"))),)


def _where(publication: Publication, options: StyleOptions) -> Inlines:
    """Venue and state; the archive stands in for a venue, and behind a work not yet published."""
    place = _detailed(publication, venue(publication, options)) or _issuer(publication, options)
    waiting = state(publication, options)
    archive = publication.fields.get("eprinttype", ())
    if waiting:
        placed = (*place, Str(" " + waiting)) if place else (Str(waiting),)
        return joined((placed, archive))
    if publication.status is Status.PREPUBLISHED and archive:
        return joined((place, archive))
    return place or archive


def _detailed(publication: Publication, name: Inlines) -> Inlines:
    """A venue with volume, number and pages: *Math. Ann. 83(2), 24–66*."""
    if not name:
        return ()
    fields = publication.fields
    volume, number = fields.get("volume", ()), fields.get("number", ())
    issue = (*volume, Str("("), *number, Str(")")) if volume and number else volume or number
    with_issue = (*name, Str("\xa0"), *issue) if issue else name
    return joined((with_issue, fields.get("pages", ())))


def _issuer(publication: Publication, options: StyleOptions) -> Inlines:
    fields, words = publication.fields, options.words
    kind: Inlines = ()
    if publication.type in _THESES:
        default = words.masters_thesis if publication.type == "mastersthesis" else words.phd_thesis
        kind = _named_type(publication, options) or (Str(default),)
    elif publication.type in _REPORTS:
        kind = _named_type(publication, options) or (Str(words.technical_report),)
    body = next(
        (
            fields[n]
            for n in ("institution", "organization", "howpublished", "publisher")
            if n in fields
        ),
        (),
    )
    return joined((kind, body))


def _named_type(publication: Publication, options: StyleOptions) -> Inlines:
    """The `type` field; biblatex's own keys for it are put into words (manual, 4.9.2.13)."""
    written = publication.fields.get("type", ())
    words = options.words
    keys = {
        "phdthesis": words.phd_thesis,
        "mathesis": words.masters_thesis,
        "techreport": words.technical_report,
    }
    return (Str(keys[plain_text(written)]),) if plain_text(written) in keys else written


def _year(publication: Publication) -> Inlines:
    if publication.date is None:
        return publication.fields.get("year", ())
    return (Str(str(first_day(publication.date).year)),)


def short_reference(publications: Iterable[Publication]) -> Inlines:
    """What stands for works without a label: [Noether 1918; Brauer et al. 1932]."""
    parts = [_author_year(publication) for publication in publications]
    return (Str("["), *joined(parts, "; "), Str("]"))


def _author_year(publication: Publication) -> Inlines:
    people = publication.authors or publication.editors
    names = people[0].name.family if people else plain_text(publication.title)
    if len(people) == 2:
        names += f" and {people[1].name.family}"
    elif len(people) > 2 or publication.and_others:
        names += " et al."
    year = plain_text(_year(publication))
    shown: Inlines = (NoBreak((Str(f"{names} {year}".strip()),)),)
    url = next(iter(publication.links.values()), None)
    return shown if url is None else (Link(url, shown),)
