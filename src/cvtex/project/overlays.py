"""What stands over cv.yaml: a variant, and the options of the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cvtex.diagnostics.hints import did_you_mean
from cvtex.diagnostics.usage import UsageError
from cvtex.source import Offsets, Source, Text
from cvtex.yaml_reader.nodes import Mapping, overlay, with_value

CUT_KEYS = frozenset({"sections", "include", "exclude"})
"""The keys of a variant that say what is printed; every other one overrides the CV's own."""


@dataclass(frozen=True)
class Overrides:
    """What the command line asks for: a variant, a language, and values for dotted keys."""

    variant: str | None = None
    language: str | None = None
    values: tuple[tuple[str, str], ...] = ()


def overlaid(root: Mapping, overrides: Overrides) -> Mapping:
    """The CV under a variant and values; raises `UsageError` when there is no such variant."""
    if overrides.variant is not None:
        root = with_variant(root, _named_variant(root, overrides.variant))
    return _with_values(root, overrides.values)


def variants(root: Mapping) -> dict[str, Mapping]:
    """The variants of a CV by their names."""
    pair = root.find("variants")
    if pair is None or not isinstance(pair.value, Mapping):
        return {}
    return {p.key.text.value: p.value for p in pair.value.pairs if isinstance(p.value, Mapping)}


def with_variant(root: Mapping, variant: Mapping) -> Mapping:
    """The CV with the keys that a variant overrides."""
    pairs = tuple(pair for pair in variant.pairs if pair.key.text.value not in CUT_KEYS)
    return overlay(root, Mapping(pairs, variant.span))


def _named_variant(root: Mapping, name: str) -> Mapping:
    known = variants(root)
    if name not in known:
        there = "there is: " + ", ".join(known) if known else "add it under `variants:`"
        raise UsageError(f"the CV has no variant `{name}`", did_you_mean(name, known) or there)
    return known[name]


def _with_values(root: Mapping, values: Iterable[tuple[str, str]]) -> Mapping:
    """The CV with values set by dotted keys, each from a source that reads `key=value`."""
    for key, value in values:
        written = f"{key}={value}"
        source = Source("command line", written)
        start = len(key) + 1
        text = Text(value, source.span(start, len(written)), _counting_from(start, len(written)))
        root = overlay(root, with_value(tuple(key.split(".")), text))
    return root


def _counting_from(start: int, stop: int) -> Offsets:
    return lambda: range(start, stop)
