"""`cvtex themes`: lists the themes and their options."""

from __future__ import annotations

from pathlib import Path


def themes() -> None:
    """List the themes, with their options and defaults."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from cvtex.theme.manifest import list_themes

    console = Console(highlight=False)
    for theme in list_themes(Path()).values():
        manifest = theme.manifest
        console.print(Text.assemble((manifest.name, "bold"), f"  {manifest.description}"))
        table = Table(box=None, pad_edge=False, padding=(0, 2), show_header=False)
        for option in manifest.options:
            doc = f"{option.doc} ({', '.join(option.choices)})" if option.choices else option.doc
            table.add_row(Text(f"  {option.name}"), Text(option.default or "-"), Text(doc))
        console.print(table)
