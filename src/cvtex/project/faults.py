"""What pydantic found, as diagnostics at the place in the user's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.hints import did_you_mean
from cvtex.diagnostics.model import Rule, Sink
from cvtex.schema.cv import CV
from cvtex.schema.sections import SECTION_KINDS
from cvtex.source import Span, Text
from cvtex.yaml_reader.nodes import Node, locate, locate_key

Path = Sequence[str | int]


def report_faults(error: ValidationError, root: Node, sink: Sink) -> None:
    """Report every fault that validation found, each at its own place."""
    for fault in error.errors(include_url=False):
        _report(fault, root, sink)


def _report(fault: ErrorDetails, root: Node, sink: Sink) -> None:
    path = fault["loc"]
    match fault["type"]:
        case "extra_forbidden":
            _unknown_key(path, root, sink)
        case "missing":
            _missing_key(path, root, sink)
        case "union_tag_invalid":
            _unknown_kind(fault, root, sink)
        case "literal_error":
            _unknown_choice(fault, root, sink)
        case "invalid_value":
            _value(catalogue.INVALID_VALUE, fault, root, sink)
        case "invalid_date":
            _value(catalogue.INVALID_DATE, fault, root, sink)
        case "reversed_dates":
            _value(catalogue.REVERSED_DATES, fault, root, sink)
        case "wrong_type":
            _value(catalogue.WRONG_TYPE, fault, root, sink)
        case _:
            _wrong_shape(fault, root, sink)


def _unknown_key(path: Path, root: Node, sink: Sink) -> None:
    key, known = str(path[-1]), _keys_beside(path)
    sink.add(
        catalogue.UNKNOWN_KEY,
        f"unknown key `{key}`",
        locate_key(root, path),
        hint=did_you_mean(key, known) or "known here: " + ", ".join(f"`{k}`" for k in known),
    )


def _missing_key(path: Path, root: Node, sink: Sink) -> None:
    sink.add(
        catalogue.MISSING_KEY,
        f"the key `{path[-1]}` is missing",
        _head(locate(root, path[:-1])),
        hint=f"add `{path[-1]}: ...`",
    )


def _unknown_kind(fault: ErrorDetails, root: Node, sink: Sink) -> None:
    section = fault["input"]
    kind = section.get("kind") if isinstance(section, Mapping) else None
    if kind is None:
        found = "`kind`" if isinstance(section, Mapping) else "a section with `kind`"
        sink.add(
            catalogue.MISSING_KEY,
            f"the key {found} is missing",
            _head(locate(root, fault["loc"])),
            hint="add `kind: ...`, one of " + ", ".join(SECTION_KINDS),
        )
        return
    sink.add(
        catalogue.INVALID_VALUE,
        f"unknown kind of section `{kind}`",
        kind.span if isinstance(kind, Text) else locate(root, [*fault["loc"], "kind"]),
        hint=did_you_mean(str(kind), SECTION_KINDS) or "one of " + ", ".join(SECTION_KINDS),
    )


def _unknown_choice(fault: ErrorDetails, root: Node, sink: Sink) -> None:
    choices = [choice.strip("'") for choice in _choices(fault["ctx"]["expected"])]
    value = str(fault["input"])
    sink.add(
        catalogue.INVALID_VALUE,
        f"`{value}` is none of the choices for `{_name(fault['loc'])}`",
        locate(root, fault["loc"]),
        hint=did_you_mean(value, choices) or "one of " + ", ".join(choices),
    )


def _choices(expected: str) -> list[str]:
    """The choices in pydantic's "'a', 'b' or 'c'"."""
    return [part for half in expected.split(" or ") for part in half.split(", ")]


def _value(rule: Rule, fault: ErrorDetails, root: Node, sink: Sink) -> None:
    context: dict[str, Any] = fault.get("ctx", {})
    span = locate(root, [*fault["loc"], *([context["key"]] if "key" in context else [])])
    value = fault["input"]
    if fault["loc"][-1] == "[key]":
        span = locate_key(root, fault["loc"])
    elif isinstance(value, Text):
        span = value.place(context.get("start", 0), context.get("end", len(value.value)))
    sink.add(rule, fault["msg"], span or locate(root, fault["loc"]), hint=context.get("hint"))


_SHAPES = {
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "dict_attributes_type": "a mapping",
}


def _wrong_shape(fault: ErrorDetails, root: Node, sink: Sink) -> None:
    expected = _SHAPES.get(fault["type"])
    found = _shape(fault["input"])
    hint = {
        "a list": "put `- ` before each item on a line of its own, or write `[a, b]`",
        "a mapping": "write `key: value` lines below it",
    }.get(expected or "")
    message = f"expected {expected}, found {found}" if expected else fault["msg"]
    sink.add(catalogue.WRONG_TYPE, message, _head(locate(root, fault["loc"])), hint=hint)


def _shape(value: object) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    return "a list" if isinstance(value, list | tuple) else f"the text `{value}`"


def _name(path: Path) -> str:
    return next((str(part) for part in reversed(path) if isinstance(part, str)), "")


def _head(span: Span | None) -> Span | None:
    """The first line of a span, so that a whole block is not underlined."""
    if span is None:
        return None
    end = span.source.offset(span.first.line) + len(span.source.line(span.first.line))
    return Span(span.source, span.start, min(span.end, max(end, span.start)))


def _keys_beside(path: Path) -> list[str]:
    """The keys that the schema knows where a path ends."""
    models: list[type[BaseModel]] = [CV]
    for step in path[:-1]:
        models = [found for model in models for found in _below(model, step)] or models
    return [f.alias or name for model in models for name, f in model.model_fields.items()]


def _below(model: type[BaseModel], step: str | int) -> list[type[BaseModel]]:
    """The models under one step of a path: a field, or the tag of a section."""
    kind = model.model_fields.get("kind")
    if kind is not None and step in get_args(kind.annotation):
        return [model]
    for name, field in model.model_fields.items():
        if step in (name, field.alias):
            return _models_in(field.annotation)
    return []


def _models_in(annotation: Any) -> list[type[BaseModel]]:  # noqa: ANN401
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]
