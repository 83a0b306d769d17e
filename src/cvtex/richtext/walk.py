"""Visits every inline of a text, however deeply nested."""

from __future__ import annotations

from collections.abc import Iterator

from cvtex.richtext.nodes import BRANCHES, Inline, Inlines


def walk(inlines: Inlines) -> Iterator[Inline]:
    """Yield each inline, before those inside it, in the order of the text."""
    for inline in inlines:
        yield inline
        if isinstance(inline, BRANCHES):
            yield from walk(inline.children)
