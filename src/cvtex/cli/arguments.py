"""Arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cvtex.diagnostics.usage import UsageError


class Format(StrEnum):
    """How findings are shown."""

    TEXT = "text"
    JSON = "json"


CVPath = Annotated[Path, typer.Argument(metavar="CV", help="The CV to read.", readable=False)]
Variant = Annotated[
    str | None, typer.Option(metavar="NAME", help="Take a variant that the CV defines.")
]
Lang = Annotated[str | None, typer.Option(metavar="TAG", help="Take this language, such as `de`.")]
Set = Annotated[
    list[str],
    typer.Option(
        "--set", metavar="KEY=VALUE", help="Set a key of the CV, such as `theme.font_size=11pt`."
    ),
]
OutputFormat = Annotated[Format, typer.Option("--format", help="How to show findings.")]


def assignments(values: list[str]) -> tuple[tuple[str, str], ...]:
    """The keys and values of `--set` options; raises `UsageError` for one without `=`."""
    pairs = []
    for value in values:
        key, equals, text = value.partition("=")
        if not equals or not all(key.split(".")):
            raise UsageError(f"`--set {value}` sets nothing", "write `--set key=value`")
        pairs.append((key, text))
    return tuple(pairs)
