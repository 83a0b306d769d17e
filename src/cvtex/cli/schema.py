"""`cvtex schema`: the JSON Schema of cv.yaml, for editors."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON Schema of cv.yaml.

    Save it and name it in the first line of the CV, so that an editor completes and checks keys:
    `# yaml-language-server: $schema=cv.schema.json`
    """
    import json

    from cvtex.schema.export import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
