"""The JSON Schema of the document tree, made from the types of its nodes."""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from cvtex.dates.partial_date import DateRange, PartialDate
from cvtex.document.nodes import Document
from cvtex.source import Span
from cvtex.writers.json.write import OMITTED, TAG, VERSION

NUMBER = {"type": "integer"}
PLACE = {
    "type": "object",
    "description": "A place in a file of the user; lines and columns count from 1.",
    "properties": {
        "file": {"type": "string"},
        **dict.fromkeys(("line", "column", "end_line", "end_column"), NUMBER),
    },
    "required": ["file", "line", "column", "end_line", "end_column"],
    "additionalProperties": False,
}
DATE = {"type": "string", "description": "A date, a range or a term in the notation of cv.yaml."}

PLAIN: Mapping[object, dict[str, Any]] = {
    str: {"type": "string"},
    int: NUMBER,
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    date: {"type": "string", "format": "date"},
    Span: {"$ref": "#/$defs/Place"},
    PartialDate: DATE,
    DateRange: DATE,
}


def document_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what `cvtex build --to json` writes."""
    definitions: dict[str, Any] = {"Place": PLACE}
    _define(Document, definitions)
    whole = definitions.pop("Document")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The document tree of cvtex",
        **whole,
        "properties": {"cvtex": {"const": VERSION}, **whole["properties"]},
        "required": ["cvtex", *whole["required"]],
        "$defs": dict(sorted(definitions.items())),
    }


def _define(node: type[Struct], definitions: dict[str, Any]) -> None:
    """Add the definition of a node, and of all that it holds."""
    definitions[node.__name__] = {}  # a node may hold others of its kind
    hints = {n: hint for n, hint in get_type_hints(node).items() if n not in OMITTED}
    shapes = {name: _shape(hint, definitions) for name, hint in hints.items()}
    definitions[node.__name__] = {
        "type": "object",
        "description": (node.__doc__ or "").partition("\n")[0],
        "properties": {TAG: {"const": node.__name__}, **shapes},
        "required": [TAG, *shapes],
        "additionalProperties": False,
    }


def _shape(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401  # any type
    if hint in PLAIN:
        return dict(PLAIN[hint])
    arguments = get_args(hint)
    match get_origin(hint):
        case kind if kind in (types.UnionType, Union):
            return _one_of([_shape(one, definitions) for one in arguments])
        case kind if kind is tuple:
            return {"type": "array", "items": _shape(arguments[0], definitions)}
        case kind if kind is Literal:
            return {"enum": list(arguments)}
        case kind if kind is not None and issubclass(kind, Mapping):
            return {"type": "object", "additionalProperties": _shape(arguments[1], definitions)}
    if issubclass(hint, Enum):
        return {"enum": [member.value for member in hint]}
    if hint.__name__ not in definitions:
        _define(hint, definitions)
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _one_of(shapes: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a choice of shapes, each named once; dates of both kinds look alike."""
    distinct = [shape for i, shape in enumerate(shapes) if shape not in shapes[:i]]
    return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}
