"""Findings as a Code Quality report of GitLab.

(GitLab's manual, "Code Quality report format".)
"""

from __future__ import annotations

from typing import Any

from cvtex.diagnostics.diagnostic import Diagnostic, Severity
from cvtex.report.formats.findings import Findings, fingerprints, portable, sentence
from cvtex.report.machine import as_json

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
NOWHERE = "."
"""The path of a finding without a file; the format requires one."""


def render(findings: Findings) -> str:
    """Return an array of issues."""
    marks = fingerprints(findings.found)
    issues = [_issue(*one) for one in zip(findings.found, marks, strict=True)]
    return as_json(issues) + "\n"


def _issue(diagnostic: Diagnostic, fingerprint: str) -> dict[str, Any]:
    span = diagnostic.span
    return {
        "description": f"{diagnostic.rule.code} {sentence(diagnostic)}",
        "check_name": diagnostic.rule.code,
        "fingerprint": fingerprint,
        "severity": SEVERITIES[diagnostic.severity],
        "location": {
            "path": portable(diagnostic.file or NOWHERE),
            "lines": {"begin": 1 if span is None else span.first.line},
        },
    }
