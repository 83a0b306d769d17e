r"""Findings as GitHub's workflow commands, which become annotations of a pull request.

`::error file=cv.yaml,line=1,endLine=1,col=1,endColumn=5,title=CV101::message`. In the message `%`
and the ends of lines are escaped, in properties also `:` and `,`. (Toolkit of GitHub Actions,
`command.ts`.) Other control characters have no escape, and the log is shown in terminals.
"""

from __future__ import annotations

from cvtex.diagnostics.diagnostic import Diagnostic, Severity
from cvtex.report.formats.findings import Findings, portable, with_hint
from cvtex.report.width import printable

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(findings: Findings) -> str:
    """Return one command for each finding."""
    return "".join(f"{_command(diagnostic)}\n" for diagnostic in findings.found)


def _command(diagnostic: Diagnostic) -> str:
    properties = ",".join(f"{k}={_escaped_property(v)}" for k, v in _properties(diagnostic).items())
    message = _escaped(with_hint(diagnostic))
    return f"::{COMMANDS[diagnostic.severity]} {properties}::{message}"


def _properties(diagnostic: Diagnostic) -> dict[str, str]:
    """Return the place and title; GitHub accepts columns only for a place on one line."""
    found, path, span = {}, diagnostic.file, diagnostic.span
    if path is not None:
        found["file"] = portable(path)
    if span is not None:
        first, last = span.first, span.last
        found |= {"line": str(first.line), "endLine": str(last.line)}
        if first.line == last.line:
            found |= {"col": str(first.column), "endColumn": str(last.column)}
    return found | {"title": f"{diagnostic.rule.code} {diagnostic.rule.name}"}


def _escaped(text: str) -> str:
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
