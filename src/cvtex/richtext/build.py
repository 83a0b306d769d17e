"""Joins inlines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cvtex.richtext.nodes import Inline, Inlines, Str


def joined(parts: Iterable[Inlines], separator: str = ", ") -> Inlines:
    """Return the parts that are not empty, with a separator between them."""
    result: list[Inline] = []
    for part in parts:
        if part:
            result += [Str(separator), *part] if result else part
    return tuple(result)


def merge_strings(nodes: Sequence[Inline]) -> Inlines:
    """Return the same inlines with neighbouring strings joined."""
    merged: list[Inline] = []
    for node in nodes:
        if isinstance(node, Str) and merged and isinstance(merged[-1], Str):
            merged[-1] = Str(merged[-1].text + node.text)
        else:
            merged.append(node)
    return tuple(merged)
