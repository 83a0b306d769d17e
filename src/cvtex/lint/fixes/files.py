"""Lists the parts of files that edits must not change: what is read from them, and comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import zip_longest

from cvtex.diagnostics.diagnostic import Sink
from cvtex.lint.comments import yaml_texts
from cvtex.lint.fixes.affected import Affected
from cvtex.lint.fixes.edited_ranges import EditedRanges, Range
from cvtex.project.project import Project
from cvtex.readers.bibtex.bibliography import Bibliography
from cvtex.readers.yaml.nodes import Mapping, Node, Pair, Scalar, Sequence
from cvtex.readers.yaml.reader import read_yaml
from cvtex.source import Source, Span
from cvtex.support.lazy_re import lazy_re

# Between texts there is nothing else with a `#` but tags and directives.
_COMMENT = lazy_re(r"(?<![\w!:/.-])#[^\r\n]*")
_COLON = lazy_re(r"[ \t]*:[ \t]*")

Part = tuple[str, object]
"""The harm if the part has changed, in words, and the content by which that is seen."""


def changed_part(before: Iterable[Part], after: Iterable[Part]) -> str | None:
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
    """Return a comment of cv.yaml that is lost, though no edit is in it.

    Comments at the offsets `meant` were to be text.
    """
    kept = (c for c in _comments(before) if c.start not in meant and not ranges.cuts(c))
    lost = Counter(c.text.rstrip() for c in kept)
    lost.subtract(c.text.rstrip() for c in _comments(after))
    return next((text for text, times in lost.items() if times > 0), None)


def _comments(root: Node) -> Iterator[Span]:
    source = root.span.source if root.span else Source("", "")
    for gap in _gaps(source, yaml_texts(source, root)):
        for match in _COMMENT.finditer(source.text, *gap):
            yield source.span(*match.span())


def yaml_parts(root: Node, ranges: EditedRanges) -> list[Part]:
    """Return the keys and texts of a tree in which no edits are."""
    parts: list[Part] = []
    _add_parts(parts, root, ranges, ())
    return parts


def _add_parts(
    parts: list[Part], node: Node, ranges: EditedRanges, path: tuple[object, ...]
) -> None:
    """Add the parts of a node; `path` has the keys above it, and the lists and mappings.

    These are known by the number of parts before them, which edits do not change.
    """
    if isinstance(node, Scalar):
        if not node.empty and not ranges.touches(node.span):
            line = f" in line {node.span.first.line}" if node.span else ""
            why = f"`{node.text}`{line} would be read differently"
            parts.append((why, (path, node.text.value)))
    elif not ranges.touches(_bracket(node)):
        path = (*path, len(parts))
        for child in node.items if isinstance(node, Sequence) else ():
            _add_parts(parts, child, ranges, path)
        for pair in node.pairs if isinstance(node, Mapping) else ():
            is_edited = ranges.touches(_key_span(pair))
            if not is_edited:
                _add_parts(parts, pair.key, ranges, path)
            key = None if is_edited else pair.key.text.value
            _add_parts(parts, pair.value, ranges, (*path, key))


def _key_span(pair: Pair) -> Span | None:
    """Return the span of a key with its colon and the blanks behind it."""
    span = pair.key.span
    colon = _COLON.match(span.source.text, span.end) if span else None
    return span.source.span(span.start, colon.end()) if span and colon else span


def _bracket(node: Mapping | Sequence) -> Span | None:
    """Return the place before a bracket; an edit there may make a text of a list or mapping."""
    at = node.span.start
    return node.span.source.span(at, at) if node.span.text[:1] in ("{", "[") else None


def _gaps(source: Source, texts: Iterable[Range]) -> Iterator[Range]:
    position = 0
    for start, end in texts:
        if start > position:
            yield position, start
        position = max(position, end)
    yield position, len(source.text)


def bib_parts(
    project: Project, ranges: EditedRanges, affected: Affected, paths: Collection[str]
) -> list[Part]:
    """Return the entries of the .bib files with these paths, and the text beside them."""
    bibliography = project.bibliography
    parts: list[Part] = [
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
