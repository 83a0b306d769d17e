"""Findings with excerpts, for people."""

from __future__ import annotations

from cvtex.report.formats.findings import Findings
from cvtex.report.output import columns
from cvtex.report.terminal import plain_lines, report_lines


def render(findings: Findings) -> str:
    """Return the findings as the terminal shows them, without colours."""
    return plain_lines(report_lines(findings.found, columns()))
