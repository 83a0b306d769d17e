"""Which parts of the page an edit can be meant to change."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from cvtex.lint.fixes.ground import Ground, Grounds
from cvtex.lint.fixes.model import FileState, Patch
from cvtex.lint.fixes.trees import pair_span
from cvtex.project.overlays import CUT_KEYS, variants
from cvtex.project.project import Project
from cvtex.readers.yaml.nodes import Mapping, Node, Scalar, Sequence
from cvtex.source import Span

_SILENT = frozenset({"schema", "variants", "lint", "limits"})
"""Keys that say nothing of the page; what a variant overrides stands in the tree itself."""

_HEADER = frozenset({"headline", "contact", "photo"})
_ENTRIES = ("entries", "groups")
_LIST = "publications"


class Reach(Struct, frozen=True):
    """What edits of cv.yaml touch: the header, sections, entries of others by section and number.

    A setting, such as the language, can change `everything`. Lists of publications depend on each
    other, and texts cite them: where one is touched, all `lists` are.
    """

    everything: bool = False
    header: bool = False
    sections: frozenset[int] = frozenset()
    entries: frozenset[tuple[int, int]] = frozenset()
    lists: bool = False

    def __or__(self, other: Reach) -> Reach:
        return Reach(
            self.everything or other.everything,
            self.header or other.header,
            self.sections | other.sections,
            self.entries | other.entries,
            self.lists or other.lists,
        )


class Extents(Struct, frozen=True):
    """The places of the sections and entries that are touched."""

    sections: tuple[Span, ...]
    entries: tuple[Span, ...]

    def section(self, span: Span | None) -> bool:
        """Whether the section with a title here is touched as a whole."""
        return any(_inside(span, extent) for extent in self.sections)

    def block(self, span: Span | None) -> bool:
        """Whether a block here is touched, or its section as a whole."""
        return self.section(span) or any(_inside(span, extent) for extent in self.entries)


def _inside(span: Span | None, extent: Span) -> bool:
    return (
        span is not None
        and span.source is extent.source
        and extent.start <= span.start < max(extent.end, extent.start + 1)
    )


def reach(before: Project, after: Project, places: Grounds) -> tuple[Reach, Reach]:
    """What edits touch of a CV, or of a variant of it, by its trees before and after.

    What is touched in one of them, such as an entry from which a line was deleted, is so in both,
    where they have equally many sections or entries.
    """
    old, new = _reach(before, places.before), _reach(after, places.after)
    lists = _lists(before.root), _lists(after.root)
    shapes = [[len(entries) for _, entries in sections_of(p.root)] for p in (before, after)]
    if len(shapes[0]) != len(shapes[1]):
        return _with_lists(old, lists[0]), _with_lists(new, lists[1])
    united = old | new
    uneven = {i for i, (a, b) in enumerate(zip(*shapes, strict=True)) if a != b}
    whole = uneven.intersection(section for section, _ in united.entries)
    united = replace(united, sections=united.sections | whole)
    united = _with_lists(united, lists[0] | lists[1])
    return united, united


def _with_lists(touched: Reach, lists: frozenset[int]) -> Reach:
    if not touched.sections & lists:
        return touched
    return replace(touched, sections=touched.sections | lists, lists=True)


def _lists(root: Mapping) -> frozenset[int]:
    """The numbers of the sections that list publications."""
    return frozenset(i for i, section in enumerate(_items(root)) if _kind(section) == _LIST)


def _kind(section: Node) -> str | None:
    pair = section.find("kind") if isinstance(section, Mapping) else None
    return pair.value.text.value if pair and isinstance(pair.value, Scalar) else None


def extents(root: Mapping, touched: Reach) -> Extents:
    """The places of what is touched."""
    sections = sections_of(root)
    return Extents(
        tuple(section for i, (section, _) in enumerate(sections) if i in touched.sections),
        tuple(
            entry
            for i, (_, entries) in enumerate(sections)
            for j, entry in enumerate(entries)
            if (i, j) in touched.entries
        ),
    )


def _reach(project: Project, ground: Ground) -> Reach:
    found = Reach(everything=_changes_cut(project, ground))
    for pair in project.root.pairs:
        name = pair.key.text.value
        if name in _SILENT or not ground.touches(pair_span(pair)):
            continue
        if name in _HEADER:
            found |= Reach(header=True)
        elif name == "sections" and isinstance(pair.value, Sequence):
            found |= _in_sections(project.root, ground)
        else:
            found |= Reach(everything=True)
    return found


def _changes_cut(project: Project, ground: Ground) -> bool:
    """Whether edits touch what the variant that is looked at prints."""
    variant = variants(project.root).get(project.variant.name or "")
    pairs = () if variant is None else variant.pairs
    cutting = [pair for pair in pairs if pair.key.text.value in CUT_KEYS]
    return any(ground.touches(pair_span(pair)) for pair in cutting)


def _in_sections(root: Mapping, ground: Ground) -> Reach:
    """The sections touched as a whole, and the entries touched in others."""
    whole: set[int] = set()
    parts: set[tuple[int, int]] = set()
    for i, (section, entries) in enumerate(sections_of(root)):
        touched = {j: entry for j, entry in enumerate(entries) if ground.touches(entry)}
        explained = {stretch for entry in touched.values() for stretch in ground.touching(entry)}
        if explained.issuperset(ground.touching(section)):
            parts |= {(i, j) for j in touched}
        else:
            whole.add(i)
    return Reach(sections=frozenset(whole), entries=frozenset(parts))


def _items(root: Mapping) -> tuple[Node, ...]:
    pair = root.find("sections")
    return pair.value.items if pair and isinstance(pair.value, Sequence) else ()


def sections_of(root: Mapping) -> list[tuple[Span, list[Span]]]:
    """The places of all sections, each with those of its entries."""
    items = _items(root)
    return [(item.span, _entries(item)) for item in items if item.span is not None]


def _entries(section: Node) -> list[Span]:
    if not isinstance(section, Mapping):
        return []
    pairs = (section.find(name) for name in _ENTRIES)
    lists = (pair.value for pair in pairs if pair and isinstance(pair.value, Sequence))
    return [item.span for found in lists for item in found.items if item.span is not None]


def is_setting(state: FileState, patches: Iterable[Patch]) -> bool:
    """Whether patches change a setting of the CV."""
    subject = state.view.subject
    if subject is None:
        return False
    root = subject.project.root
    path = state.paths.get(root.span.source.path)
    spans = [pair_span(pair) for pair in root.pairs if _may_change_all(pair.key.text.value)]
    return any(
        patch.path == path and span.start <= patch.end and patch.start <= span.end
        for patch in patches
        for span in spans
        if span is not None
    )


def _may_change_all(key: str) -> bool:
    return key != "sections" and key not in _SILENT | _HEADER
