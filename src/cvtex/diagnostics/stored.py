"""Findings as plain data, to be kept between runs, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cvtex.diagnostics.diagnostic import Diagnostic, Edit, Fix, Note, Rule, Safety, Severity
from cvtex.source import Source, Span

SourceOf = Callable[[str], Source]
"""Gives the source of a path, as it was printed; raises `OSError` or `UnicodeError`."""


def stored(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return a finding as data; the documentation of its rule stays behind."""
    rule, fix = diagnostic.rule, diagnostic.fix
    return {
        "rule": [rule.code, rule.name, rule.severity, rule.fix, rule.default],
        "message": diagnostic.message,
        "span": _stored_span(diagnostic.span),
        "hint": diagnostic.hint,
        "notes": [[_stored_span(note.span), note.message] for note in diagnostic.notes],
        "fix": fix and [fix.message, fix.safety, [_stored_edit(edit) for edit in fix.edits]],
        "path": diagnostic.path,
    }


def restored(data: dict[str, Any], source_of: SourceOf) -> Diagnostic:
    """Return the finding of such data; raises what `source_of` raises."""

    def span(known: Any) -> Span:  # noqa: ANN401  # what JSON gives back
        return Span(source_of(known[0]), known[1], known[2])

    code, name, severity, safety, default = data["rule"]
    return Diagnostic(
        Rule(code, name, Severity(severity), fix=safety and Safety(safety), default=default),
        data["message"],
        data["span"] and span(data["span"]),
        data["hint"],
        tuple(Note(span(place), message) for place, message in data["notes"]),
        data["fix"] and _fix(data["fix"], span),
        data["path"],
    )


def _fix(data: list[Any], span: Callable[[Any], Span]) -> Fix:
    message, safety, edits = data
    made = (Edit(span(place), replacement) for place, replacement in edits)
    return Fix(message, tuple(made), Safety(safety))


def _stored_edit(edit: Edit) -> list[Any]:
    return [_stored_span(edit.span), edit.replacement]


def _stored_span(span: Span | None) -> list[Any] | None:
    return None if span is None else [span.source.path, span.start, span.end]
