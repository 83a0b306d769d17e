"""The ledger of publications: every entry of every .bib file is printed, left out or rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from cvtex.lower.listing import Listing
from cvtex.publications.lists import Listed, PrintedList, unmet
from cvtex.publications.publication import Publication
from cvtex.readers.bibtex.bibliography import Bibliography, Rejected
from cvtex.source import Span


class EntryState(StrEnum):
    """The three states of an entry."""

    PRINTED = "printed"
    LEFT_OUT = "left_out"
    REJECTED = "rejected"


class PrintedEntry(Struct, frozen=True):
    """A place where an entry is printed: the title of the list and the label in it."""

    title: str
    label: str


class LedgerEntry(Struct, frozen=True):
    """An entry that is printed in `places`, or left out by `rule` for the reason `why`."""

    key: str
    type: str
    span: Span | None
    state: EntryState
    places: tuple[PrintedEntry, ...] = ()
    rule: str | None = None
    why: str | None = None


class Ledger(Struct, frozen=True):
    """Every entry, in the order of the files."""

    entries: tuple[LedgerEntry, ...]

    def count(self, state: EntryState | None = None) -> int:
        """Return the number of entries in a state, or of all; the states add up."""
        counts = Counter(entry.state for entry in self.entries)
        return counts[state] if state is not None else counts.total()

    def unprinted(self) -> Ledger:
        """Return a ledger of the entries that are not printed."""
        return Ledger(tuple(e for e in self.entries if e.state is not EntryState.PRINTED))


def make_ledger(bibliography: Bibliography, listing: Listing, titles: Mapping[str, str]) -> Ledger:
    """Return the ledger of a bibliography; `titles` are those of the lists, by anchor."""
    places: dict[str, list[PrintedEntry]] = {}
    for printed, item in _items(listing.lists):
        place = PrintedEntry(titles[printed.request.anchor], item.label)
        places.setdefault(item.publication.key, []).append(place)
    entries = [
        LedgerEntry(p.key, p.type, p.span, EntryState.PRINTED, tuple(places[p.key]))
        if p.key in places
        else _left_out(p, bibliography, listing, titles)
        for p in bibliography.publications
    ]
    entries += [
        _not_printed(aside, EntryState.LEFT_OUT, "not-a-work") for aside in bibliography.asides
    ]
    entries += [_not_printed(r, EntryState.REJECTED, "rejected") for r in bibliography.rejected]
    return Ledger(tuple(sorted(entries, key=_file_order)))


def _items(lists: Sequence[PrintedList]) -> Iterator[tuple[PrintedList, Listed]]:
    return ((printed, item) for printed in lists for item in printed.items)


def _left_out(
    publication: Publication,
    bibliography: Bibliography,
    listing: Listing,
    titles: Mapping[str, str],
) -> LedgerEntry:
    rule, why = _reason(publication, listing, titles)
    if publication.key in bibliography.parents:
        why += "; other entries inherit from it"
    return LedgerEntry(
        publication.key, publication.type, publication.span, EntryState.LEFT_OUT, rule=rule, why=why
    )


def _reason(
    publication: Publication, listing: Listing, titles: Mapping[str, str]
) -> tuple[str, str]:
    if publication.key in listing.merged:
        return "merge_preprints", f"`{listing.merged[publication.key]}` is its published version"
    if not listing.lists:
        return "no-list", "the CV has no publications section"
    wanting = {
        titles[one.request.anchor]: unmet(one.request.selection, publication, listing.is_owner)
        for one in listing.lists
    }
    reasons = [f"`{title}` selects by {', '.join(keys)}" for title, keys in wanting.items()]
    return "select", "; ".join(reasons)


def _not_printed(entry: Rejected, state: EntryState, rule: str) -> LedgerEntry:
    return LedgerEntry(entry.key, entry.type, entry.span, state, rule=rule, why=entry.reason)


def _file_order(entry: LedgerEntry) -> tuple[str, int]:
    return ("", 0) if entry.span is None else (entry.span.source.path, entry.span.start)
