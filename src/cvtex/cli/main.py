"""The `cvtex` command and its subcommands."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Annotated

import typer

from cvtex.cli.version import VERSION, say_version

COMMANDS = (
    *("build", "watch", "lint", "explain", "rules", "refs"),
    *("new", "schema", "doctor", "themes", "cache"),
)
"""The commands: each is a module with a function of the same name, or an `app` of commands."""


def app(first: str | None = None) -> typer.Typer:
    """Return the command line; if the `first` argument names a command, with only that one.

    Reading the options of all commands takes up to 40 ms.
    """
    made = typer.Typer(
        name="cvtex",
        help="Compile a CV: cv.yaml and refs.bib in, one PDF out, through LaTeX.",
        epilog="Start with `cvtex new mycv`, then `cvtex build` in that directory. "
        "Exit codes: 0 fine, 1 faults in your files, 2 usage or environment, 3 a bug in cvtex.",
        no_args_is_help=True,
        rich_markup_mode=None,  # panels cost a quarter of the time, and lines
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback()(_options)
    _add(made, [name for name in COMMANDS if name == first] or COMMANDS)
    return made


def _add(app: typer.Typer, names: Iterable[str]) -> None:
    for name in names:
        module = import_module(f"cvtex.cli.{name}")
        if isinstance(below := getattr(module, "app", None), typer.Typer):
            app.add_typer(below, name=name)
        else:
            app.command(name=name)(getattr(module, name))


def _show_version(wanted: bool) -> None:
    if wanted:
        say_version()
        raise typer.Exit


def _options(
    _version: Annotated[
        bool,
        typer.Option(
            *VERSION,
            callback=_show_version,
            is_eager=True,
            help="Show the version and exit.",
        ),
    ] = False,
) -> None:
    """Compile a CV: cv.yaml and refs.bib in, one PDF out, through LaTeX."""
