"""`cvtex build`: typeset a CV."""

from __future__ import annotations

import json
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cvtex.cli.arguments import CVPath, Format, Lang, OutputFormat, Set, Variant, assignments

if TYPE_CHECKING:
    from cvtex.cache import Cache
    from cvtex.pipeline.record import Record
    from cvtex.pipeline.request import Request
    from cvtex.pipeline.result import Result


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
    force: Annotated[
        bool, typer.Option("--force", "-f", help="Build even if nothing has changed.")
    ] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Use nothing kept from earlier builds; keep nothing.")
    ] = False,
    format_: OutputFormat = Format.TEXT,
) -> None:
    """Typeset a CV: cv.yaml becomes cv.pdf.

    A build that fails leaves the old PDF as it was; one with nothing to do says so.
    """
    from cvtex.cache import NOTHING_KEPT, user_cache
    from cvtex.diagnostics.usage import UsageError
    from cvtex.pipeline.incremental import is_up_to_date, last_build
    from cvtex.pipeline.request import Request
    from cvtex.project.overrides import Overrides

    values = assignments(set_)
    values += (("theme.name", theme),) if theme is not None else ()
    values += (("engine", engine.value),) if engine is not None else ()
    request = Request(cv, _place(output), to.value, Overrides(variant, lang, values))
    cache = NOTHING_KEPT if no_cache else user_cache()
    record = last_build(request, cache)
    if record is not None and not force and is_up_to_date(record):
        _say_up_to_date(request, record, format_, quiet=quiet)
        ok = True
    else:
        try:
            shown = not quiet and format_ is Format.TEXT
            result = _build(request, cache, record, shown=shown)
        except UsageError as error:
            if format_ is not Format.JSON:
                raise
            from cvtex.report.machine import failure_json

            typer.echo(failure_json(error))
            raise typer.Exit(2) from None
        _say_result(result, format_, quiet=quiet)
        ok = result.ok
    if open_ and ok:
        typer.launch(str(request.target()))
    raise typer.Exit(0 if ok else 1)


def _place(output: str | None) -> Path | None:
    """The path of `-o`; raises `UsageError` for a directory that is not there."""
    from cvtex.diagnostics.usage import UsageError

    if output is not None and output.endswith(("/", os.sep)) and not Path(output).is_dir():
        raise UsageError(f"there is no directory `{output}`", f"create it: `mkdir -p {output}`")
    return None if output is None else Path(output)


def _build(request: Request, cache: Cache, record: Record | None, *, shown: bool) -> Result:
    """Build, with the engine started before the rest is imported, and remember it."""
    from cvtex.pipeline.incremental import early_engine, remember
    from cvtex.pipeline.record import Reads

    with early_engine(record, cache) as early:
        from cvtex.pipeline.build import build as run_build
        from cvtex.report.machine import result_object

        reads = Reads()
        with _progress(request, shown=shown):
            result = run_build(request, cache, early, reads)
    remember(request, cache, result, reads, result_object(result))
    return result


def _progress(request: Request, *, shown: bool) -> AbstractContextManager[object]:
    if not shown or not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True, highlight=False).status(f"building {request.target()}")


def _say_up_to_date(request: Request, record: Record, format_: Format, *, quiet: bool) -> None:
    if format_ is Format.JSON:
        typer.echo(json.dumps({**record.report, "up_to_date": True}, ensure_ascii=False, indent=2))
    elif not quiet:
        count = len(record.report["diagnostics"])
        found = f"; {count} finding{'s' * (count > 1)}, `--force` shows them" if count else ""
        typer.echo(f"{request.target()} is up to date{found}", err=True)


def _say_result(result: Result, format_: Format, *, quiet: bool) -> None:
    if format_ is Format.JSON:
        from cvtex.report.machine import result_json

        typer.echo(result_json(result))
        return
    if result.diagnostics:
        from rich.console import Console

        from cvtex.report.terminal import print_diagnostics, summary

        print_diagnostics(Console(stderr=True, highlight=False), result.diagnostics)
        if not result.ok:
            typer.echo(f"{_styled('not built', 'red')}: {summary(result.diagnostics)}", err=True)
    if result.ok and not quiet:
        for reason in result.reasons:
            typer.echo(f"TeX ran once more: {reason}", err=True)
        typer.echo(f"{_styled('built', 'green')} {_outcome(result)}", err=True)


def _styled(word: str, colour: str) -> str:
    return typer.style(word, fg=colour, bold=True)


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
