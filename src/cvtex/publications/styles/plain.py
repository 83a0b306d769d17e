"""The plain style of a CV: Authors. Title. *Venue, Year* (note)."""

from __future__ import annotations

from collections.abc import Iterable

from cvtex.dates.partial_date import first_day
from cvtex.publications.publication import Publication
from cvtex.publications.styles.style import NameRules, Style
from cvtex.publications.styles.template import (
    Conditional,
    Row,
    close,
    commas,
    first,
    italic,
    spaced,
    stops,
)
from cvtex.richtext.build import joined
from cvtex.richtext.nodes import Inlines, Link, NoBreak, Str
from cvtex.richtext.plain import plain_text

_ISSUE = Conditional("volume", close("{volume}", "({number})"), "{number}")
_PLACE = Conditional(
    "venue",
    commas(Row(("{venue}", _ISSUE), "\xa0"), first("{pages}", "{eid}")),
    commas("{edition}", first("{kind} {number} | {kind} | {series} {number}"), "{body}"),
)
_WHERE = Conditional(
    "state",
    Conditional(
        "said|settled",
        commas(_PLACE, "{state}", "{archive}"),
        commas(spaced(_PLACE, "{state}"), "{archive}"),
    ),
    Conditional("advance", commas(_PLACE, "{archive}"), first(_PLACE, "{archive}")),
)
_KNOWN = "venue|edition|kind|body|state|archive|year"
_DATED = commas(_WHERE, "{year}")

PLAIN = Style(
    names=NameRules(),
    templates={
        "misc": stops(
            "{authors}", "{title}", Conditional(_KNOWN, italic(_DATED, "({notes})"), "{notes}")
        ),
    },
    notes="",
)


def short_reference(publications: Iterable[Publication]) -> Inlines:
    """Return the citation of works without a label: [Noether 1918; Brauer et al. 1932]."""
    parts = [_author_year(publication) for publication in publications]
    return (Str("["), *joined(parts, "; "), Str("]"))


def _author_year(publication: Publication) -> Inlines:
    people = publication.authors or publication.editors
    names = people[0].name.family if people else plain_text(publication.title)
    if len(people) == 2:
        names += f" and {people[1].name.family}"
    elif len(people) > 2 or publication.and_others:
        names += " et al."
    date = publication.date
    written = plain_text(publication.fields.get("year", ()))
    year = str(first_day(date).year) if date is not None else written
    shown: Inlines = (NoBreak((Str(f"{names} {year}".strip()),)),)
    url = next(iter(publication.links.values()), None)
    return shown if url is None else (Link(url, shown),)
