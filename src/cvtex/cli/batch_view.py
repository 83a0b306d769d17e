"""Shows a batch while it runs: for people on standard error, or as a JSON array."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct, field
from rich.console import Console

from cvtex.cli.run import BUG, FAULTS, USAGE, say_bug
from cvtex.diagnostics.usage import UsageError
from cvtex.pipeline.batch.run import BuildState, Done
from cvtex.pipeline.persistence.build_report import BuildReport
from cvtex.report.excerpt import ExcerptLine
from cvtex.report.machine import failure_object
from cvtex.report.summarize import outcome
from cvtex.report.terminal import print_lines

if TYPE_CHECKING:
    from rich.progress import Progress

MOST_NAMED = 10
"""How many of the failed CVs the summary names."""
CODES = {BuildState.FAULTY: FAULTS, BuildState.UNTRIED: USAGE, BuildState.CRASHED: BUG}
"""The exit code that each way to fail asks for; of several the highest counts."""
BUILT, NOT_BUILT = ("built", "bold green"), ("not built", "bold red")
A_BUG = UsageError("cvtex met a bug of its own", "`cvtex build` with this CV alone shows it again")


class BatchTally(Struct):
    """Counts the outcomes so far, of `total` CVs."""

    total: int
    states: Counter[BuildState] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    findings: int = 0

    def add(self, done: Done) -> None:
        """Count an outcome."""
        self.states[done.state] += 1
        if done.state in CODES:
            self.failed.append(str(done.request.cv))
        else:
            self.findings += len(done.summary.report["diagnostics"])

    @property
    def code(self) -> int:
        """The exit code of the whole batch."""
        return max((CODES[state] for state in self.states if state in CODES), default=0)

    def summary(self, seconds: float) -> str:
        """Return one line for the whole batch: the counts, and the CVs that failed."""
        built, same = self.states[BuildState.BUILT], self.states[BuildState.UP_TO_DATE]
        counts = f"built {built}, up to date {same}, failed {len(self.failed)} of {self.total}"
        more = len(self.failed) - MOST_NAMED
        names = [*self.failed[:MOST_NAMED], *([f"{more} more"] if more > 0 else [])]
        return f"{counts} in {seconds:.1f} s" + (f": {', '.join(names)}" if names else "")


class TextView:
    """Shows failures with their findings at once; a bar on a terminal, elsewhere a line a CV."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self.console = Console(stderr=True, highlight=False)
        self._quiet = quiet
        self._bar = self.console.is_terminal and not quiet
        self._progress: Progress | None = None
        self._total = total
        self._shown: set[str] = set()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Show the progress of the batch while the block runs."""
        if not self._bar:
            yield
            return
        with _progress(self.console) as self._progress:
            self._progress.add_task("", total=self._total, name="")
            yield

    def show(self, done: Done) -> None:
        """Show the outcome for one CV."""
        if done.state in CODES:
            print_lines(self.console, self._failure(done))
        elif self._progress is None and not self._quiet:
            print_lines(self.console, [_success(done)])
        if self._progress is not None:
            name = str(done.request.cv)
            self._progress.update(self._progress.task_ids[0], advance=1, name=name)

    def end(self, tally: BatchTally, seconds: float) -> None:
        """Print the last lines: the counts, and the failed CVs."""
        if self._quiet and not tally.failed:
            return
        lines: list[ExcerptLine] = [((tally.summary(seconds), "bold"),)]
        if tally.findings:
            found = f"{tally.findings} finding{'s' * (tally.findings > 1)} in what is built"
            lines.append(((f"{found}; `cvtex lint` shows them", ""),))
        print_lines(self.console, lines)

    def _failure(self, done: Done) -> Iterator[ExcerptLine]:
        yield from done.summary.findings
        if done.state is BuildState.CRASHED and self._is_new(done.trace):
            say_bug(done.trace)
        problem = _problem(done)
        message = problem.message if problem is not None else done.summary.counts
        yield NOT_BUILT, (f" {done.request.cv}: {message}", "")
        if problem is not None and problem.hint and self._is_new(problem.hint):
            yield (("  = hint: ", ""), (problem.hint, ""))

    def _is_new(self, text: str) -> bool:
        """Return whether a text has not been shown; one that holds for every CV is shown once."""
        new = text not in self._shown
        self._shown.add(text)
        return new


class JsonView:
    """Prints an array of the objects that single builds print, each with its `cv`, one by one."""

    def __init__(self) -> None:
        self._before = "["

    def running(self) -> AbstractContextManager[None]:
        """Show nothing beside the array."""
        return nullcontext()

    def show(self, done: Done) -> None:
        """Print one object on a line."""
        problem = _problem(done)
        report = done.summary.report if problem is None else failure_object(problem)
        self._print({"cv": str(done.request.cv), **report})

    def fail(self, problem: UsageError) -> None:
        """Print why the batch could not begin."""
        self._print({"cv": None, **failure_object(problem)})

    def end(self, *_: object) -> None:
        """Close the array, also after an interrupt."""
        sys.stdout.write("\n]\n" if self._before == "," else "[]\n")

    def _print(self, report: dict[str, Any]) -> None:
        sys.stdout.write(f"{self._before}\n{json.dumps(report, ensure_ascii=False)}")
        sys.stdout.flush()
        self._before = ","


def _problem(done: Done) -> UsageError | None:
    return A_BUG if done.state is BuildState.CRASHED else done.problem


def _success(done: Done) -> ExcerptLine:
    if done.state is BuildState.UP_TO_DATE:
        return ((f"{done.request.target()} is up to date", ""),)
    report = cast(BuildReport, done.summary.report)
    return BUILT, (f" {outcome(report, ('pages', 'size', 'seconds'))}", "")


def _progress(console: Console) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.table import Column

    name = Column(ratio=1, no_wrap=True, overflow="ellipsis")
    return Progress(
        TextColumn("building"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[name]}", markup=False, table_column=name),
        console=console,
        transient=True,
        expand=True,
    )
