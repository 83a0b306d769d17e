"""`cvtex build`: typeset a CV."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from cvtex.cli.arguments import CVPath, Format, Lang, OutputFormat, Set, Variant, assignments
from cvtex.diagnostics.usage import UsageError

if TYPE_CHECKING:
    from cvtex.pipeline.request import Request, Result


class Kind(StrEnum):
    """What a build can write."""

    PDF = "pdf"
    TEX = "tex"


class EngineName(StrEnum):
    """The engines a build can be told to use."""

    AUTO = "auto"
    PDFLATEX = "pdflatex"
    XELATEX = "xelatex"
    LUALATEX = "lualatex"
    TECTONIC = "tectonic"
    TINYTEX = "tinytex"


def build(  # noqa: PLR0913  # one parameter an option
    cv: CVPath = Path("cv.yaml"),
    *,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="PATH", help="Write here: a file or a directory."),
    ] = None,
    to: Annotated[
        Kind, typer.Option(help="What to write: the PDF, or the LaTeX behind it.")
    ] = Kind.PDF,
    theme: Annotated[
        str | None, typer.Option(metavar="NAME", help="Use this theme; `cvtex themes` lists them.")
    ] = None,
    engine: Annotated[
        EngineName | None,
        typer.Option(metavar="NAME", help=f"Typeset with {', '.join(EngineName)}."),
    ] = None,
    variant: Variant = None,
    lang: Lang = None,
    set_: Set = [],  # noqa: B006  # typer reads it, nobody changes it
    open_: Annotated[bool, typer.Option("--open", help="Show the PDF when it is done.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print findings only.")] = False,
    format_: OutputFormat = Format.TEXT,
) -> None:
    """Typeset a CV: cv.yaml becomes cv.pdf.

    A build that fails leaves the old PDF as it was.
    """
    from cvtex.pipeline.build import build as run_build
    from cvtex.pipeline.request import Request
    from cvtex.project.overlays import Overrides

    values = assignments(set_)
    values += (("theme.name", theme),) if theme is not None else ()
    values += (("engine", engine.value),) if engine is not None else ()
    request = Request(cv, _place(output), to.value, Overrides(variant, lang, values))
    console = Console(stderr=True, highlight=False)
    try:
        with _progress(console, request, shown=not quiet and format_ is Format.TEXT):
            result = run_build(request)
    except UsageError as error:
        if format_ is not Format.JSON:
            raise
        from cvtex.report.machine import failure_json

        typer.echo(failure_json(error))
        raise typer.Exit(2) from None
    if format_ is Format.JSON:
        from cvtex.report.machine import result_json

        typer.echo(result_json(result))
    else:
        _print_result(console, result, quiet=quiet)
    if open_ and result.ok:
        typer.launch(str(result.outputs[0].path))
    raise typer.Exit(0 if result.ok else 1)


def _place(output: str | None) -> Path | None:
    """The path of `-o`; raises `UsageError` for a directory that is not there."""
    if output is not None and output.endswith(("/", os.sep)) and not Path(output).is_dir():
        raise UsageError(f"there is no directory `{output}`", f"create it: `mkdir -p {output}`")
    return None if output is None else Path(output)


def _progress(console: Console, request: Request, *, shown: bool) -> AbstractContextManager[object]:
    return console.status(f"building {request.target()}") if shown else nullcontext()


def _print_result(console: Console, result: Result, *, quiet: bool) -> None:
    from cvtex.report.terminal import print_diagnostics, summary

    print_diagnostics(console, result.diagnostics)
    if not result.ok:
        console.print(f"[bold red]not built[/]: {summary(result.diagnostics)}")
        return
    if quiet:
        return
    for reason in result.reasons:
        console.print(f"TeX ran once more: {reason}", markup=False)
    console.print(f"[bold green]built[/] {_outcome(result)}", soft_wrap=True)


def _outcome(result: Result) -> str:
    from cvtex.lower.ledger import State

    written = result.outputs[0]
    facts = [f"{written.size / 1000:.0f} kB", f"{result.seconds:.2f} s"]
    if written.pages is not None:
        facts.insert(0, f"{written.pages} page{'s' if written.pages > 1 else ''}")
        facts.append(str(result.engine))
    rejected = result.ledger.count(State.REJECTED)
    if rejected:
        facts.append(f"{rejected} publications rejected")
    return f"{written.path}: " + ", ".join(facts)
