"""Findings as lines `path:line:column: code message`, as compilers print them for editors."""

from __future__ import annotations

from cvtex.diagnostics.diagnostic import Diagnostic
from cvtex.report.formats.findings import Findings
from cvtex.report.terminal import FIXABLE, is_fixable
from cvtex.report.width import one_line, printable


def render(findings: Findings) -> str:
    """Return one line for each finding."""
    return "".join(f"{_line(diagnostic)}\n" for diagnostic in findings.found)


def _line(diagnostic: Diagnostic) -> str:
    mark = f"{FIXABLE} " if is_fixable(diagnostic) else ""
    return f"{_place(diagnostic)}{diagnostic.rule.code} {mark}{one_line(diagnostic.message)}"


def _place(diagnostic: Diagnostic) -> str:
    span, path = diagnostic.span, printable(diagnostic.file or "")
    if span is not None:
        return f"{path}:{span.first.line}:{span.first.column}: "
    return f"{path}: " if path else ""
