"""The nodes of a YAML file: finding one by its path, and overlaying one mapping on another."""

from __future__ import annotations

from collections import abc
from typing import Literal, NamedTuple, TypeAlias, Union

from msgspec import Struct

from cvtex.source import Span, Text

ScalarStyle: TypeAlias = Literal["plain", "single", "double", "literal", "folded"]
PlainValue: TypeAlias = Union["dict[str, PlainValue]", "list[PlainValue]", Text, None]
Path: TypeAlias = abc.Sequence[str | int]


class Scalar(Struct, frozen=True):
    """One text; its span covers the quotes or the block header, and no trailing blank lines."""

    text: Text
    style: ScalarStyle

    @property
    def span(self) -> Span | None:
        """The place of the text, quotes included."""
        return self.text.span

    @property
    def empty(self) -> bool:
        """Return whether the value is missing, as after `key:`."""
        return self.style == "plain" and not self.text.value


class Sequence(Struct, frozen=True):
    """A list."""

    items: tuple[Node, ...]
    span: Span


class Pair(Struct, frozen=True):
    """A key of a mapping with its value."""

    key: Scalar
    value: Node


class Mapping(Struct, frozen=True):
    """Pairs in the order of the file; no two have the same key."""

    pairs: tuple[Pair, ...]
    span: Span

    def find(self, key: str) -> Pair | None:
        """Return the pair with this key."""
        return next((pair for pair in self.pairs if pair.key.text.value == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping


def plain(node: Node) -> PlainValue:
    """Return a node as dict, list and `Text`, or None if missing; `~` and `NO` are text."""
    if isinstance(node, Scalar):
        return None if node.empty else node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {pair.key.text.value: plain(pair.value) for pair in node.pairs}


def scalars(node: Node) -> abc.Iterator[Scalar]:
    """Yield every text in a tree that is not a key."""
    if isinstance(node, Scalar):
        yield node
    else:
        for inner in children(node):
            yield from scalars(inner)


def children(node: Mapping | Sequence) -> tuple[Node, ...]:
    """Return the values of a mapping, or the items of a list."""
    return tuple(p.value for p in node.pairs) if isinstance(node, Mapping) else node.items


def child(node: Node | None, key: str) -> Node | None:
    """Return the value of a key, or None if the node does not have the key."""
    pair = node.find(key) if isinstance(node, Mapping) else None
    return pair.value if pair is not None else None


def listed(node: Node | None) -> tuple[Node, ...]:
    """Return the items of a list; a text counts as a list of one."""
    if isinstance(node, Sequence):
        return node.items
    return (node,) if isinstance(node, Scalar) else ()


class _PathStep(NamedTuple):
    """One element of a path that was followed; the step into a list has no key."""

    key: Scalar | None
    node: Node


def locate(node: Node, path: Path) -> Span | None:
    """Return the span of the deepest node on the path, or of its key if the value is missing.

    The path is the `loc` of a pydantic error: elements that cannot be followed, such as the tag
    of a union, are skipped.
    """
    steps = _follow(node, path)
    if not steps:
        return node.span
    key, reached = steps[-1]
    if key is not None and isinstance(reached, Scalar) and reached.empty:
        return key.span
    return reached.span


def locate_key(node: Node, path: Path) -> Span | None:
    """Return the span of the last key on the path; None when no key of it could be followed."""
    keys = [step.key for step in _follow(node, path) if step.key is not None]
    return keys[-1].span if keys else None


def keys_at(node: Node, path: Path) -> frozenset[str]:
    """Return the keys of the mapping at the end of a path."""
    steps = _follow(node, path)
    end = steps[-1].node if steps else node
    pairs = end.pairs if isinstance(end, Mapping) else ()
    return frozenset(pair.key.text.value for pair in pairs)


def _follow(node: Node, path: Path) -> list[_PathStep]:
    """Return the longest way down; of two equally long ones, the one that uses earlier elements."""
    for index, element in enumerate(path):
        step = _step(node, element)
        if step is not None:
            taken = [step, *_follow(step.node, path[index + 1 :])]
            left = _follow(node, path[index + 1 :])
            return taken if len(taken) >= len(left) else left
    return []


def _step(node: Node, element: str | int) -> _PathStep | None:
    if isinstance(node, Mapping) and isinstance(element, str):
        pair = node.find(element)
        return _PathStep(pair.key, pair.value) if pair else None
    if isinstance(node, Sequence) and isinstance(element, int) and 0 <= element < len(node.items):
        return _PathStep(None, node.items[element])
    return None


def overlay(base: Mapping, patch: Mapping) -> Mapping:
    """Return the base with the patch applied.

    Mappings merge key by key; lists and texts are replaced as a whole. Keys keep the order of
    the base, new ones follow in the order of the patch.
    """
    patches = {pair.key.text.value: pair for pair in patch.pairs}
    merged = [_merged(pair, patches.pop(pair.key.text.value, None)) for pair in base.pairs]
    return Mapping((*merged, *patches.values()), base.span)


def _merged(pair: Pair, patch: Pair | None) -> Pair:
    if patch is None:
        return pair
    if isinstance(pair.value, Mapping) and isinstance(patch.value, Mapping):
        return Pair(pair.key, overlay(pair.value, patch.value))
    return patch


def with_value(node: Node | None, path: abc.Sequence[str], value: Node, span: Span) -> Node:
    """Return the node with a value set at a path, as for `theme.color=red` or `sections.0.title=X`.

    A step is a key, or in a list the number of an item, from 0. Missing keys are added; their
    place is `span`.
    """
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(node, Sequence) and step.isdigit() and int(step) < len(node.items):
        items = list(node.items)
        items[int(step)] = with_value(items[int(step)], rest, value, span)
        return Sequence(tuple(items), node.span)
    pair = node.find(step) if isinstance(node, Mapping) else None
    key = pair.key if pair else Scalar(Text(step, span), "plain")
    inner = with_value(pair.value if pair else None, rest, value, span)
    patch = Mapping((Pair(key, inner),), span)
    return overlay(node, patch) if isinstance(node, Mapping) else patch
