"""Lists the parts of files that edits must not change: what is read from them, and comments."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import zip_longest

from cvtex.diagnostics.diagnostic import Sink
from cvtex.lint.comments import OffsetRange, all_nodes, yaml_texts
from cvtex.lint.fixes.affected import Affected
from cvtex.lint.fixes.edited_ranges import EditedRanges, FileRange
from cvtex.project.project import Project
from cvtex.readers.bibtex.bibliography import Bibliography
from cvtex.readers.yaml.nodes import Mapping, Node, Pair, Scalar, Sequence
from cvtex.readers.yaml.reader import read_yaml
from cvtex.source import Source, Span
from cvtex.support.lazy_re import lazy_re

# Between texts there is nothing else with a `#` but tags and directives.
_COMMENT = lazy_re(r"(?<![\w!:/.-])#[^\r\n]*")
_COLON = lazy_re(r"[ \t]*:[ \t]*")

FilePart = tuple[str, object]
"""The harm if the part has changed, in words, and the content by which that is seen."""


def changed_part(before: Iterable[FilePart], after: Iterable[FilePart]) -> str | None:
    """Return the harm of the first part that is not the same before and after."""
    for old, new in zip_longest(before, after):
        if old is None or new is None or old[1] != new[1]:
            return str((old or new)[0])
    return None


def yaml_tree(project: Project) -> Node | None:
    """Return the tree of cv.yaml, without what a variant lays over it."""
    source = project.root.span.source
    return read_yaml(source, Sink()) if source in project.sources else None


def lost_comment(
    before: Node, after: Node, ranges: EditedRanges, meant: Collection[int]
) -> str | None:
    """Return a comment of cv.yaml that is not a comment any more, though its `#` is not edited.

    Comments at the offsets `meant` were to be text.
    """
    kept = {comment.start for comment in _comments(after)}
    for comment in _comments(before):
        source, start = comment.source, comment.start
        is_edited = start in meant or ranges.cuts(source.span(start, start + 1))
        behind_mark = ranges.place(source.span(start + 1, start + 1))
        if not is_edited and behind_mark and behind_mark.start - 1 not in kept:
            return comment.text.rstrip()
    return None


def _comments(root: Node) -> Iterator[Span]:
    source = root.span.source if root.span else Source("", "")
    for gap in _gaps(source, yaml_texts(source, root)):
        for match in _COMMENT.finditer(source.text, *gap):
            yield source.span(*match.span())


def yaml_parts(
    root: Node, ranges: EditedRanges, edited: Collection[FileRange] = ()
) -> list[FilePart]:
    """Return the keys and texts of a tree in which no edits are.

    In the tree after edits, parts of what were `edited` texts are left out too.
    """

    def is_edited(span: Span | None) -> bool:
        place = ranges.place(span) if edited else None
        return ranges.touches(span) or (place is not None and any(e.holds(place) for e in edited))

    parts: list[FilePart] = []
    _add_parts(parts, root, is_edited, ())
    return parts


def edited_texts(root: Node, ranges: EditedRanges) -> list[FileRange]:
    """Return the places, after edits, of the keys and texts in which edits are."""
    spans = (node.span for node in all_nodes(root) if isinstance(node, Scalar))
    places = (ranges.place(span) for span in spans if ranges.touches(span))
    return [place for place in places if place is not None and place.start < place.end]


def _add_parts(
    parts: list[FilePart],
    node: Node,
    is_edited: Callable[[Span | None], bool],
    path: tuple[object, ...],
) -> None:
    """Add the parts of a node; `path` has the keys above it, and the lists and mappings.

    These are known by the number of parts before them, which edits do not change.
    """
    if isinstance(node, Scalar):
        if not node.empty and not is_edited(node.span):
            line = f" in line {node.span.first.line}" if node.span else ""
            why = f"`{node.text}`{line} would be read differently"
            parts.append((why, (path, node.text.value)))
    elif not is_edited(_bracket(node)):
        path = (*path, len(parts))
        for child in node.items if isinstance(node, Sequence) else ():
            _add_parts(parts, child, is_edited, path)
        for pair in node.pairs if isinstance(node, Mapping) else ():
            key = None if is_edited(_key_span(pair)) else pair.key.text.value
            if key is not None:
                _add_parts(parts, pair.key, is_edited, path)
            _add_parts(parts, pair.value, is_edited, (*path, key))


def _key_span(pair: Pair) -> Span | None:
    """Return the span of a key with its colon and the blanks behind it."""
    span = pair.key.span
    colon = _COLON.match(span.source.text, span.end) if span else None
    return span.source.span(span.start, colon.end()) if span and colon else span


def _bracket(node: Mapping | Sequence) -> Span | None:
    """Return the place before a bracket; an edit there may make a text of a list or mapping."""
    at = node.span.start
    return node.span.source.span(at, at) if node.span.text[:1] in ("{", "[") else None


def _gaps(source: Source, texts: Iterable[OffsetRange]) -> Iterator[OffsetRange]:
    position = 0
    for start, end in texts:
        if start > position:
            yield position, start
        position = max(position, end)
    yield position, len(source.text)


def bib_parts(
    project: Project, ranges: EditedRanges, affected: Affected, paths: Collection[str]
) -> list[FilePart]:
    """Return the entries of the .bib files with these paths, and the text beside them."""
    bibliography = project.bibliography
    parts: list[FilePart] = [
        (f"the entry `{key}` would be read differently", (key, record.type, record.values))
        for key, record in bibliography.records.items()
        if key not in affected.keys and record.span.source.path in paths
    ]
    for source in project.sources:
        if source.path in paths:
            why = f"text between the entries of `{source.path}` would be lost"
            parts.append((why, _beside(source, bibliography, ranges)))
    return parts


def _beside(source: Source, bibliography: Bibliography, ranges: EditedRanges) -> list[str]:
    """Return the words of a .bib file outside entries and edits."""
    spans = [record.span for record in bibliography.records.values()]
    spans += [rejected.span for rejected in (*bibliography.rejected, *bibliography.asides)]
    taken = [(span.start, span.end) for span in spans if span.source is source]
    taken += ranges.touching(source.span(0, len(source.text)))
    gaps = (source.text[start:end] for start, end in _gaps(source, sorted(taken)))
    return " ".join(gaps).split()
