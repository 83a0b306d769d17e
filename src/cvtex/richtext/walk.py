"""Visits every inline of a text, however deeply nested."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, get_args

from cvtex.richtext.nodes import (
    Emph,
    Inline,
    Inlines,
    Link,
    NoBreak,
    Owner,
    Reference,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
)

Branch: TypeAlias = (
    Emph | Strong | SmallCaps | Superscript | Subscript | NoBreak | Link | Reference | Owner
)
"""The inlines that contain others."""

BRANCHES = get_args(Branch)


def walk(inlines: Inlines) -> Iterator[Inline]:
    """Yield each inline, before those inside it, in the order of the text."""
    for inline in inlines:
        yield inline
        if isinstance(inline, BRANCHES):
            yield from walk(inline.children)
