"""`cvtex watch`: build a CV at every change of its files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cvtex.cli.arguments import (
    DEFAULT_WRITER,
    CVPath,
    EngineOption,
    Lang,
    NoCache,
    OutputOption,
    Set,
    ThemeName,
    To,
    VariantOption,
    overrides,
    place,
)


def watch(  # noqa: PLR0913  # one parameter an option
    cv: CVPath = Path("cv.yaml"),
    *,
    output: OutputOption = None,
    to: To = DEFAULT_WRITER,
    theme: ThemeName = None,
    engine: EngineOption = None,
    variant: VariantOption = None,
    lang: Lang = None,
    set_: Set = [],  # noqa: B006  # typer reads it, nobody changes it
    open_: Annotated[bool, typer.Option("--open", help="Show the first output.")] = False,
    no_cache: NoCache = False,
) -> None:
    """Build a CV, and again at every change of its files.

    Those are cv.yaml, the .bib files, the images and the theme.
    While a file has faults they are shown, and the last good output stays. Ctrl-C ends it.
    """
    from cvtex.cli.watch_view import Screen
    from cvtex.pipeline.usecases.request import Request
    from cvtex.pipeline.watch.loop import watch_cv
    from cvtex.support.cache import NOTHING_KEPT, user_cache
    from cvtex.writers.registry import find_writer

    asked = overrides(variant, lang, set_, theme, engine)
    request = Request(cv, place(output), find_writer(to), asked)
    cache = NOTHING_KEPT if no_cache else user_cache()
    try:
        watch_cv(request, cache, Screen(request, cache, open_=open_).show)
    except KeyboardInterrupt:  # the way it is meant to end
        if sys.stderr.isatty():
            typer.echo(err=True)
        raise typer.Exit(0) from None
