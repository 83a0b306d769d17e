"""Prunes the faulty values of a CV, so that later stages can report their findings at once."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from cvtex.readers.yaml.nodes import PlainValue
from cvtex.schema.cv import CV
from cvtex.source import Text

MOST_ROUNDS = 5
"""The most rounds of pruning: without one faulty value, another error may appear."""

_GONE = Text("\0")


def pruned(value: PlainValue, error: ValidationError) -> CV | None:
    """Return the CV without its faulty values, and without entries that lack a key."""
    for _ in range(MOST_ROUNDS):
        for fault in error.errors(include_url=False):
            _cut_out(value, fault["loc"])
        value = _without_gone(value)
        if not isinstance(value, dict):
            return None
        value = {"name": Text("?"), "sections": [], **value}
        try:
            return CV.model_validate(value)
        except ValidationError as next_error:
            error = next_error
    return None


def _cut_out(value: Any, path: tuple[str | int, ...]) -> None:  # noqa: ANN401  # list or dict
    """Mark the deepest value on the path, or the mapping that lacks a key."""
    for i, step in enumerate(path):
        if _has(value, step):
            if not any(_has(value[step], further) for further in path[i + 1 :]):
                value[step] = _GONE
            value = value[step]


def _has(value: object, step: str | int) -> bool:
    """Return whether a step can be followed into a value; the tag of a union cannot."""
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and step < len(value)


def _without_gone(value: PlainValue) -> PlainValue:
    if isinstance(value, dict):
        return {key: _without_gone(v) for key, v in value.items() if v is not _GONE}
    if isinstance(value, list):
        return [_without_gone(v) for v in value if v is not _GONE]
    return value
