"""Findings as an array of JSON objects."""

from __future__ import annotations

from cvtex.report.formats.findings import Findings
from cvtex.report.machine import diagnostics_json


def render(findings: Findings) -> str:
    """An array, empty if nothing was found."""
    return diagnostics_json(findings.found) + "\n"
