"""Finds the parts of a CV that edits may change."""

from __future__ import annotations

from msgspec import Struct

from cvtex.lint.comments import all_nodes
from cvtex.lint.fixes.edited_ranges import EditedRanges, Edits, FileRange
from cvtex.project.overlays import FILTER_KEYS, variants
from cvtex.project.project import Project
from cvtex.readers.bibtex.bibliography import Bibliography, BibRecord
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
    places: frozenset[FileRange] = frozenset()

    def holds(self, place: FileRange | None) -> bool:
        """Return whether a place is in one of the parts."""
        return place is not None and any(own.holds(place) for own in self.places)


def affected(before: Project, after: Project, edits: Edits) -> Affected:
    """Return the parts of a CV, or of a variant of it, that edits may change."""
    sides = ((before, edits.before), (after, edits.after))
    strings = _changed_strings(before.bibliography, after.bibliography)
    lists = any(_edits_lists(*side) for side in sides)
    places, keys = set[FileRange | None](), set[str]()
    for project, ranges in sides:
        spans = [section.span for section in _lists(project)] if lists else []
        spans += [span for section in _sections(project) for span in _edited_parts(section, ranges)]
        for key, record in project.bibliography.records.items():
            if _is_affected(record, ranges, strings):
                keys.add(key)
                spans.append(record.span)
        places |= {ranges.place(span) for span in spans}
    return Affected(
        any(changes_settings(*side) for side in sides),
        any(_edits_header(*side) for side in sides),
        lists,
        frozenset(keys),
        frozenset(place for place in places if place is not None),
    )


def changes_settings(project: Project, ranges: EditedRanges) -> bool:
    """Return whether edits of cv.yaml can change everything on the page."""
    variant = variants(project.root).get(project.variant.name or "")
    selecting = [p for p in variant.pairs if p.key.text.value in FILTER_KEYS] if variant else []
    settings = [p for p in project.root.pairs if p.key.text.value not in _NOT_SETTINGS]
    return any(_is_edited(pair, ranges) for pair in (*settings, *selecting))


def _edits_header(project: Project, ranges: EditedRanges) -> bool:
    pairs = (pair for pair in project.root.pairs if pair.key.text.value in _HEADER)
    return any(_is_edited(pair, ranges) for pair in pairs)


def _edits_lists(project: Project, ranges: EditedRanges) -> bool:
    return any(_edited_parts(section, ranges) for section in _lists(project))


def _is_edited(pair: Pair, ranges: EditedRanges) -> bool:
    return any(ranges.touches(node.span) for node in (pair.key, *all_nodes(pair.value)))


def _sections(project: Project) -> tuple[Node, ...]:
    return listed(child(project.root, "sections"))


def _lists(project: Project) -> list[Node]:
    """Return the sections that list publications."""
    return [section for section in _sections(project) if _kind(section) == "publications"]


def _kind(section: Node) -> str | None:
    kind = child(section, "kind")
    return kind.text.value if isinstance(kind, Scalar) else None


def _edited_parts(section: Node, ranges: EditedRanges) -> list[Span | None]:
    """Return the entries of a section with edits, or the section if there are edits elsewhere."""
    lists = [listed(child(section, name)) for name in ("entries", "groups")]
    edited = [one.span for entries in lists for one in entries if ranges.touches(one.span)]
    explained = {one for span in edited for one in ranges.touching(span)}
    return edited if explained.issuperset(ranges.touching(section.span)) else [section.span]


def _changed_strings(before: Bibliography, after: Bibliography) -> frozenset[str]:
    old, new = before.strings, after.strings
    return frozenset(name for name in {*old, *new} if old.get(name) != new.get(name))


def _is_affected(record: BibRecord, ranges: EditedRanges, strings: frozenset[str]) -> bool:
    """Return whether edits touch a record, a value that it inherits, or a string that it uses."""
    spans = [value.span for value in record.values.values() if value.span is not None]
    return any(ranges.touches(span) for span in (record.span, *spans)) or any(
        not strings.isdisjoint(_NAME.findall(span.text.lower())) for span in spans if strings
    )
