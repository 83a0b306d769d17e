"""Reads a YAML text into a node tree, and continues after syntax errors."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from cvtex.diagnostics.catalogue import INVALID_YAML
from cvtex.diagnostics.diagnostic import Edit, Fix, Safety, Sink
from cvtex.readers.yaml.compose import compose
from cvtex.readers.yaml.draft import REFUSED, YamlDraft, first_draft
from cvtex.readers.yaml.events import YamlSyntaxError
from cvtex.readers.yaml.nodes import Node
from cvtex.source import Source, Span
from cvtex.support.mojibake import garbled

if TYPE_CHECKING:
    from cvtex.readers.yaml.recovery.error_context import SyntaxFault

_MAX_FAULTS = 20
_PATIENCE = 2_000_000
"""The number of characters to read again, in total, to continue after syntax errors."""


def read_yaml(source: Source, sink: Sink) -> Node | None:
    """Return the node tree of a YAML text; None if there is none that is reliable.

    Where the correction of a syntax error is certain enough to be offered, reading continues
    with a corrected copy, so that all faults are found at once. The tree of the copy is returned
    if every correction is safe: it only adds quotes or spaces that cannot change the meaning.
    """
    _report_refused(source, sink)
    current, findings, reliable = first_draft(source), Sink(), True
    for _ in range(max(1, min(_MAX_FAULTS, _PATIENCE // (len(source.text) + 1)))):
        findings = Sink()
        try:
            node = compose(current, findings)
        except YamlSyntaxError as error:
            from cvtex.readers.yaml.recovery.explain import explain  # few files need it

            fault = explain(current, error)
            _report_fault(current, fault, sink)
            if not fault.changes:
                break
            reliable = reliable and fault.safety is Safety.SAFE
            current = current.changed(fault.changes)
        else:
            if node is None and not (findings.has_errors() or sink.has_errors()):
                _report_empty(source, findings)
            sink.take(findings.found)
            return node if reliable else None
    sink.take(findings.found)
    return None


def _report_refused(source: Source, sink: Sink) -> None:
    """Report the characters that YAML does not allow, at most the first twenty."""
    for match in islice(REFUSED.finditer(source.text), _MAX_FAULTS):
        span = source.span(*match.span())
        fix = Fix("delete the character", (Edit(span, ""),), Safety.SAFE)
        hint = "delete it; such characters come along when text is copied from a PDF"
        if found := _garbled_at(source, match.start()):
            wrong, meant = found
            fix = Fix("write what was meant", (Edit(wrong, meant),), Safety.UNSAFE)
            hint = f"type `{meant}` for this and what is before it: it was read in another encoding"
        message = f"the control character U+{ord(match[0]):04X} is not allowed in a YAML file"
        sink.add(INVALID_YAML, message, span, hint=hint, fix=fix)


def _garbled_at(source: Source, offset: int) -> tuple[Span, str] | None:
    """Return the span around a character that was read in the wrong encoding, and what is meant."""
    line = source.position(offset).line
    start = source.offset(line)
    for found in garbled(source.line(line)):
        if start + found.start <= offset < start + found.end:
            return source.span(start + found.start, start + found.end), found.meant
    return None


def _report_fault(current: YamlDraft, fault: SyntaxFault, sink: Sink) -> None:
    fix = current.fix(fault.hint, fault.changes, fault.safety) if fault.changes else None
    span = current.span(fault.start, min(fault.end, len(current.text)))
    sink.add(INVALID_YAML, fault.message, span, hint=fault.hint, fix=fix)


def _report_empty(source: Source, findings: Sink) -> None:
    message = "the file has only comments" if source.text.strip() else "the file is empty"
    hint = "write at least one line of the form `key: value`"
    findings.add(INVALID_YAML, message, source.span(0, 0), hint=hint)
