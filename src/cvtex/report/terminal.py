"""Findings for people: message, excerpt with marks, hint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cvtex.diagnostics.diagnostic import Diagnostic, Safety, Severity
from cvtex.report.excerpt import FRAME, ExcerptLine, ExcerptMark, Piece, excerpts
from cvtex.report.width import cells, one_line, printable
from cvtex.support.lazy_re import lazy_re

if TYPE_CHECKING:
    from rich.console import Console

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold blue"}
FIXABLE = "[*]"
"""The mark of a finding that `--fix` corrects."""

_WORD = lazy_re(r"(?:`[^`]*`|[^\s`])+|`")
"""A word; text in backticks is not broken."""

_QUOTED = lazy_re(r"(`[^`]+`)")


def print_diagnostics(console: Console, diagnostics: Iterable[Diagnostic]) -> None:
    """Print findings with a blank line after each."""
    wrap = console.width if console.is_terminal else None
    print_lines(console, findings_lines(diagnostics, console.width, wrap))


def print_lines(console: Console, lines: Iterable[ExcerptLine]) -> None:
    """Print lines in the colours that the terminal has."""
    from rich.text import Text

    for line in lines:
        console.print(Text.assemble(*line), soft_wrap=True)


def plain_lines(lines: Iterable[ExcerptLine]) -> str:
    """Return the lines without colours."""
    texts = ("".join(text for text, _ in line) for line in lines)
    return "".join(f"{text.rstrip()}\n" for text in texts)


def report_lines(
    diagnostics: Iterable[Diagnostic],
    width: int,
    wrap: int | None = None,
    *,
    unsafe: bool = False,
) -> Iterator[ExcerptLine]:
    """Yield every finding with a blank line after it, and their number; nothing if there are none.

    With `unsafe`, findings that only `--unsafe-fixes` corrects are marked too.
    """
    found = list(diagnostics)
    yield from findings_lines(found, width, wrap, unsafe=unsafe)
    if found:
        yield ((f"found {summary(found)}", ""),)
        yield from (((line, ""),) for line in fixable(found, unsafe=unsafe))


def findings_lines(
    diagnostics: Iterable[Diagnostic], width: int, wrap: int | None, *, unsafe: bool = False
) -> Iterator[ExcerptLine]:
    """Yield findings with a blank line after each."""
    for diagnostic in diagnostics:
        yield from finding_lines(diagnostic, width, wrap, unsafe=unsafe)
        yield ()


def finding_lines(
    diagnostic: Diagnostic, width: int, wrap: int | None = None, *, unsafe: bool = False
) -> Iterator[ExcerptLine]:
    """Yield the lines of one finding: rule and message, excerpts, hint.

    Excerpts are `width` columns wide; sentences are broken at column `wrap`, if it is given.
    """
    style = STYLES[diagnostic.severity]
    head = (f"{diagnostic.severity}[{diagnostic.rule.code}]", style)
    mark = f"{FIXABLE} " if is_fixable(diagnostic, unsafe=unsafe) else ""
    gutter = _gutter(diagnostic)
    yield from _sentence((head, (": ", "")), mark + diagnostic.message, 4, wrap)
    if diagnostic.span is None and diagnostic.path is not None:
        yield (f"{'':{gutter}} --> ", FRAME), (printable(diagnostic.path), "")
    marks = [ExcerptMark(diagnostic.span, "^", style)] if diagnostic.span is not None else []
    marks += [ExcerptMark(note.span, "-", "bold blue", note.message) for note in diagnostic.notes]
    yield from excerpts(marks, gutter, width)
    if diagnostic.hint is not None:
        before = ((f"{'':{gutter}} = ", FRAME), ("hint: ", "bold"))
        yield from _sentence(before, diagnostic.hint, gutter + 9, wrap)


def is_fixable(diagnostic: Diagnostic, *, unsafe: bool = False) -> bool:
    """Return whether `--fix` corrects a finding, with `--unsafe-fixes` if `unsafe`."""
    fix = diagnostic.fix
    return fix is not None and (unsafe or fix.safety is Safety.SAFE)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Count findings by severity: "2 errors, 1 warning"."""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    return ", ".join(
        f"{counts[severity]} {severity}{'s' if counts[severity] > 1 else ''}"
        for severity in Severity
        if counts[severity]
    )


def fixable(diagnostics: Iterable[Diagnostic], *, unsafe: bool = False) -> list[str]:
    """Return a line that says how many findings can be fixed, and how; no line if none can."""
    safeties = Counter(d.fix.safety for d in diagnostics if d.fix is not None)
    safe, others = safeties[Safety.SAFE], safeties[Safety.UNSAFE]
    if unsafe and others:
        return [f"{FIXABLE} {safe + others} can be fixed with `--fix --unsafe-fixes`"]
    if safe:
        more = f", {others} more with `--unsafe-fixes`" if others else ""
        return [f"{FIXABLE} {safe} can be fixed with `--fix`{more}"]
    return [f"{others} can be fixed with `--unsafe-fixes`"] if others else []


def _gutter(diagnostic: Diagnostic) -> int:
    spans = [diagnostic.span, *(note.span for note in diagnostic.notes)]
    return max((len(str(span.last.line)) for span in spans if span is not None), default=1)


def _sentence(
    before: tuple[Piece, ...], sentence: str, indent: int, wrap: int | None
) -> Iterator[ExcerptLine]:
    """Yield the lines of a sentence after its beginning, text in backticks in bold."""
    taken = sum(cells(text) for text, _ in before)
    first, *rest = _wrapped(one_line(sentence), taken, indent, wrap)
    yield *before, *_emphasised(first)
    for line in rest:
        yield (" " * indent, ""), *_emphasised(line)


def _wrapped(sentence: str, taken: int, indent: int, wrap: int | None) -> list[str]:
    if wrap is None:
        return [sentence]
    lines, room = [""], wrap - taken
    for word in _WORD.findall(sentence):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and cells(longer) > room:
            lines.append(word)
            room = wrap - indent
        else:
            lines[-1] = longer
    return lines


def _emphasised(sentence: str) -> Iterator[Piece]:
    parts = _QUOTED.split(sentence)
    return ((part, "bold" if i % 2 else "") for i, part in enumerate(parts) if part)
