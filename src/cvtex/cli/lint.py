"""`cvtex lint`: check a CV without typesetting it."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console

from cvtex.cli.arguments import CVPath, Format, Lang, OutputFormat, Set, Variant, assignments
from cvtex.diagnostics.usage import UsageError


def lint(
    cv: CVPath = Path("cv.yaml"),
    *,
    variant: Variant = None,
    lang: Lang = None,
    set_: Set = [],  # noqa: B006  # typer reads it, nobody changes it
    format_: OutputFormat = Format.TEXT,
) -> None:
    """Check a CV and its .bib files; says nothing when all is well."""
    from cvtex.diagnostics.model import Sink
    from cvtex.pipeline.check import check
    from cvtex.pipeline.request import Request
    from cvtex.project.overlays import Overrides

    sink = Sink()
    try:
        check(Request(cv, overrides=Overrides(variant, lang, assignments(set_))), sink)
    except UsageError as error:
        if format_ is not Format.JSON:
            raise
        from cvtex.report.machine import diagnostics_json

        typer.echo(diagnostics_json([error.diagnostic()]))
        raise typer.Exit(2) from None
    if format_ is Format.JSON:
        from cvtex.report.machine import diagnostics_json

        typer.echo(diagnostics_json(sink))
    else:
        from cvtex.report.terminal import print_diagnostics, summary

        console = Console(highlight=False)
        print_diagnostics(console, sink)
        if sink.found:
            console.print(f"found {summary(sink)}", markup=False)
    raise typer.Exit(1 if sink.has_errors() else 0)
