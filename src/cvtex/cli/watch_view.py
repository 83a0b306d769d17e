"""What `cvtex watch` shows: a line for each build, its findings, and which files are watched."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import typer
from msgspec import Struct
from rich.console import Console

from cvtex.diagnostics.diagnostic import Diagnostic
from cvtex.lower.ledger import EntryState
from cvtex.pipeline.usecases.build_cache import remember
from cvtex.pipeline.usecases.request import Request
from cvtex.pipeline.usecases.result import Result
from cvtex.pipeline.watch.loop import WatchedBuild
from cvtex.report.excerpt import Line
from cvtex.report.machine import result_object
from cvtex.report.terminal import finding_lines, print_lines, summary
from cvtex.support.cache import Cache
from cvtex.theme.places import theme_folders

MOST_NAMED = 4
"""How many of the files that are watched are named."""

RESERVED = 4
"""Lines of the screen that findings leave to what stands around them."""


class Screen(Struct):
    """Where builds are shown: a line for each, and the findings below.

    `open_` says whether the next PDF is to be shown, `named` which files are said to be watched.
    """

    request: Request
    cache: Cache
    open_: bool
    named: tuple[str, ...] = ()

    def show(self, made: WatchedBuild) -> None:
        """Show what came of a build, and what is watched where that is new."""
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
        """Remember the build, so that `cvtex build` knows that it has nothing to do."""
        remember(self.request, self.cache, result, made.reader, result_object(result))

    def _name_files(self, made: WatchedBuild, console: Console) -> None:
        names = tuple(_names(made.fingerprints, self.request.cv))
        if names == self.named:
            return
        self.named = names
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        said = f"watching {', '.join(names[:MOST_NAMED])}{more} (Ctrl-C ends)"
        console.print(said, style="dim", markup=False, soft_wrap=True)


def _lines(made: WatchedBuild, console: Console) -> Iterator[Line]:
    """The line of a build with its findings, as many as the screen holds."""
    clock = (f"{time.strftime('%H:%M:%S')} ", "dim")
    if made.result is None:
        problem = made.problem
        assert problem is not None
        yield clock, ("not built", "bold red"), (f": {problem.message}", "")
        yield from ([(("  = hint: ", ""), (problem.hint, ""))] if problem.hint else [])
        return
    found = made.result.diagnostics
    if made.ok:
        yield clock, ("built", "bold green"), (f" {_outcome(made.result)}", "")
    else:
        yield clock, ("not built", "bold red"), (f": {summary(found)}", "")
    yield from _findings(found, console)


def _findings(found: Iterable[Diagnostic], console: Console) -> Iterator[Line]:
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


def _outcome(result: Result) -> str:
    written = result.outputs[0]
    facts = [f"{written.pages} page{'s' if written.pages != 1 else ''}", f"{result.seconds:.2f} s"]
    rejected = result.ledger.count(EntryState.REJECTED)
    if rejected:
        facts.append(f"{rejected} publications rejected")
    return f"{written.path}: {', '.join(facts)}"


def _names(files: Iterable[Path], cv: Path) -> Iterator[str]:
    """The files that are there, as the user knows them; not those that come with cvtex."""
    *_, ours = theme_folders(cv.parent)
    for file in files:
        if file.is_file() and not file.is_relative_to(ours):
            yield str(file)
