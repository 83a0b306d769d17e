"""`cvtex schema`: the JSON Schemas of cv.yaml, for editors, and of the document tree."""

from __future__ import annotations

from typing import Annotated

import typer


def schema(
    *,
    document: Annotated[
        bool,
        typer.Option("--document", help="The schema of what `cvtex build --to json` writes."),
    ] = False,
) -> None:
    """Print the JSON Schema of cv.yaml.

    Save it and name it in the first line of the CV, so that an editor completes and checks keys:
    `# yaml-language-server: $schema=cv.schema.json`
    """
    import json

    if document:
        from cvtex.writers.json.schema import document_schema

        made = document_schema()
    else:
        from cvtex.schema.export import json_schema

        made = json_schema()
    typer.echo(json.dumps(made, indent=2, ensure_ascii=False))
