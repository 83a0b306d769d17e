"""Finds the comments that suppress findings, and the part of the file that each covers.

In cv.yaml such a comment is `# cvtex: ignore[CODE]`, in a .bib file `% cvtex: ignore[CODE]`. It
covers its line, or the next one if it has a line of its own, and everything that starts there: a
text, a list in brackets, a field, an entry. After the end of one of these it covers all of it.
Words after the bracket are the user's reason.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from cvtex.project.project import Project
from cvtex.readers.bibtex.bibliography import BibRecord
from cvtex.readers.bibtex.recovery.extents import BIBTEX, comment_end
from cvtex.readers.bibtex.starts import start_finder
from cvtex.readers.yaml.nodes import Mapping, Node, Scalar, ScalarStyle
from cvtex.source import Source, Span, Text
from cvtex.support.lazy_re import lazy_re

COMMENT = lazy_re(
    r"(?P<space>^[ \t]*|[ \t]+|(?<=[,{}\"])(?=%))(?P<text>[#%][ \t]*cvtex:[ \t]*ignore\b"
    r"(?:[ \t]*\[(?P<codes>[^\]\r\n]*)\])?)(?:(?![ \t][#%])[^\r\n])*",
    re.MULTILINE | re.IGNORECASE,
)
MISPLACED = lazy_re(
    r"(?<=\S)[ \t]+[#%][ \t]*(?!cvtex:)[^\s](?:(?![#%]?[ \t]*cvtex:)[^\r\n]){0,200}[ \t]+"
    r"(?P<text>cvtex:[ \t]*ignore[ \t]*\[[^\]\r\n]*\])",
    re.IGNORECASE,
)
"""A suppression after other words of a comment; a comment on its own line may explain it."""

CALL = "cvtex:"
"""Text that every suppression has in it; files without it need no closer look."""

_CODE = lazy_re(r"[^\s,;]+")
_SAYS_SOMETHING = lazy_re(r"^[ \t]*[^\s#%].*$", re.MULTILINE)

OffsetRange = tuple[int, int]
"""Two offsets: from the first up to the second."""


class Suppression(Struct, frozen=True):
    """One code in a comment, and the part of the file that it covers.

    `comment` is the comment with its reason and the blanks before it. One that names no rule, or
    that is misplaced, has an empty `code`.
    """

    code: str
    span: Span
    comment: Span
    start: int
    end: int

    @property
    def is_misplaced(self) -> bool:
        """Return whether it comes after other words of a comment."""
        return self.span.text.lower().startswith(CALL)


class _CommentPlaces(Struct, frozen=True, dict=True):
    """The places of texts, in which there are no comments, and of all that a comment may cover."""

    source: Source
    texts: list[OffsetRange]
    parts: list[OffsetRange]

    @cached_property
    def _by_end(self) -> list[OffsetRange]:
        return sorted((end, start) for start, end in self.parts)

    def comments(self) -> Iterator[re.Match[str]]:
        """Yield the comments that suppress findings."""
        return self._outside_texts(COMMENT)

    def misplaced(self) -> Iterator[re.Match[str]]:
        """Yield suppressions that are not at the beginning of their comment."""
        return self._outside_texts(MISPLACED)

    def _outside_texts(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        for match in pattern.finditer(self.source.text):
            before = bisect_right(self.texts, (match.start("text"), len(self.source.text))) - 1
            if before < 0 or match.start("text") >= self.texts[before][1]:
                yield match

    def covered(self, comment: re.Match[str]) -> OffsetRange:
        """Return the range that a comment covers."""
        line = self.source.position(comment.start("text")).line
        start = self.source.offset(line)
        if comment.start("space") == start:
            following = _SAYS_SOMETHING.search(self.source.text, self.source.offset(line + 1))
            return self._with_starting_parts(following.span() if following else comment.span())
        first, end = self._with_starting_parts((start, start + len(self.source.line(line))))
        low, high = (bisect_right(self._by_end, (at, first)) for at in (start, comment.end()))
        return min([first, *(begin for _, begin in self._by_end[low:high])]), end

    def _with_starting_parts(self, line: OffsetRange) -> OffsetRange:
        first, last = (bisect_left(self.parts, (at, 0)) for at in line)
        return line[0], max([line[1], *(stop for _, stop in self.parts[first:last])])


def find_suppressions(project: Project) -> tuple[Suppression, ...]:
    """Return every suppression in the files of a project, in their order."""
    spoken = [source for source in project.sources if CALL in source.text.lower()]
    layouts = (_layout(source, project) for source in spoken)
    return tuple(one for layout in layouts for one in _suppressions(layout))


def _layout(source: Source, project: Project) -> _CommentPlaces:
    if source is project.root.span.source:
        return _yaml_layout(source, project.root)
    return _bib_layout(source, project.bibliography.records.values())


def _suppressions(layout: _CommentPlaces) -> Iterator[Suppression]:
    source = layout.source
    for match in layout.comments():
        comment, covered = source.span(*match.span()), layout.covered(match)
        codes = _CODE.finditer(source.text, *match.span("codes")) if match["codes"] else ()
        places = [code.span() for code in codes]
        for place in places or [match.span("text")]:
            code = source.text[slice(*place)] if places else ""
            yield Suppression(code, source.span(*place), comment, *covered)
    for match in layout.misplaced():
        text = source.span(*match.span("text"))
        yield Suppression("", text, text, text.start, text.end)


def _yaml_layout(source: Source, root: Node) -> _CommentPlaces:
    nodes = [node for node in all_nodes(root) if node.span and node.span.source is source]
    texts = [node for node in nodes if isinstance(node, Scalar)]
    brackets = [n for n in nodes if n.span and source.text[n.span.start : n.span.start + 1] in "[{"]
    return _CommentPlaces(source, yaml_texts(source, root), _offset_ranges([*texts, *brackets]))


def yaml_texts(source: Source, root: Node) -> list[OffsetRange]:
    """Return the places of the keys and values of cv.yaml, in which there are no comments."""
    texts = [(node.span, node.style) for node in all_nodes(root) if isinstance(node, Scalar)]
    return sorted(_content(span, style) for span, style in texts if span and span.source is source)


def _content(span: Span, style: ScalarStyle) -> OffsetRange:
    """Return the place of a text; after the `|` or `>` of a block there may be a comment."""
    is_block = style in ("literal", "folded")
    start = span.source.offset(span.first.line + 1) if is_block else span.start
    return start, max(start, span.end)


def all_nodes(node: Node) -> Iterator[Node]:
    """Yield a node and everything in it, keys too."""
    yield node
    if isinstance(node, Mapping):
        for pair in node.pairs:
            yield pair.key
            yield from all_nodes(pair.value)
    elif not isinstance(node, Scalar):
        for child in node.items:
            yield from all_nodes(child)


def _bib_layout(source: Source, records: Iterable[BibRecord]) -> _CommentPlaces:
    here = [record for record in records if record.span.source is source]
    values = [value for record in here for value in record.values.values()]
    own = [value for value in values if value.span and value.span.source is source]
    texts = sorted([*_offset_ranges(own), *_bib_comments(source, here)])
    return _CommentPlaces(source, texts, _offset_ranges([*own, *here]))


def _bib_comments(source: Source, here: Iterable[BibRecord]) -> Iterator[OffsetRange]:
    """Yield the contents of `@comment{...}`, in which nothing is a suppression."""
    ends = {record.span.start: record.span.end for record in here}
    starts, position = start_finder(source.text), 0
    while block := starts.find(position):
        position = ends.get(block.start, block.body)
        if block.type == "comment":
            position = comment_end(source.text, block, BIBTEX) or block.body
            yield block.body, position


def _offset_ranges(parts: Iterable[Node | BibRecord | Text]) -> list[OffsetRange]:
    spans = (part.span for part in parts)
    return sorted({(span.start, span.end) for span in spans if span is not None})
