"""Finds the comments that suppress findings, and what each stands for.

In cv.yaml it is `# cvtex: ignore[CODE]`, in a .bib file `% cvtex: ignore[CODE]`. It stands for its
line, or for the next one where it has a line of its own, and for everything that starts there: a
text, a list in brackets, a field, an entry.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cvtex.bib_reader.record import Record
from cvtex.project.model import Project
from cvtex.source import Source, Span, Text
from cvtex.yaml_reader.nodes import Mapping, Node, Scalar

COMMENT = re.compile(
    r"(?P<space>^[ \t]*|[ \t]+)(?P<text>[#%][ \t]*cvtex:[ \t]*ignore\b"
    r"(?:[ \t]*\[(?P<codes>[^\]\r\n]*)\])?)",
    re.MULTILINE | re.IGNORECASE,
)
_CODE = re.compile(r"[^\s,;]+")
_SAYS_SOMETHING = re.compile(r"^[ \t]*[^\s#%].*$", re.MULTILINE)

Stretch = tuple[int, int]
"""From an offset up to another."""


@dataclass(frozen=True)
class Suppression:
    """One code in a comment, and the stretch of the file for which it stands.

    `comment` covers the comment and the blanks before it; one that names nothing has an empty
    `code`.
    """

    code: str
    span: Span
    comment: Span
    start: int
    end: int


@dataclass(frozen=True)
class _Layout:
    """Where texts stand, in which there are no comments, and what starts on a line, by start."""

    source: Source
    texts: list[Stretch]
    wholes: list[Stretch]

    def comments(self) -> Iterator[re.Match[str]]:
        """The comments that speak to cvtex."""
        for match in COMMENT.finditer(self.source.text):
            before = bisect_right(self.texts, (match.start("text"), len(self.source.text))) - 1
            if before < 0 or match.start("text") >= self.texts[before][1]:
                yield match

    def reach(self, comment: re.Match[str]) -> Stretch:
        """What a comment stands for."""
        start, end = self._line(comment)
        first, last = (bisect_left(self.wholes, (at, 0)) for at in (start, end))
        return start, max([end, *(stop for _, stop in self.wholes[first:last])])

    def _line(self, comment: re.Match[str]) -> Stretch:
        number = self.source.position(comment.start("text")).line
        start = self.source.offset(number)
        if comment.start("space") == start:
            following = _SAYS_SOMETHING.search(self.source.text, self.source.offset(number + 1))
            return following.span() if following else comment.span()
        return start, start + len(self.source.line(number))


def find_suppressions(project: Project) -> tuple[Suppression, ...]:
    """Every suppression in the files of a project, in their order."""
    spoken = [source for source in project.sources if COMMENT.search(source.text)]
    layouts = (_layout(source, project) for source in spoken)
    return tuple(one for layout in layouts for one in _suppressions(layout))


def _layout(source: Source, project: Project) -> _Layout:
    if source is project.root.span.source:
        return _yaml_layout(source, project.root)
    return _bib_layout(source, project.bibliography.records.values())


def _suppressions(layout: _Layout) -> Iterator[Suppression]:
    source = layout.source
    for match in layout.comments():
        comment, reach = source.span(*match.span()), layout.reach(match)
        codes = _CODE.finditer(source.text, *match.span("codes")) if match["codes"] else ()
        places = [code.span() for code in codes]
        for place in places or [match.span("text")]:
            code = source.text[slice(*place)] if places else ""
            yield Suppression(code, source.span(*place), comment, *reach)


def _yaml_layout(source: Source, root: Node) -> _Layout:
    nodes = [node for node in _nodes(root) if node.span and node.span.source is source]
    texts = [node for node in nodes if isinstance(node, Scalar)]
    brackets = [n for n in nodes if n.span and source.text[n.span.start : n.span.start + 1] in "[{"]
    return _Layout(source, _stretches(texts), _stretches([*texts, *brackets]))


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if not isinstance(node, Scalar):
        inside = (p.value for p in node.pairs) if isinstance(node, Mapping) else iter(node.items)
        for child in inside:
            yield from _nodes(child)


def _bib_layout(source: Source, records: Iterable[Record]) -> _Layout:
    here = [record for record in records if record.span.source is source]
    values = [v for record in here for v in record.values.values() if v.span is not None]
    own = [v for v in values if v.span is not None and v.span.source is source]
    return _Layout(source, _stretches(own), _stretches([*own, *here]))


def _stretches(parts: Iterable[Node | Record | Text]) -> list[Stretch]:
    spans = (part.span for part in parts)
    return sorted({(span.start, span.end) for span in spans if span is not None})
