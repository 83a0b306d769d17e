"""Finds the parts of a CV that edits may change."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from cvtex.lint.comments import all_nodes
from cvtex.lint.fixes.edited_ranges import EditedRanges, Edits, Place
from cvtex.project.overlays import CUT_KEYS, variants
from cvtex.project.project import Project
from cvtex.readers.bibtex.bibliography import BibRecord
from cvtex.readers.yaml.nodes import Node, Pair, Scalar, child, listed
from cvtex.source import Span
from cvtex.support.lazy_re import lazy_re

_NOT_PRINTED = frozenset({"schema", "variants", "lint", "limits"})
"""Keys that change nothing on the page; what a variant overrides stands in the tree itself."""

_HEADER = frozenset({"headline", "contact", "photo"})
_NOT_SETTINGS = _NOT_PRINTED | _HEADER | {"sections"}
_NAME = lazy_re(r'[^\s#{}",]+')


class Affected(Struct, frozen=True):
    """The parts of a CV that edits may change.

    A setting, such as the language, can change `everything`. `keys` are those of publications.
    Lists of publications depend on each other, and texts cite them: where one is edited, all
    `lists` are affected. `places` are those of sections, of entries and of publications.
    """

    everything: bool = False
    header: bool = False
    lists: bool = False
    keys: frozenset[str] = frozenset()
    places: frozenset[Place] = frozenset()

    def __or__(self, other: Affected) -> Affected:
        return Affected(
            self.everything or other.everything,
            self.header or other.header,
            self.lists or other.lists,
            self.keys | other.keys,
            self.places | other.places,
        )

    def holds(self, place: Place | None) -> bool:
        """Return whether a place is in one of the parts."""
        return place is not None and any(own.holds(place) for own in self.places)


def affected(before: Project, after: Project, edits: Edits) -> Affected:
    """Return the parts of a CV, or of a variant of it, that edits may change."""
    old, new = before.bibliography.strings, after.bibliography.strings
    strings = frozenset(name for name in {*old, *new} if old.get(name) != new.get(name))
    sides = ((before, edits.before), (after, edits.after))
    found = _affected(*sides[0], strings) | _affected(*sides[1], strings)
    if found.lists:
        for project, ranges in sides:
            found |= Affected(places=_places((s.span for s in _lists(project)), ranges))
    return found


def changes_settings(project: Project, ranges: EditedRanges) -> bool:
    """Return whether edits of cv.yaml can change everything on the page."""
    variant = variants(project.root).get(project.cut.name or "")
    selecting = [p for p in variant.pairs if p.key.text.value in CUT_KEYS] if variant else []
    settings = [p for p in project.root.pairs if p.key.text.value not in _NOT_SETTINGS]
    return any(_is_edited(pair, ranges) for pair in (*settings, *selecting))


def _affected(project: Project, ranges: EditedRanges, strings: frozenset[str]) -> Affected:
    sections = [s for s in _sections(project) if ranges.touches(s.span)]
    parts = [span for section in sections for span in _edited_parts(section, ranges)]
    records = [r for r in project.bibliography.records.values() if _reads(r, ranges, strings)]
    return Affected(
        changes_settings(project, ranges),
        any(_is_edited(p, ranges) for p in project.root.pairs if p.key.text.value in _HEADER),
        any(section.span in parts for section in _lists(project)),
        frozenset(record.key.value for record in records),
        _places([*parts, *(record.span for record in records)], ranges),
    )


def _places(spans: Iterable[Span | None], ranges: EditedRanges) -> frozenset[Place]:
    return frozenset(place for span in spans if (place := ranges.place(span)) is not None)


def _is_edited(pair: Pair, ranges: EditedRanges) -> bool:
    """Return whether a pair has edits; of a variant's, parts can be from elsewhere in the file."""
    spans = [pair.key.span, *(node.span for node in all_nodes(pair.value))]
    return any(ranges.touches(span) for span in (_pair_span(pair), *spans))


def _pair_span(pair: Pair) -> Span | None:
    """Return the span from a key to the end of its value, where both are in one file."""
    key, value = pair.key.span, pair.value.span
    if key is None or value is None or key.source is not value.source or value.end < key.end:
        return key
    return Span(key.source, key.start, value.end)


def _sections(project: Project) -> tuple[Node, ...]:
    return listed(child(project.root, "sections"))


def _lists(project: Project) -> list[Node]:
    """Return the sections that list publications."""
    return [section for section in _sections(project) if _kind(section) == "publications"]


def _kind(section: Node) -> str | None:
    kind = child(section, "kind")
    return kind.text.value if isinstance(kind, Scalar) else None


def _edited_parts(section: Node, ranges: EditedRanges) -> list[Span | None]:
    """Return the entries of a section with edits, or the section where edits are elsewhere."""
    entries = [
        entry.span for name in ("entries", "groups") for entry in listed(child(section, name))
    ]
    edited = [span for span in entries if ranges.touches(span)]
    explained = {one for span in edited for one in ranges.touching(span)}
    return edited if explained.issuperset(ranges.touching(section.span)) else [section.span]


def _reads(record: BibRecord, ranges: EditedRanges, strings: frozenset[str]) -> bool:
    """Return whether edits touch a record, a value that it inherits, or one of its strings."""
    spans = [value.span for value in record.values.values() if value.span is not None]
    return any(ranges.touches(span) for span in (record.span, *spans)) or any(
        not strings.isdisjoint(_NAME.findall(span.text.lower())) for span in spans if strings
    )
