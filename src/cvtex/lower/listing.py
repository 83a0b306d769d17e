"""Fills, orders and numbers the publication lists of a CV, and counts what they print."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from cvtex.dates.partial_date import first_day
from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Note, Sink
from cvtex.lower.selection import (
    check_owner,
    check_selection,
    owner_names,
    owner_test,
    to_selection,
)
from cvtex.publications import lists
from cvtex.publications.lists import IsOwner, ListRequest, PrintedList, arrange
from cvtex.publications.publication import Publication
from cvtex.publications.works import SameWork, merge_works, same_works
from cvtex.richtext.plain import plain_text
from cvtex.schema.cv import CV
from cvtex.schema.sections import PublicationsSection


class Listing(Struct, frozen=True):
    """The filled lists, and the sections that asked for them, by anchor.

    `merged` maps the key of a preprint to that of its published version, which is printed for both.
    """

    lists: tuple[PrintedList, ...]
    sections: Mapping[str, PublicationsSection]
    merged: Mapping[str, str]
    is_owner: IsOwner

    def of(self, anchor: str) -> PrintedList:
        """Return the list of a section."""
        return next(one for one in self.lists if one.request.anchor == anchor)

    def printed(self) -> tuple[Publication, ...]:
        """Return every publication that is printed, once."""
        found = {i.publication.key: i.publication for one in self.lists for i in one.items}
        return tuple(found.values())


def make_listing(
    cv: CV,
    publications: Sequence[Publication],
    sections: Mapping[str, PublicationsSection],
    sink: Sink,
) -> Listing:
    """Fill the lists that the sections ask for; merge preprints, or offer to merge them."""
    works = same_works(publications)
    if cv.bibliography.merge_preprints:
        publications = merge_works(publications, works)
    else:
        _offer_to_merge(works, sink)
    is_owner = owner_test(owner_names(cv))
    for section in sections.values():
        check_selection(section.select, publications, sink)
    check_owner(cv, publications, is_owner, sink)
    requests = [list_request(section, anchor) for anchor, section in sections.items()]
    merged = {work.preprint.key: work.published.key for work in works}
    return Listing(
        arrange(publications, requests, is_owner),
        sections,
        merged if cv.bibliography.merge_preprints else {},
        is_owner,
    )


def _offer_to_merge(works: Sequence[SameWork], sink: Sink) -> None:
    for preprint, published in ((work.preprint, work.published) for work in works):
        notes = (Note(published.span, "published here"),) if published.span else ()
        sink.add(
            catalogue.PREPRINT_AND_PUBLISHED,
            f"`{preprint.key}` is the preprint of `{published.key}`",
            preprint.span,
            notes=notes,
            hint="to print one entry with both links: `bibliography: {merge_preprints: true}`",
        )


def list_request(section: PublicationsSection, anchor: str) -> ListRequest:
    """Return the request of a publications section."""
    numbering = section.numbering
    return ListRequest(
        anchor=anchor,
        selection=to_selection(section.select),
        order=section.order,
        group_by=section.group_by,
        numbering=lists.Numbering(
            numbering.scheme, numbering.label, numbering.prefix, numbering.reverse
        ),
    )


def computed_facts(listing: Listing) -> dict[str, str]:
    """Return the numbers about printed publications that texts may use, by name.

    `publications`, `publications.<keyword>`, `publications.<id of a list>`,
    `publications.first_author`, `publications.since_<year>`, and `h_index` where entries have a
    field `citations`.
    """
    printed = listing.printed()
    first = [p for p in printed if p.authors and listing.is_owner(p.authors[0].name)]
    facts = {"publications": len(printed), "publications.first_author": len(first)}
    keywords = Counter(word for p in printed for word in set(p.keywords))
    facts |= {f"publications.{word}": count for word, count in keywords.items()}
    facts |= {
        f"publications.{section.id}": len(listing.of(anchor).items)
        for anchor, section in listing.sections.items()
        if section.id is not None
    }
    facts |= dict(_since(printed))
    written = (re.sub(r"[,.\s]", "", plain_text(p.fields.get("citations", ()))) for p in printed)
    cited = [int(number) for number in written if number.isdecimal()]
    if cited:
        facts["h_index"] = h_index(cited)
    return {name: str(number) for name, number in facts.items()}


def _since(printed: Sequence[Publication]) -> Iterator[tuple[str, int]]:
    """Yield the number of works of each year or later, up to ten years after the last."""
    years = sorted(first_day(p.date).year for p in printed if p.date is not None)
    for year in range(years[0], years[-1] + 11) if years else ():
        yield f"publications.since_{year}", len(years) - bisect_left(years, year)


def h_index(citations: Sequence[int]) -> int:
    """Return the largest h such that h works are cited at least h times each (Hirsch 2005)."""
    ranked = sorted(citations, reverse=True)
    return sum(1 for rank, cited in enumerate(ranked, 1) if cited >= rank)
