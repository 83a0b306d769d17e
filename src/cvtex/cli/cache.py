"""`cvtex cache`: shows or clears what is kept between runs."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from cvtex.cli.arguments import ReportFormat

if TYPE_CHECKING:
    from cvtex.support.cache import Cache

app = typer.Typer(help="Show what is kept between runs, or clear it.")


@app.callback(invoke_without_command=True)
def show(
    context: typer.Context,
    *,
    format_: Annotated[
        ReportFormat, typer.Option("--format", help="How to show it.")
    ] = ReportFormat.TEXT,
) -> None:
    """Show where the cache is and how much is in it; all of it can be made again."""
    if context.invoked_subcommand is not None:
        return
    cache = _readable_cache()
    if format_ is ReportFormat.JSON:
        typer.echo(json.dumps(_report(cache), ensure_ascii=False, indent=2))
        return
    typer.echo(cache.root)
    for use in cache.uses():
        count = f"{use.files:,} file{'s' * (use.files != 1)}"
        typer.echo(f"  {use.shelf.name:16}{count:>14}{megabytes(use.size):>14}")


@app.command()
def clear() -> None:
    """Remove what is kept; the next builds take a little longer."""
    cache = _readable_cache()
    size = sum(use.size for use in cache.uses())
    cache.clear()
    left = sum(use.size for use in cache.uses())
    if left:
        from cvtex.diagnostics.usage import UsageError

        hint = "remove it yourself, or end the runs that use it"
        raise UsageError(f"{megabytes(left)} in `{cache.root}` cannot be removed", hint)
    typer.echo(f"removed {megabytes(size)} from {cache.root}", err=True)


def _readable_cache() -> Cache:
    """Return the user's cache; raises `UsageError` if a folder of it cannot be read."""
    from cvtex.diagnostics.usage import UsageError
    from cvtex.support.cache import SHELVES, user_cache

    cache = user_cache()
    for place in (cache.root, *(cache.path(shelf, "") for shelf in SHELVES)):
        try:
            with suppress(FileNotFoundError):
                os.scandir(place).close()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            hint = "nothing is kept there; `CVTEX_CACHE_DIR` names another place"
            raise UsageError(f"`{place}` cannot be read: {reason}", hint) from None
    return cache


def megabytes(size: int) -> str:
    """Format a size in bytes as megabytes: "1.3 MB"."""
    return f"{size / 1_000_000:.1f} MB"


def _report(cache: Cache) -> dict[str, object]:
    shelves = [
        {"name": use.shelf.name, "files": use.files, "bytes": use.size, "most": use.shelf.most}
        for use in cache.uses()
    ]
    return {"path": str(cache.root), "shelves": shelves}
