"""`cvtex build`: typeset a CV."""

from __future__ import annotations

import json
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cvtex.cli.arguments import (
    DEFAULT_WRITER,
    EngineOption,
    FormatOption,
    Lang,
    OutputOption,
    ReportFormat,
    Set,
    ThemeName,
    To,
    VariantOption,
    overrides,
    place,
)

if TYPE_CHECKING:
    from cvtex.pipeline.persistence.build_report import BuildReport
    from cvtex.pipeline.persistence.fingerprints import BuildRecord
    from cvtex.pipeline.usecases.request import Request
    from cvtex.pipeline.usecases.result import Result
    from cvtex.support.cache import Cache


def build(  # noqa: PLR0913  # one parameter an option
    cvs: Annotated[
        list[Path],
        typer.Argument(metavar="CV...", help="The CVs to read, or directories of them."),
    ] = [Path("cv.yaml")],  # noqa: B006  # typer reads it, nobody changes it
    *,
    output: OutputOption = None,
    to: To = DEFAULT_WRITER,
    theme: ThemeName = None,
    engine: EngineOption = None,
    variant: VariantOption = None,
    lang: Lang = None,
    set_: Set = [],  # noqa: B006
    open_: Annotated[bool, typer.Option("--open", help="Show the PDF when it is done.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print findings only.")] = False,
    force: Annotated[
        bool, typer.Option("--force", "-f", help="Build even if nothing has changed.")
    ] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Use nothing kept from earlier builds; keep nothing.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", metavar="N", help="Build so many CVs at a time.", show_default="cores"
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Build on the Dask cluster of this scheduler."),
    ] = None,
    format_: FormatOption = ReportFormat.TEXT,
) -> None:
    """Typeset a CV: cv.yaml becomes cv.pdf.

    A build that fails leaves the old PDF as it was; one with nothing to do says so.

    Several CVs, or those in directories, are built side by side; one that fails
    does not stop the others, and a summary names it.
    """
    from cvtex.pipeline.batch.targets import is_one
    from cvtex.pipeline.usecases.request import Request
    from cvtex.support.cache import NOTHING_KEPT, user_cache
    from cvtex.writers.registry import find_writer

    asked = overrides(variant, lang, set_, theme, engine)
    cache = NOTHING_KEPT if no_cache else user_cache()
    if jobs is None and scheduler is None and is_one(cvs):
        request = Request(cvs[0], place(output), find_writer(to), asked)
        ok = _build_one(request, cache, format_, force=force, quiet=quiet)
        if open_ and ok:
            typer.launch(str(request.target()))
        raise typer.Exit(0 if ok else 1)
    _check(jobs, open_=open_)
    from cvtex.cli.batch import Batch, build_all

    folder = None if output is None else Path(output)
    batch = Batch(cvs, folder, find_writer(to), asked, cache, force, jobs, scheduler)
    raise typer.Exit(build_all(batch, format_, quiet=quiet))


def _check(jobs: int | None, *, open_: bool) -> None:
    """Raise `UsageError` for options that make no sense for several CVs."""
    from cvtex.diagnostics.usage import UsageError

    if jobs is not None and jobs < 1:
        raise UsageError(f"`--jobs {jobs}` builds nothing", "write a number from 1 on")
    if open_:
        raise UsageError("`--open` shows one PDF", "leave it out, or name one CV")


def _build_one(
    request: Request, cache: Cache, format_: ReportFormat, *, force: bool, quiet: bool
) -> bool:
    """Build one CV unless it is up to date, show the result, and return whether it went well."""
    from cvtex.diagnostics.usage import UsageError
    from cvtex.pipeline.usecases.build_cache import fresh_report, last_build

    record = last_build(request, cache)
    report = None if record is None or force else fresh_report(record, cache)
    if report is not None:
        _say_up_to_date(request, report, format_, quiet=quiet)
        return True
    try:
        shown = not quiet and format_ is ReportFormat.TEXT
        result = _build(request, cache, record, shown=shown)
    except UsageError as error:
        if format_ is not ReportFormat.JSON:
            raise
        from cvtex.report.machine import as_json, failure_object

        typer.echo(as_json(failure_object(error)))
        raise typer.Exit(2) from None
    _say_result(result, format_, quiet=quiet)
    return result.ok


def _build(request: Request, cache: Cache, record: BuildRecord | None, *, shown: bool) -> Result:
    """Build and store a record of it; the engine is started before the rest is imported."""
    from cvtex.pipeline.persistence.fingerprints import RecordingReader
    from cvtex.pipeline.usecases.build_cache import prestart_again, remember

    with prestart_again(record, cache) as prestarted:
        from cvtex.pipeline.usecases.build import build_cv
        from cvtex.report.machine import result_object
        from cvtex.writers.draft import Means

        reads = RecordingReader()
        with _progress(request, shown=shown):
            result = build_cv(request, Means(cache, prestarted), reads)
    remember(request, cache, result, reads, result_object(result))
    return result


def _progress(request: Request, *, shown: bool) -> AbstractContextManager[object]:
    if not shown or not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True, highlight=False).status(f"building {request.target()}")


def _say_up_to_date(
    request: Request, report: BuildReport, format_: ReportFormat, *, quiet: bool
) -> None:
    if format_ is ReportFormat.JSON:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    elif not quiet:
        count = len(report["diagnostics"])
        found = f"; {count} finding{'s' * (count > 1)}, `--force` shows them" if count else ""
        typer.echo(f"{request.target()} is up to date{found}", err=True)


def _say_result(result: Result, format_: ReportFormat, *, quiet: bool) -> None:
    if format_ is ReportFormat.JSON:
        from cvtex.report.machine import as_json, result_object

        typer.echo(as_json(result_object(result)))
        return
    if result.diagnostics:
        from rich.console import Console

        from cvtex.report.terminal import print_diagnostics, summary

        print_diagnostics(Console(stderr=True, highlight=False), result.diagnostics)
        if not result.ok:
            typer.echo(f"{_styled('not built', 'red')}: {summary(result.diagnostics)}", err=True)
    if result.ok and not quiet:
        for note in (note for output in result.outputs for note in output.notes):
            typer.echo(note, err=True)
        from cvtex.report.machine import result_object
        from cvtex.report.summarize import outcome

        facts = outcome(result_object(result), ("pages", "size", "seconds", "engine", "rejected"))
        typer.echo(f"{_styled('built', 'green')} {facts}", err=True)


def _styled(word: str, colour: str) -> str:
    return typer.style(word, fg=colour, bold=True)
