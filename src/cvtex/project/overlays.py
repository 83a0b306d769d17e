"""Applies a variant and the options of the command line to cv.yaml."""

from __future__ import annotations

from collections.abc import Iterable

from cvtex.diagnostics.hints import did_you_mean
from cvtex.diagnostics.usage import UsageError
from cvtex.project.overrides import Overrides
from cvtex.readers.yaml.nodes import Mapping, Node, Scalar, Sequence, overlay, with_value
from cvtex.schema.scalars import LANGUAGE_TAG
from cvtex.source import Runs, Source, Span, Text
from cvtex.support.lazy_re import lazy_re

FILTER_KEYS = frozenset({"sections", "include", "exclude"})
"""The keys of a variant that select what is printed; every other one overrides that of the CV."""

_ITEM = lazy_re(r"[^\[\],\s](?:[^\[\],]*[^\[\],\s])?")


def overlaid(root: Mapping, overrides: Overrides) -> Mapping:
    """Return the CV with a variant and values applied; raises `UsageError` for unknown ones."""
    if overrides.language is not None and not LANGUAGE_TAG.fullmatch(overrides.language):
        hint = "write a BCP 47 tag such as `de` or `pt-BR`"
        raise UsageError(f"`{overrides.language}` is not a language tag", hint)
    if overrides.variant is not None:
        root = with_variant(root, _named_variant(root, overrides.variant))
    return _with_values(root, overrides.values)


def variants(root: Mapping) -> dict[str, Mapping]:
    """Return the variants of a CV by their names."""
    pair = root.find("variants")
    if pair is None or not isinstance(pair.value, Mapping):
        return {}
    return {p.key.text.value: p.value for p in pair.value.pairs if isinstance(p.value, Mapping)}


def with_variant(root: Mapping, variant: Mapping) -> Mapping:
    """Return the CV with the keys that a variant overrides."""
    pairs = tuple(pair for pair in variant.pairs if pair.key.text.value not in FILTER_KEYS)
    return overlay(root, Mapping(pairs, variant.span))


def _named_variant(root: Mapping, name: str) -> Mapping:
    known = variants(root)
    if name not in known:
        there = "there is: " + ", ".join(known) if known else "add it under `variants:`"
        raise UsageError(f"the CV has no variant `{name}`", did_you_mean(name, known) or there)
    return known[name]


def _with_values(root: Mapping, values: Iterable[tuple[str, str]]) -> Mapping:
    """Return the CV with values set by dotted keys, each from a source that reads `key=value`."""
    for key, value in values:
        source = Source("command line", f"{key}={value}")
        start, stop = len(key) + 1, len(source.text)
        text = Text(value, source.span(start, stop), Runs(((start, stop, stop - start),)))
        key_span = source.span(0, len(key))
        changed = with_value(root, key.split("."), _value(text, source.span(start, stop)), key_span)
        root = changed if isinstance(changed, Mapping) else root
    return root


def _value(text: Text, span: Span) -> Node:
    """Return the value of an option: a text, or a list of texts if it is written `[a, b]`."""
    if not (text.value.startswith("[") and text.value.endswith("]")):
        return Scalar(text, "plain")
    items = (m.span() for m in _ITEM.finditer(text.value))
    return Sequence(tuple(Scalar(text.slice(*item), "plain") for item in items), span)
