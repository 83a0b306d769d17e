"""`cvtex new`: a CV to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

STARTER = ("cv.yaml", "refs.bib")


def new(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write.")] = Path(),
) -> None:
    """Write a small commented cv.yaml and refs.bib that build at once.

    Files that are there already are never overwritten.
    """
    from importlib.resources import files

    from cvtex.diagnostics.usage import UsageError

    taken = [name for name in STARTER if (directory / name).exists()]
    if taken:
        raise UsageError(
            f"`{directory / taken[0]}` is there already; nothing was written",
            "name another directory: `cvtex new DIR`",
        )
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name in STARTER:
            with (directory / name).open("xb") as file:
                file.write((files("cvtex.cli") / "starter" / name).read_bytes())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"`{directory}` cannot be written: {reason}") from None
    where = "" if directory == Path() else f"cd {directory} && "
    typer.echo(f"wrote {directory / STARTER[0]} and {directory / STARTER[1]}")
    typer.echo(f"next: {where}cvtex build")
