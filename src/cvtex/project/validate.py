"""From the node tree of cv.yaml to the typed CV."""

from __future__ import annotations

from pydantic import ValidationError

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.model import Sink
from cvtex.project.faults import report_faults
from cvtex.project.overlays import variants, with_variant
from cvtex.schema.cv import CV
from cvtex.yaml_reader.nodes import Mapping, Node, Pair, Scalar, Sequence, plain


def validate(root: Mapping, sink: Sink) -> CV | None:
    """The typed CV, or none when it has faults; those of its variants are reported, too."""
    cv = _typed(root, sink)
    for variant in variants(root).values() if cv is not None else ():
        _typed(with_variant(root, variant), sink)
    return cv


def _typed(root: Mapping, sink: Sink) -> CV | None:
    filled = _without_empty(root, sink)
    try:
        return CV.model_validate(plain(filled))
    except ValidationError as error:
        report_faults(error, filled, sink)
        return None


def _without_empty(root: Mapping, sink: Sink) -> Mapping:
    """The tree without keys and items that have no value, each with a warning."""
    pairs = [Pair(p.key, _filled(p.value, sink)) for p in root.pairs if not _is_empty(p, sink)]
    return Mapping(tuple(pairs), root.span)


def _filled(node: Node, sink: Sink) -> Node:
    if isinstance(node, Mapping):
        return _without_empty(node, sink)
    if isinstance(node, Sequence):
        items = [_filled(item, sink) for item in node.items if not _is_empty(item, sink)]
        return Sequence(tuple(items), node.span)
    return node


def _is_empty(part: Pair | Node, sink: Sink) -> bool:
    value = part.value if isinstance(part, Pair) else part
    if not isinstance(value, Scalar) or not value.empty:
        return False
    sink.add(
        catalogue.EMPTY_VALUE,
        f"`{part.key.text}` has no value" if isinstance(part, Pair) else "this item is empty",
        part.key.span if isinstance(part, Pair) else value.span,
        hint="fill it in, or delete it",
    )
    return True
