"""Shows the builds of `cvtex watch`, their findings, and the files that are watched."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import typer
from msgspec import Struct
from rich.console import Console

from cvtex.diagnostics.diagnostic import Diagnostic
from cvtex.pipeline.usecases.build_cache import remember
from cvtex.pipeline.usecases.request import Request
from cvtex.pipeline.usecases.result import Result
from cvtex.pipeline.watch.loop import WatchedBuild
from cvtex.report.excerpt import ExcerptLine
from cvtex.report.machine import result_object
from cvtex.report.summarize import outcome
from cvtex.report.terminal import finding_lines, print_lines, summary
from cvtex.support.cache import Cache
from cvtex.theme.places import theme_folders

MOST_NAMED = 4
"""How many of the watched files are named."""

RESERVED = 4
"""Lines of the screen that are kept free of findings."""


class Screen(Struct):
    """Shows a line for each build, and its findings.

    With `open_` the next PDF is opened. `named` are the watched files that were printed last.
    """

    request: Request
    cache: Cache
    open_: bool
    named: tuple[str, ...] = ()

    def show(self, made: WatchedBuild) -> None:
        """Show a build, and the watched files if they have changed."""
        console = Console(stderr=True, highlight=False)
        print_lines(console, _lines(made, console))
        if made.result is not None:
            self._keep(made, made.result)
        if console.is_terminal:
            self._name_files(made, console)
        if made.ok and self.open_:
            typer.launch(str(self.request.target()))
            self.open_ = False

    def _keep(self, made: WatchedBuild, result: Result) -> None:
        """Store a record of the build, so that `cvtex build` finds it up to date."""
        remember(self.request, self.cache, result, made.reader, result_object(result))

    def _name_files(self, made: WatchedBuild, console: Console) -> None:
        names = tuple(_names(made.fingerprints, self.request.cv))
        if names == self.named:
            return
        self.named = names
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        line = f"watching {', '.join(names[:MOST_NAMED])}{more} (Ctrl-C ends)"
        console.print(line, style="dim", markup=False, soft_wrap=True)


def _lines(made: WatchedBuild, console: Console) -> Iterator[ExcerptLine]:
    """Yield the line of a build and its findings, as many as the screen holds."""
    clock = (f"{time.strftime('%H:%M:%S')} ", "dim")
    if made.result is None:
        problem = made.problem
        assert problem is not None
        yield clock, ("not built", "bold red"), (f": {problem.message}", "")
        yield from ([(("  = hint: ", ""), (problem.hint, ""))] if problem.hint else [])
        return
    found = made.result.diagnostics
    if made.ok:
        facts = outcome(result_object(made.result), ("pages", "seconds", "rejected"))
        yield clock, ("built", "bold green"), (f" {facts}", "")
    else:
        yield clock, ("not built", "bold red"), (f": {summary(found)}", "")
    yield from _findings(found, console)


def _findings(found: Iterable[Diagnostic], console: Console) -> Iterator[ExcerptLine]:
    all_ = list(found)
    room = console.height - RESERVED if console.is_terminal else sys.maxsize
    wrap = console.width if console.is_terminal else None
    for number, diagnostic in enumerate(all_):
        lines = [*finding_lines(diagnostic, console.width, wrap), ()]
        room -= len(lines)
        if room < 0 and number > 0:
            yield ((f"and {len(all_) - number} more; `cvtex build --force` shows all", ""),)
            return
        yield from lines


def _names(files: Iterable[Path], cv: Path) -> Iterator[str]:
    """Yield the paths of the files that exist, without those that come with cvtex."""
    *_, ours = theme_folders(cv.parent)
    for file in files:
        if file.is_file() and not file.is_relative_to(ours):
            yield str(file)
