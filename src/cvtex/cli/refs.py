"""`cvtex refs`: shows where every entry of every .bib file is printed, or why it is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cvtex.cli.arguments import CVPath, FormatOption, ReportFormat, VariantOption

if TYPE_CHECKING:
    from cvtex.diagnostics.diagnostic import Sink
    from cvtex.lower.ledger import Ledger, LedgerEntry

STYLES = {"printed": "green", "left_out": "yellow", "rejected": "red"}


def refs(
    cv: CVPath = Path("cv.yaml"),
    *,
    unused: Annotated[
        bool, typer.Option("--unused", help="Show only what is not printed.")
    ] = False,
    export: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the printed entries to a clean .bib file."),
    ] = None,
    variant: VariantOption = None,
    format_: FormatOption = ReportFormat.TEXT,
) -> None:
    """Show where each .bib entry is printed, or why it is not."""
    from cvtex.diagnostics.diagnostic import Sink
    from cvtex.pipeline.usecases.check import check
    from cvtex.pipeline.usecases.request import Request
    from cvtex.project.overrides import Overrides

    sink = Sink()
    checked = check(Request(cv, overrides=Overrides(variant)), sink)
    if checked is None:
        _print_faults(sink, format_)
        raise typer.Exit(1)
    ledger = checked.lowered.ledger
    if export is not None:
        from cvtex.pipeline.usecases.export import export_printed

        written = export_printed(checked, export)
        typer.echo(f"wrote {written.path}: {written.size / 1000:.0f} kB", err=True)
    if format_ is ReportFormat.JSON:
        from cvtex.report.machine import as_json, ledger_object

        typer.echo(as_json(ledger_object(ledger.unprinted() if unused else ledger)))
    else:
        _print_ledger(ledger, unused=unused)
    raise typer.Exit(1 if sink.has_errors() else 0)


def _print_faults(sink: Sink, format_: ReportFormat) -> None:
    if format_ is ReportFormat.JSON:
        from cvtex.report.machine import diagnostics_json

        typer.echo(diagnostics_json(sink))
        return
    from rich.console import Console

    from cvtex.report.terminal import print_diagnostics

    print_diagnostics(Console(stderr=True, highlight=False), sink)


def _print_ledger(ledger: Ledger, *, unused: bool) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from cvtex.lower.ledger import EntryState

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for entry in (ledger.unprinted() if unused else ledger).entries:
        state = entry.state.value
        table.add_row(
            Text(state.replace("_", " "), STYLES[state]), Text(entry.key), Text(_fate(entry))
        )
    console.print(table)
    counts = [f"{ledger.count(state)} {state.value.replace('_', ' ')}" for state in EntryState]
    console.print(f"{ledger.count()} entries: " + ", ".join(counts))


def _fate(entry: LedgerEntry) -> str:
    if entry.places:
        return ", ".join(f"{place.title} {place.label}".strip() for place in entry.places)
    where = f"{entry.span.source.path}:{entry.span.first.line}: " if entry.span else ""
    return where + (entry.why or "")
