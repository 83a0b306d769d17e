"""Reports the errors of pydantic as findings at their place in the user's file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Fix, Rule, Safety, Sink
from cvtex.diagnostics.fixes import write_instead
from cvtex.diagnostics.hints import did_you_mean, meant
from cvtex.readers.yaml.nodes import Node, keys_at, locate, locate_key
from cvtex.schema.cv import CV
from cvtex.schema.sections import SECTION_KINDS
from cvtex.source import Span, Text

ErrorPath = Sequence[str | int]


def report_faults(error: ValidationError, root: Node, sink: Sink) -> None:
    """Report every error of validation at its place."""
    for fault in error.errors(include_url=False):
        _report(fault, root, sink)


def missing_keys(error: ValidationError, root: Node) -> Iterator[tuple[Span | None, str]]:
    """Yield the missing keys, each with the place of the mapping that should have it."""
    for fault in error.errors(include_url=False):
        if fault["type"] == "missing":
            yield locate(root, fault["loc"][:-1]), str(fault["loc"][-1])
        elif fault["type"] == "union_tag_invalid":
            yield locate(root, fault["loc"]), "kind"


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


def _unknown_key(path: ErrorPath, root: Node, sink: Sink) -> None:
    key, known = str(path[-1]), _keys_beside(path)
    span, there = locate_key(root, path), keys_at(root, path[:-1])
    better = meant(key, known)
    sink.add(
        catalogue.UNKNOWN_KEY,
        f"unknown key `{key}`",
        span,
        hint=did_you_mean(key, known) or "known here: " + ", ".join(f"`{k}`" for k in known),
        fix=None if better in there else write_instead(span, key, better, Safety.UNSAFE),
    )


def _missing_key(path: ErrorPath, root: Node, sink: Sink) -> None:
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
        is_section = isinstance(section, Mapping)
        sink.add(
            catalogue.MISSING_KEY,
            "the key `kind` is missing"
            if is_section
            else f"a section is a mapping with a `kind`, and this is {_shape(section)}",
            _head(locate(root, fault["loc"])),
            hint="add `kind: ...`, one of " + ", ".join(SECTION_KINDS),
        )
        return
    if not isinstance(kind, Text):
        place = _head(locate(root, [*fault["loc"], "kind"]))
        hint = "write one of " + ", ".join(SECTION_KINDS)
        sink.add(catalogue.WRONG_TYPE, f"expected text, found {_shape(kind)}", place, hint=hint)
        return
    sink.add(
        catalogue.INVALID_VALUE,
        f"unknown kind of section `{kind}`",
        kind.span,
        hint=did_you_mean(kind.value, SECTION_KINDS) or "one of " + ", ".join(SECTION_KINDS),
        fix=write_instead(kind.span, kind.value, meant(kind.value, SECTION_KINDS), Safety.UNSAFE),
    )


def _unknown_choice(fault: ErrorDetails, root: Node, sink: Sink) -> None:
    choices = [choice.strip("'") for choice in _choices(fault["ctx"]["expected"])]
    value, span = str(fault["input"]), locate(root, fault["loc"])
    sink.add(
        catalogue.INVALID_VALUE,
        f"`{value}` is not one of the choices for `{_name(fault['loc'])}`",
        span,
        hint=did_you_mean(value, choices) or _one_of(choices),
        fix=write_instead(span, value, meant(value, choices), Safety.UNSAFE),
    )


def _one_of(choices: list[str]) -> str:
    return "one of " + ", ".join(choices) if len(choices) > 1 else f"write `{choices[0]}`"


def _choices(expected: str) -> list[str]:
    """Return the choices in pydantic's "'a', 'b' or 'c'"."""
    return [part for half in expected.split(" or ") for part in half.split(", ")]


def _value(rule: Rule, fault: ErrorDetails, root: Node, sink: Sink) -> None:
    context: dict[str, Any] = fault.get("ctx", {})
    span = locate(root, [*fault["loc"], *([context["key"]] if "key" in context else [])])
    value = fault["input"]
    if fault["loc"][-1] == "[key]":
        span = locate_key(root, fault["loc"])
    elif isinstance(value, Text):
        span = value.place(context.get("start", 0), context.get("end", len(value.value)))
    place, hint = span or locate(root, fault["loc"]), context.get("hint")
    sink.add(rule, fault["msg"], place, hint=hint, fix=_rewritten(value, context))


def _rewritten(value: object, context: Mapping[str, Any]) -> Fix | None:
    """Return a fix that writes the value that is meant, if the fault knows it."""
    if not isinstance(value, Text) or context.get("meant") is None:
        return None
    return write_instead(value.span, value.value, context["meant"], context["safety"])


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
        "a mapping": "write `key: value` lines below it" + _known_in(fault),
    }.get(expected or "")
    message = f"expected {expected}, found {found}" if expected else fault["msg"]
    sink.add(catalogue.WRONG_TYPE, message, _head(locate(root, fault["loc"])), hint=hint)


def _known_in(fault: ErrorDetails) -> str:
    """Return the keys that a mapping may have, unless the user chooses them."""
    if fault["type"] == "dict_type":
        return ""
    return "; known here: " + ", ".join(f"`{key}`" for key in _keys_beside((*fault["loc"], "")))


def _shape(value: object) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    return "a list" if isinstance(value, list | tuple) else f"the text `{value}`"


def _name(path: ErrorPath) -> str:
    return next((str(part) for part in reversed(path) if isinstance(part, str)), "")


def _head(span: Span | None) -> Span | None:
    """Return the first line of a span, so that a whole block is not underlined."""
    if span is None:
        return None
    end = span.source.offset(span.first.line) + len(span.source.line(span.first.line))
    return Span(span.source, span.start, min(span.end, max(end, span.start)))


def _keys_beside(path: ErrorPath) -> list[str]:
    """Return the keys that the schema allows at the end of a path."""
    models: list[type[BaseModel]] = [CV]
    for step in path[:-1]:
        models = [found for model in models for found in _below(model, step)] or models
    return [f.alias or name for model in models for name, f in model.model_fields.items()]


def _below(model: type[BaseModel], step: str | int) -> list[type[BaseModel]]:
    """Return the models under one step of a path: a field, or the tag of a section."""
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
