"""Findings as a SARIF log.

(Static Analysis Results Interchange Format 2.1.0, OASIS; numbers below are its sections.)
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from cvtex import __version__
from cvtex.diagnostics.catalogue import USAGE
from cvtex.diagnostics.diagnostic import Diagnostic, Edit, Fix, Note, Rule, Severity
from cvtex.report.formats.findings import Findings, fingerprints, portable, with_hint
from cvtex.report.machine import as_json
from cvtex.report.rule_pages import FAMILIES, detail, page, summary
from cvtex.source import Source, Span

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
FINGERPRINT = "cvtex/v1"
"""The name of our fingerprints, with the version of their algorithm."""

Object = dict[str, Any]


def render(findings: Findings) -> str:
    """Return the log: one run, whose notifications hold the problems."""
    results = [one for one in findings.found if one.rule != USAGE]
    problems = [one for one in findings.found if one.rule == USAGE]
    rules = {rule: number for number, rule in enumerate(findings.rules)}
    for result in results:
        rules.setdefault(result.rule, len(rules))
    marks = fingerprints(results)
    run = {
        "tool": {"driver": _driver(rules)},
        "invocations": [_invocation(problems)],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [_result(one, rules, mark) for one, mark in zip(results, marks, strict=True)],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return as_json(log) + "\n"


def _driver(rules: Iterable[Rule]) -> Object:
    return {
        "name": "cvtex",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in rules],
    }


def _rule(rule: Rule) -> Object:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": summary(rule)},
        "fullDescription": {"text": detail(rule)},
        "help": {"text": page(rule), "markdown": page(rule)},
        "defaultConfiguration": {"enabled": rule.default, "level": LEVELS[rule.severity]},
        "properties": {"tags": [FAMILIES[rule.code[:3]]]},
    }


def _invocation(problems: Iterable[Diagnostic]) -> Object:
    notes = [{"level": "error", "message": _message(one)} for one in problems]
    return {"executionSuccessful": not notes, "toolExecutionNotifications": notes}


def _result(diagnostic: Diagnostic, rules: dict[Rule, int], fingerprint: str) -> Object:
    result: Object = {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": rules[diagnostic.rule],
        "level": LEVELS[diagnostic.severity],
        "message": _message(diagnostic),
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    if diagnostic.file is not None:
        place = _place(diagnostic.file, diagnostic.span)
        result["locations"] = [{"physicalLocation": place}]
    if diagnostic.notes:
        result["relatedLocations"] = [_related(*one) for one in enumerate(diagnostic.notes, 1)]
    if diagnostic.fix is not None:
        result["fixes"] = [_fix(diagnostic.fix)]
    return result


def _message(diagnostic: Diagnostic) -> Object:
    return {"text": _text(with_hint(diagnostic))}


def _text(message: str) -> str:
    """Escape the braces of a message, which would be placeholders (3.11.5)."""
    return message.replace("{", "{{").replace("}", "}}")


def _related(number: int, note: Note) -> Object:
    return {
        "id": number,
        "physicalLocation": _place(note.span.source.path, note.span),
        "message": {"text": _text(note.message)},
    }


def _place(path: str, span: Span | None) -> Object:
    place: Object = {"artifactLocation": _artifact(path)}
    return place if span is None else place | {"region": _region(span)}


def _artifact(path: str) -> Object:
    """Return a file as a URI: relative below the working directory, else `file:` (3.4.3)."""
    shown = portable(path)
    if PurePath(shown).is_absolute():
        return {"uri": PurePath(shown).as_uri()}
    return {"uri": quote(shown, errors="surrogateescape")}


def _region(span: Span) -> Object:
    first, last = span.first, span.last
    return {
        "startLine": first.line,
        "startColumn": first.column,
        "endLine": last.line,
        "endColumn": last.column,
    }


def _fix(fix: Fix) -> Object:
    edits: dict[Source, list[Edit]] = {}
    for edit in sorted(fix.edits, key=lambda edit: edit.span.start):
        edits.setdefault(edit.span.source, []).append(edit)
    changes = [
        {
            "artifactLocation": _artifact(source.path),
            "replacements": [_replacement(edit) for edit in here],
        }
        for source, here in edits.items()
    ]
    return {"description": {"text": _text(fix.message)}, "artifactChanges": changes}


def _replacement(edit: Edit) -> Object:
    return {
        "deletedRegion": _region(edit.span),
        "insertedContent": {"text": edit.replacement},
    }
