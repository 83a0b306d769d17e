"""Places in the tree of cv.yaml, and edits that delete its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvtex.diagnostics.diagnostic import Edit
from cvtex.project.project import Project
from cvtex.readers.yaml.nodes import Mapping, Node, Pair, Scalar, Sequence, children, locate_key
from cvtex.source import Span
from cvtex.support.lazy_re import lazy_re

_PLAIN_COLON = lazy_re(r":[ \t]+")
_COMMA = lazy_re(r"\s*,\s*")
_INDENT = lazy_re(r"[ \t]*")
_DASH = lazy_re(r"[ \t]*-[ \t]+")


def key_place(project: Project, *path: str) -> Span | None:
    """Return the place of the last key of a path."""
    return locate_key(project.root, path)


def without_pair(mapping: Node | None, key: str) -> Edit | None:
    """Return the edit that deletes a key, its value and their line; none if more is on the line."""
    pair = mapping.find(key) if isinstance(mapping, Mapping) else None
    if pair is None or not isinstance(mapping, Mapping) or _is_flow(mapping):
        return None
    own = _own_lines(pair.key.span, _end(pair.value), _INDENT) if _follows(pair) else None
    if own is None:
        return None
    source, last = own.source, own.last.line
    return Edit(Span(source, own.start, source.offset(last + 1)), "")


def without_item(root: Node, place: Span) -> Edit | None:
    """Return the edit that deletes the innermost list item at a place, if it is not the first."""
    found = list(_lists_at(root, place))
    if not found or found[-1][1] == 0:
        return None
    sequence, index = found[-1]
    before, item = sequence.items[index - 1 : index + 1]
    return _from_flow(before, item) if _is_flow(sequence) else _from_block(item)


def _from_flow(before: Node, item: Node) -> Edit | None:
    """Return the edit that deletes an item with the comma before it."""
    first, start, end = _end(before), item.span, _end(item)
    if first is None or start is None or end is None:
        return None
    if not _COMMA.fullmatch(start.source.text, first.end, start.start):
        return None
    return Edit(Span(start.source, first.end, end.end), "")


def _from_block(item: Node) -> Edit | None:
    """Return the edit that deletes the lines of an item, from the end of the line before."""
    own = _own_lines(item.span, _end(item), _DASH)
    if own is None:
        return None
    source, line = own.source, own.first.line - 1
    return Edit(Span(source, source.offset(line) + len(source.line(line)), own.end), "")


def _lists_at(node: Node, place: Span) -> Iterator[tuple[Sequence, int]]:
    """Yield the lists around a place, outermost first, each with the index of the item there."""
    if isinstance(node, Scalar) or not _covers(node, place):
        return
    for index, inner in enumerate(children(node)):
        if _covers(inner, place):
            if isinstance(node, Sequence):
                yield node, index
            yield from _lists_at(inner, place)


def _covers(node: Node, place: Span) -> bool:
    span = node.span
    return (
        span is not None
        and span.source is place.source
        and span.start <= place.start
        and place.end <= span.end
    )


def _is_flow(node: Mapping | Sequence) -> bool:
    return node.span.source.text[node.span.start : node.span.start + 1] in ("{", "[")


def _follows(pair: Pair) -> bool:
    """Return whether a value follows its key on the line, without anchor, tag or alias."""
    key, value = pair.key.span, pair.value.span
    if key is None or value is None or value.source is not key.source:
        return False
    return _PLAIN_COLON.fullmatch(key.source.text, key.end, value.start) is not None


def _end(node: Node) -> Span | None:
    """Return the span of the last scalar or bracket in a node; a block's own span is too long."""
    if isinstance(node, Scalar) or _is_flow(node):
        return node.span
    inside = children(node)
    return _end(inside[-1]) if inside else None


def _own_lines(first: Span | None, last: Span | None, lead: re.Pattern[str]) -> Span | None:
    """Return the span of whole lines from `first` to `last`, if nothing else is on them."""
    if first is None or last is None or last.source is not first.source:
        return None
    source = first.source
    ink = source.span(last.start, last.start + len(last.text.rstrip()))
    start, rest = source.offset(first.first.line), source.line(ink.last.line)
    if rest[ink.last.column - 1 :].strip() or not lead.fullmatch(source.text, start, first.start):
        return None
    return source.span(start, source.offset(ink.last.line) + len(rest))
