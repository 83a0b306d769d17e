"""Findings and results as JSON: lines and columns count from 1, columns in characters."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from cvtex.diagnostics.model import Diagnostic, Fix
from cvtex.pipeline.request import Result
from cvtex.source import Span


def diagnostics_json(diagnostics: Iterable[Diagnostic]) -> str:
    """An array of findings."""
    return _dumps([diagnostic_object(diagnostic) for diagnostic in diagnostics])


def result_json(result: Result) -> str:
    """One object that says what a build did."""
    tally = result.publications
    return _dumps(
        {
            "ok": result.ok,
            "outputs": [
                {"path": str(w.path), "pages": w.pages, "bytes": w.size} for w in result.outputs
            ],
            "engine": result.engine,
            "passes": result.passes,
            "publications": {
                "total": tally.total,
                "printed": tally.printed,
                "left_out": tally.left_out,
                "rejected": tally.rejected,
            },
            "seconds": round(result.seconds, 3),
            "diagnostics": [diagnostic_object(diagnostic) for diagnostic in result.diagnostics],
        }
    )


def diagnostic_object(diagnostic: Diagnostic) -> dict[str, Any]:
    """One finding as a JSON object; places are null where a finding has none."""
    span = diagnostic.span
    return {
        "code": diagnostic.rule.code,
        "name": diagnostic.rule.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "path": diagnostic.path if span is None else span.source.path,
        "line": None if span is None else span.first.line,
        "column": None if span is None else span.first.column,
        "end_line": None if span is None else span.last.line,
        "end_column": None if span is None else span.last.column,
        "hint": diagnostic.hint,
        "fix": None if diagnostic.fix is None else _fix_object(diagnostic.fix),
    }


def _fix_object(fix: Fix) -> dict[str, Any]:
    return {
        "message": fix.message,
        "safety": fix.safety.value,
        "edits": [{**_place(e.span), "replacement": e.replacement} for e in fix.edits],
    }


def _place(span: Span) -> dict[str, int]:
    return {
        "line": span.first.line,
        "column": span.first.column,
        "end_line": span.last.line,
        "end_column": span.last.column,
    }


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
