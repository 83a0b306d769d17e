"""Findings as an array of JSON objects."""

from __future__ import annotations

from cvtex.report.formats.findings import Findings
from cvtex.report.machine import diagnostics_json


def render(findings: Findings) -> str:
    """Return an array, empty if there are no findings."""
    return diagnostics_json(findings.found) + "\n"
