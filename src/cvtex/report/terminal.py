"""Findings for people: message, excerpt with carets, hint."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from cvtex.diagnostics.model import Diagnostic, Severity
from cvtex.source import Span

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold blue"}
CONTEXT = 24
"""How much of a long line is shown before the place, in characters."""


def print_diagnostics(console: Console, diagnostics: Iterable[Diagnostic]) -> None:
    """Print findings with a blank line behind each."""
    for diagnostic in diagnostics:
        print_diagnostic(console, diagnostic)
        console.print()


def print_diagnostic(console: Console, diagnostic: Diagnostic) -> None:
    """Print one finding: rule and message, places with excerpts, hint."""
    style = STYLES[diagnostic.severity]
    head = Text.assemble((f"{diagnostic.severity}[{diagnostic.rule.code}]", style), ": ")
    console.print(head + _emphasised(diagnostic.message), soft_wrap=True)
    gutter = _gutter(diagnostic)
    if diagnostic.span is not None:
        _print_excerpt(console, diagnostic.span, gutter, style, "")
    elif diagnostic.path is not None:
        console.print(
            Text.assemble((f"{'':{gutter}} --> ", "blue"), diagnostic.path), soft_wrap=True
        )
    for note in diagnostic.notes:
        _print_excerpt(console, note.span, gutter, "bold blue", note.message)
    if diagnostic.hint is not None:
        hint = Text.assemble((f"{'':{gutter}} = ", "blue"), ("hint: ", "bold"))
        console.print(hint + _emphasised(diagnostic.hint), soft_wrap=True)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """How many findings there are: "2 errors, 1 warning"."""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    return ", ".join(
        f"{counts[severity]} {severity}{'s' if counts[severity] > 1 else ''}"
        for severity in Severity
        if counts[severity]
    )


def _gutter(diagnostic: Diagnostic) -> int:
    spans = [diagnostic.span, *(note.span for note in diagnostic.notes)]
    return max((len(str(span.first.line)) for span in spans if span is not None), default=1)


def _emphasised(message: str) -> Text:
    """The message with what stands in backticks in bold."""
    return Text.assemble(
        *(
            (part, "bold") if i % 2 else part
            for i, part in enumerate(re.split("(`[^`]+`)", message))
        )
    )


def _print_excerpt(console: Console, span: Span, gutter: int, style: str, label: str) -> None:
    first, last = span.first, span.last
    place = f"{span.source.path}:{first.line}:{first.column}"
    console.print(Text.assemble((f"{'':{gutter}} --> ", "blue"), place), soft_wrap=True)
    line = span.source.line(first.line)
    end = last.column - 1 if last.line == first.line else len(line)
    room = max(console.width - gutter - 4, 20)
    shown, start, stop = _window(_printable(line), first.column - 1, end, room)
    carets = " " * cell_len(shown[:start]) + "^" * max(cell_len(shown[start:stop]), 1)
    bar = ("| ", "blue")
    console.print(Text.assemble((f"{'':{gutter}} ", "blue"), ("|", "blue")), soft_wrap=True)
    console.print(Text.assemble((f"{first.line:>{gutter}} ", "blue"), bar, shown), soft_wrap=True)
    marked = Text.assemble((f"{'':{gutter}} ", "blue"), bar, (carets, style))
    console.print(marked + (Text(f" {label}", style) if label else Text()), soft_wrap=True)


def _printable(line: str) -> str:
    """The line with a visible stand-in for each character that would move the rest."""
    return "".join(" " if c == "\t" else c if c.isprintable() else "�" for c in line)


def _window(line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """The part of a line that fits the terminal, with the place in it."""
    if cell_len(line) <= room:
        return line, start, end
    first = max(min(start - CONTEXT, len(line) - room), 0)
    shown = line[first : first + room]
    while cell_len(shown) > room:
        shown = shown[:-1]
    last = first + len(shown)
    before, after = "…" if first > 0 else "", "…" if last < len(line) else ""
    shown = before + shown[len(before) : len(shown) - len(after)] + after
    return shown, max(start - first, 0), max(min(end - first, len(shown)), 0)
