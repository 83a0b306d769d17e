"""Validates the node tree of cv.yaml: the typed CV, and every fault of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec import Struct
from pydantic import ValidationError

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Fix, Safety, Sink
from cvtex.diagnostics.fixes import delete_lines, write_instead
from cvtex.diagnostics.hints import did_you_mean, meant
from cvtex.project.faults import missing_keys, report_faults
from cvtex.project.overlays import variants, with_variant
from cvtex.project.prune import pruned
from cvtex.readers.yaml.nodes import Mapping, Node, Pair, Scalar, Sequence, locate, plain
from cvtex.schema.cv import CV
from cvtex.source import Span
from cvtex.support.lazy_re import lazy_re

_COLON = lazy_re(r"[ \t]*:")

_KeyPlace = tuple[Span | None, str]
"""A key, and the mapping that has or should have it."""


class _Empty(Struct, frozen=True):
    """A missing value, with its key and the mapping of the key; an item of a list has neither."""

    value: Node
    key: Scalar | None = None
    owner: Span | None = None


class Validated(Struct, frozen=True):
    """The typed CV; `pruned` if faulty values were removed from it."""

    cv: CV
    pruned: bool


def validate(root: Mapping, sink: Sink) -> Validated | None:
    """Return the typed CV, with every fault of it and of its variants reported.

    If there are faults, it is the CV without the faulty parts, so that later stages can report
    theirs at once; None if nothing useful is left.
    """
    validated = _typed(root, sink)
    if validated is not None:
        if not validated.pruned:
            check_names(validated.cv, root, sink)
        for variant in variants(root).values():
            _typed(with_variant(root, variant), sink)
    return validated


def _typed(root: Mapping, sink: Sink) -> Validated | None:
    empty: list[_Empty] = []
    filled, missing = _without_empty(root, empty), frozenset[_KeyPlace]()
    try:
        validated: Validated | None = Validated(CV.model_validate(plain(filled)), pruned=False)
    except ValidationError as error:
        report_faults(error, filled, sink)
        missing = frozenset(missing_keys(error, filled))
        cv = pruned(plain(filled), error)
        validated = None if cv is None else Validated(cv, pruned=True)
    lost = [d.span for d in sink.found if d.rule == catalogue.LOST_TEXT and d.span is not None]
    said = [d.span for d in sink.found if d.rule == catalogue.INVALID_YAML and d.span is not None]
    for one in empty:
        if not _was_lost(one.value, lost) and not _is_at(one.key, said):
            _report_empty(one, missing, sink)
    return validated


def check_names(cv: CV, root: Mapping, sink: Sink) -> None:
    """Report ids of several sections, and names in variants that no section has."""
    seen: set[str] = set()
    for i, section in enumerate(cv.sections):
        if section.id is not None and section.id in seen:
            sink.add(
                catalogue.INVALID_VALUE,
                f"two sections have the id `{section.id}`",
                locate(root, ("sections", i, "id")),
                hint="give each an id of its own",
            )
        seen.add(section.id or "")
    known = [name for section in cv.sections for name in section.names()]
    for variant in cv.variants.values():
        for name in variant.sections:
            if name.value not in known:
                sink.add(
                    catalogue.UNKNOWN_SECTION,
                    f"no section has the id or title `{name}`",
                    name.span,
                    hint=did_you_mean(name.value, known)
                    or "there is: " + ", ".join(f"`{title}`" for title in known),
                    fix=write_instead(
                        name.span, name.value, meant(name.value, known), Safety.UNSAFE
                    ),
                )


def _without_empty(root: Mapping, empty: list[_Empty]) -> Mapping:
    """Return the tree without keys and items that have no value, and collect these."""
    empty += (_Empty(p.value, p.key, root.span) for p in root.pairs if _is_empty(p.value))
    pairs = [Pair(p.key, _filled(p.value, empty)) for p in root.pairs if not _is_empty(p.value)]
    return Mapping(tuple(pairs), root.span)


def _filled(node: Node, empty: list[_Empty]) -> Node:
    if isinstance(node, Mapping):
        return _without_empty(node, empty)
    if isinstance(node, Sequence):
        empty += (_Empty(item) for item in node.items if _is_empty(item))
        items = [_filled(item, empty) for item in node.items if not _is_empty(item)]
        return Sequence(tuple(items), node.span)
    return node


def _is_empty(value: Node) -> bool:
    return isinstance(value, Scalar) and value.empty


def _was_lost(value: Node, lost: Iterable[Span]) -> bool:
    """Return whether it is already reported how the text of a missing value was lost.

    An anchor or a tag ends at the missing value; a comment is the rest of its line.
    """
    place = value.span
    return place is not None and any(
        span.source is place.source
        and (
            span.end == place.start
            or (
                place.end <= span.start
                and not span.source.text[place.end : span.start].strip(" \t")
            )
        )
        for span in lost
    )


def _is_at(key: Scalar | None, places: Collection[Span]) -> bool:
    """Return whether a key is at one of the places, as when a text was split at its comma."""
    place = key.span if key is not None else None
    return place is not None and any(
        (span.start, span.end) == (place.start, place.end) and span.source is place.source
        for span in places
    )


def _report_empty(empty: _Empty, missing: Collection[_KeyPlace], sink: Sink) -> None:
    key = empty.key
    if key is None:
        fix, message, span = None, "this item is empty", empty.value.span
    else:
        wanted = (empty.owner, key.text.value) in missing
        fix = None if wanted else _delete_key(key.span)
        message, span = f"`{key.text}` has no value", key.span
    hint = "fill it in, or delete it"
    sink.add(catalogue.EMPTY_VALUE, message, span, hint=hint, fix=fix)


def _delete_key(key: Span | None) -> Fix | None:
    """Return a fix that deletes a key without a value, if its line contains nothing else."""
    colon = None if key is None else _COLON.match(key.source.text, key.end)
    return delete_lines(key.source.span(key.start, colon.end())) if key and colon else None
