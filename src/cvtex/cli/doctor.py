"""`cvtex doctor`: which engines there are, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from cvtex.pipeline.examine import CVState, EngineState

COLUMN = 10
"""Width of the names at the left."""


def doctor(
    cv: Annotated[
        Path | None,
        typer.Argument(
            metavar="[CV]", help="Say what this CV needs.", show_default="cv.yaml, if there"
        ),
    ] = None,
) -> None:
    """Show the TeX engines, what is missing, and the command that installs it."""
    from cvtex.pipeline.examine import engine_states, examine
    from cvtex.report.terminal import print_diagnostics

    console = Console(highlight=False)
    console.print("TeX engines", style="bold")
    for engine in engine_states():
        _print_engine(console, engine)
    cv = cv or Path("cv.yaml")
    if not cv.exists() and cv == Path("cv.yaml"):
        return
    state, diagnostics = examine(cv)
    console.print(f"\n{cv}", style="bold")
    if state is not None:
        _print_cv(console, state)
    print_diagnostics(console, diagnostics)
    raise typer.Exit(0 if state is not None and not state.missing and state.engine else 1)


def _print_engine(console: Console, engine: EngineState) -> None:
    if engine.version is not None:
        _row(console, engine.name, engine.version)
        return
    problem = f"`{engine.path}` is not TeX" if engine.broken else "not installed"
    _row(console, engine.name, problem, "yellow")
    _row(console, "", f"to install: {engine.install}", "dim")


def _print_cv(console: Console, state: CVState) -> None:
    _row(console, "engine", state.engine or "none that can set it", None if state.engine else "red")
    _row(console, "theme", state.theme)
    _row(console, "language", state.language)
    if state.missing:
        _row(console, "missing", ", ".join(state.missing), "yellow")
    elif state.engine:
        _row(console, "missing", "nothing")
    if state.install is not None:
        _row(console, "", f"to install: {state.install}", "dim")


def _row(console: Console, name: str, text: str, style: str | None = None) -> None:
    console.print(Text.assemble(f"  {name:{COLUMN}} ", (text, style or "")), soft_wrap=True)
