"""Writes the document tree as JSON; docs/tree.md describes it, `cvtex schema --document` too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import PurePath
from typing import Any

from msgspec import Struct

from cvtex.dates.edtf import edtf
from cvtex.dates.partial_date import DateRange, PartialDate
from cvtex.diagnostics.diagnostic import Sink
from cvtex.document.nodes import Document
from cvtex.source import Span
from cvtex.writers.draft import Draft, Means, Output

VERSION = 1
"""The version of the format; it counts up when a key goes or means something else."""

TAG = "t"
"""The key under which every node has the name of its type."""

OMITTED = frozenset({"places", "number"})
"""Fields of records that are about the .bib file, not about the work."""


def write(draft: Draft, _sink: Sink, _means: Means) -> Output:
    """Return the document tree of a CV as JSON."""
    tree = {"cvtex": VERSION, **tree_object(draft.lowered.document)}
    return Output((json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode())


def tree_object(document: Document) -> dict[str, Any]:
    """Return the document tree as objects, lists and texts, in the shape of `schema.py`."""
    return _node(document)


def _node(node: Struct) -> dict[str, Any]:
    names = (name for name in node.__struct_fields__ if name not in OMITTED)
    return {TAG: type(node).__name__, **{name: _value(getattr(node, name)) for name in names}}


def _value(value: object) -> Any:  # noqa: ANN401  # any JSON
    match value:
        case Enum():
            return value.value
        case PartialDate() | DateRange():
            return edtf(value)
        case Span():
            return _place(value)
        case Struct():
            return _node(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_value(part) for part in value]
        case Mapping():
            return {key: _value(part) for key, part in value.items()}
    return value


def _place(span: Span) -> dict[str, Any]:
    """Return a place by the name of its file, with lines and columns from 1."""
    first, last = span.first, span.last
    return {
        "file": PurePath(span.source.path).name,
        "line": first.line,
        "column": first.column,
        "end_line": last.line,
        "end_column": last.column,
    }
