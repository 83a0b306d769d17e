"""`cvtex doctor`: which engines there are, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cvtex.cli.arguments import Lang, VariantOption

if TYPE_CHECKING:
    from rich.console import Console

    from cvtex.pipeline.usecases.doctor import CVState, EngineState

COLUMN = 10
"""Width of the names at the left."""


def doctor(
    cv: Annotated[
        Path | None,
        typer.Argument(metavar="CV", help="See what this CV needs.", show_default="cv.yaml"),
    ] = None,
    *,
    variant: VariantOption = None,
    lang: Lang = None,
) -> None:
    """Show the TeX engines, what is missing, and how to get it."""
    from rich.console import Console

    from cvtex.pipeline.usecases.doctor import diagnose, engine_states
    from cvtex.pipeline.usecases.request import Request
    from cvtex.project.overrides import Overrides
    from cvtex.report.terminal import print_diagnostics

    console = Console(highlight=False)
    console.print("TeX engines", style="bold")
    for engine in engine_states():
        _print_engine(console, engine)
    if cv is None and not Path("cv.yaml").exists():
        return
    cv = cv or Path("cv.yaml")
    state, diagnostics = diagnose(Request(cv, overrides=Overrides(variant, lang)))
    console.print(f"\n{cv}", style="bold")
    if state is not None:
        _print_cv(console, state, nothing_missing=not diagnostics)
    print_diagnostics(console, diagnostics)
    if any(d.severity == "error" for d in diagnostics):
        raise typer.Exit(1)
    raise typer.Exit(2 if state is not None and state.problem else 0)


def _print_engine(console: Console, engine: EngineState) -> None:
    if engine.version is not None:
        _row(console, engine.name, engine.version)
        return
    problem = f"`{engine.path}` is not TeX" if engine.broken else "not installed"
    _row(console, engine.name, problem, "yellow")
    _row(console, "", f"to install: {engine.install}", "dim")


def _print_cv(console: Console, state: CVState, *, nothing_missing: bool) -> None:
    _row(console, "engine", state.engine or "none", None if state.engine else "red")
    _row(console, "theme", state.theme)
    _row(console, "language", state.language)
    if state.problem is not None:
        _row(console, "missing", state.problem.message, "red")
        _row(console, "", state.problem.hint or "", "dim")
    elif nothing_missing:
        _row(console, "missing", "nothing")
    console.print()


def _row(console: Console, name: str, text: str, style: str | None = None) -> None:
    from rich.text import Text

    console.print(Text.assemble(f"  {name:{COLUMN}} ", (text, style or "")), soft_wrap=True)
