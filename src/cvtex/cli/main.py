"""The `cvtex` command: its subcommands, and what happens when one of them cannot go on."""

from __future__ import annotations

import platform
import sys
import traceback
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from cvtex import __version__
from cvtex.cli import build, doctor, lint, new, refs, schema, themes
from cvtex.diagnostics.usage import UsageError

OK, FAULTS, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes: all well, faults in the user's files, usage or environment, our bug, Ctrl-C."""

app = typer.Typer(
    name="cvtex",
    help="Compile a CV: cv.yaml and refs.bib in, one PDF out, through LaTeX.",
    epilog="Start with `cvtex new mycv`, then `cvtex build` in that directory. "
    "Exit codes: 0 fine, 1 faults in your files, 2 usage or environment, 3 a bug in cvtex.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(name="build")(build.build)
app.command(name="lint")(lint.lint)
app.command(name="refs")(refs.refs)
app.command(name="new")(new.new)
app.command(name="schema")(schema.schema)
app.command(name="doctor")(doctor.doctor)
app.command(name="themes")(themes.themes)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cvtex {__version__}")
        raise typer.Exit


@app.callback()
def options(
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            "-V",
            callback=_show_version,
            is_eager=True,
            help="Show the version and exit.",
        ),
    ] = False,
) -> None:
    """Compile a CV: cv.yaml and refs.bib in, one PDF out, through LaTeX."""


def run() -> NoReturn:
    """Run the command line; every way out has its exit code and none a traceback of ours."""
    try:
        app(standalone_mode=True)
    except UsageError as error:
        _say_unusable(error)
        sys.exit(USAGE)
    except SystemExit as exit_:
        if exit_.code == INTERRUPTED:
            Console(stderr=True).print("interrupted; nothing was changed")
        raise
    except Exception as error:  # noqa: BLE001  # the last stop: whatever comes here is our bug
        _report_bug(error)
        sys.exit(BUG)
    sys.exit(OK)


def _say_unusable(error: UsageError) -> None:
    console = Console(stderr=True, highlight=False)
    console.print("[bold red]error[/]: ", end="")
    console.print(error.message, markup=False, soft_wrap=True)
    if error.hint is not None:
        console.print("  [blue]=[/] [bold]hint[/]: ", end="")
        console.print(error.hint, markup=False, soft_wrap=True)


def _report_bug(error: Exception) -> None:
    trace = "".join(traceback.format_exception(error))
    typer.echo(
        "\ncvtex met a bug of its own; your files are as they were. Please report it with what\n"
        "follows, and the smallest cv.yaml that shows it:\n\n"
        f"cvtex {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"command: {' '.join(sys.argv[1:])}\n{trace}",
        err=True,
    )
