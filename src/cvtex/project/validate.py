"""From the node tree of cv.yaml to the typed CV."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.hints import did_you_mean
from cvtex.diagnostics.model import Sink
from cvtex.project.faults import report_faults
from cvtex.project.mend import mended
from cvtex.project.overlays import variants, with_variant
from cvtex.schema.cv import CV
from cvtex.yaml_reader.nodes import Mapping, Node, Pair, Scalar, Sequence, locate, plain


@dataclass(frozen=True)
class Validated:
    """The typed CV; `mended` when what could not be typed was left out of it."""

    cv: CV
    mended: bool


def validate(root: Mapping, sink: Sink) -> Validated | None:
    """The typed CV, with every fault of it and of its variants reported.

    Where there are faults, the CV without the faulty parts stands in, so that later stages can
    find theirs at once; none when nothing useful is left.
    """
    validated = _typed(root, sink)
    if validated is not None:
        if not validated.mended:
            check_names(validated.cv, root, sink)
        for variant in variants(root).values():
            _typed(with_variant(root, variant), sink)
    return validated


def _typed(root: Mapping, sink: Sink) -> Validated | None:
    filled = _without_empty(root, sink)
    try:
        return Validated(CV.model_validate(plain(filled)), mended=False)
    except ValidationError as error:
        report_faults(error, filled, sink)
        cv = mended(plain(filled), error)
    return None if cv is None else Validated(cv, mended=True)


def check_names(cv: CV, root: Mapping, sink: Sink) -> None:
    """Report ids that two sections have, and names in variants that no section has."""
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
                    hint=did_you_mean(name.value, known),
                )


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
