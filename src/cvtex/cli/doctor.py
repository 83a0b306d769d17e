"""`cvtex doctor`: shows the engines, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cvtex.cli.arguments import Lang, VariantOption
from cvtex.writers.registry import WRITERS, Writer

if TYPE_CHECKING:
    from rich.console import Console

    from cvtex.pipeline.usecases.doctor import CVState, EngineState

COLUMN = 10
"""The width of the names at the left, in columns."""


def doctor(
    cv: Annotated[
        Path | None,
        typer.Argument(metavar="CV", help="See what this CV needs.", show_default="cv.yaml"),
    ] = None,
    *,
    variant: VariantOption = None,
    lang: Lang = None,
) -> None:
    """Show the TeX engines and the forms of a CV, what is missing, and how to get it."""
    from rich.console import Console

    from cvtex.pipeline.usecases.doctor import diagnose, engine_states
    from cvtex.pipeline.usecases.request import Request
    from cvtex.project.overrides import Overrides
    from cvtex.report.terminal import print_diagnostics

    console = Console(highlight=False)
    console.print("TeX engines", style="bold")
    engines = engine_states()
    for engine in engines:
        _print_engine(console, engine)
    console.print("\nForms of a CV, for `--to`", style="bold")
    for writer in WRITERS:
        _print_writer(console, writer, has_engine=any(engine.version for engine in engines))
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


def _print_writer(console: Console, writer: Writer, *, has_engine: bool) -> None:
    if writer.needs_engine and not has_engine:
        _row(console, writer.name, "needs a TeX engine", "yellow")
    else:
        _row(console, writer.name, writer.doc)


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
