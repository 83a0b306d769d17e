"""The `cvtex` command and its subcommands."""

from __future__ import annotations

from typing import Annotated

import typer

from cvtex.cli import build, cache, doctor, explain, lint, new, refs, rules, schema, themes, watch
from cvtex.cli.run import VERSION, say_version

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
app.command(name="watch")(watch.watch)
app.command(name="lint")(lint.lint)
app.command(name="explain")(explain.explain)
app.command(name="rules")(rules.rules)
app.command(name="refs")(refs.refs)
app.command(name="new")(new.new)
app.command(name="schema")(schema.schema)
app.command(name="doctor")(doctor.doctor)
app.command(name="themes")(themes.themes)
app.add_typer(cache.app, name="cache")


def _show_version(wanted: bool) -> None:
    if wanted:
        say_version()
        raise typer.Exit


@app.callback()
def options(
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
