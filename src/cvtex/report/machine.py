"""Findings and results as JSON: lines and columns count from 1, columns in characters."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from cvtex.diagnostics.diagnostic import Diagnostic, Edit, Fix, Note
from cvtex.diagnostics.usage import UsageError
from cvtex.lower.ledger import EntryState, Ledger, LedgerEntry
from cvtex.pipeline.persistence.build_report import (
    BuildReport,
    EditReport,
    FindingReport,
    FixReport,
    NoteReport,
    PlaceReport,
)
from cvtex.pipeline.usecases.result import Result
from cvtex.source import Span


def diagnostics_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Return an array of findings."""
    return as_json([diagnostic_object(diagnostic) for diagnostic in diagnostics])


def result_object(result: Result) -> BuildReport:
    """Return the report of a build that was not up to date."""
    return {
        "ok": result.ok,
        "up_to_date": False,
        "outputs": [
            {"path": str(w.path), "pages": w.pages, "bytes": w.size} for w in result.outputs
        ],
        "engine": next((output.maker for output in result.outputs), None),
        "passes": sum(output.passes for output in result.outputs),
        "publications": totals_object(result.ledger),
        "seconds": round(result.seconds, 3),
        "diagnostics": [diagnostic_object(diagnostic) for diagnostic in result.diagnostics],
    }


def failure_object(error: UsageError) -> BuildReport:
    """Return the report of a build that could not begin; its only finding is the error."""
    return result_object(Result((), (error.diagnostic(),), Ledger(()), seconds=0))


def totals_object(ledger: Ledger) -> dict[str, int]:
    """Count the entries, and those in each state; the states add up to the total."""
    return {"total": ledger.count(), **{state.value: ledger.count(state) for state in EntryState}}


def ledger_object(ledger: Ledger) -> dict[str, Any]:
    """Return the totals and every entry; one that is printed twice names its first list."""
    entries = [_entry_object(entry) for entry in ledger.entries]
    return {"totals": totals_object(ledger), "entries": entries}


def _entry_object(entry: LedgerEntry) -> dict[str, Any]:
    place = entry.places[0] if entry.places else None
    return {
        "key": entry.key,
        "type": entry.type,
        "path": entry.span.source.path if entry.span else None,
        "line": entry.span.first.line if entry.span else None,
        "state": entry.state.value,
        "list": place.title if place else None,
        "label": place.label if place else None,
        "rule": entry.rule,
        "why": entry.why,
    }


def diagnostic_object(diagnostic: Diagnostic) -> FindingReport:
    """Return one finding as a JSON object; places are null if it has none."""
    return {
        "code": diagnostic.rule.code,
        "name": diagnostic.rule.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "path": diagnostic.file,
        **_place(diagnostic.span),
        "hint": diagnostic.hint,
        "fix": None if diagnostic.fix is None else _fix_object(diagnostic.fix),
        "notes": [_note_object(note) for note in diagnostic.notes],
    }


def _note_object(note: Note) -> NoteReport:
    return {"message": note.message, "path": note.span.source.path, **_place(note.span)}


def _fix_object(fix: Fix) -> FixReport:
    return {
        "message": fix.message,
        "safety": fix.safety.value,
        "edits": [_edit_object(edit) for edit in fix.edits],
    }


def _edit_object(edit: Edit) -> EditReport:
    return {
        "path": edit.span.source.path,
        **_place(edit.span),
        "replacement": edit.replacement,
    }


def _place(span: Span | None) -> PlaceReport:
    if span is None:
        return {"line": None, "column": None, "end_line": None, "end_column": None}
    first, last = span.first, span.last
    return {
        "line": first.line,
        "column": first.column,
        "end_line": last.line,
        "end_column": last.column,
    }


def as_json(value: object) -> str:
    """Return a value as JSON for people and programs."""
    return json.dumps(value, ensure_ascii=False, indent=2)
