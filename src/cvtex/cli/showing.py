"""Shows findings in the format, and writes them to the file, that the command line asks for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import starmap
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from cvtex.cli.run import say_problem
from cvtex.diagnostics.diagnostic import Diagnostic
from cvtex.diagnostics.usage import UsageError
from cvtex.report.excerpt import ExcerptLine
from cvtex.report.formats.findings import Findings
from cvtex.report.formats.registry import FindingsFormat, render
from cvtex.report.output import columns, is_terminal, write, write_lines
from cvtex.report.statistics import statistics_json, statistics_lines
from cvtex.report.terminal import report_lines

Problems = Mapping[Path | None, UsageError]
"""Why something could not be done, by the file concerned."""


class Report(Struct, frozen=True):
    """The options for showing findings: the format and the file."""

    format: FindingsFormat
    output: Path | None
    statistics: bool
    unsafe: bool = False

    def check(self) -> None:
        """Raise `UsageError` for options that exclude each other."""
        if self.statistics and self.format not in (FindingsFormat.TEXT, FindingsFormat.JSON):
            hint = "leave `--format` out, or write `--format json`"
            raise UsageError("`--statistics` are shown as text or json", hint)

    def show(
        self, found: Sequence[Diagnostic], problems: Problems, paths: Sequence[Path] = ()
    ) -> None:
        """Show findings and problems; in a format for people, problems go to standard error."""
        if self.format is FindingsFormat.TEXT:
            write_lines(self._lines(found), self.output)
        else:
            faults = () if self.format.for_people else starmap(_problem, problems.items())
            write(self._rendered([*found, *faults], paths), self.output)
        if self.format.for_people:
            for problem in problems.values():
                say_problem(problem)

    def say_nothing_is_written(self) -> None:
        """Tell people that `--unsafe-fixes` alone only marks what can be fixed."""
        if self.unsafe and self.format is FindingsFormat.TEXT:
            more = "`--fix` writes the fixes, `--diff` shows them"
            sys.stderr.write(f"`--unsafe-fixes` alone writes nothing: {more}\n")

    def _lines(self, found: Sequence[Diagnostic]) -> Iterable[ExcerptLine]:
        if self.statistics:
            return statistics_lines(found)
        wrap = columns() if self.output is None and is_terminal() else None
        return report_lines(found, columns(), wrap, unsafe=self.unsafe)

    def _rendered(self, found: Sequence[Diagnostic], paths: Sequence[Path]) -> str:
        if self.statistics:
            return statistics_json(found)
        from cvtex.lint.registry import rules

        return render(Findings(tuple(found), tuple(map(str, paths)), rules()), self.format)


def _problem(path: Path | None, error: UsageError) -> Diagnostic:
    return replace(error.diagnostic(), path=None if path is None else str(path))
