"""The JSON Schema of cv.yaml."""

from __future__ import annotations

from typing import Any

from cvtex.schema.cv import CV


def json_schema() -> dict[str, Any]:
    """The schema of the whole file, in JSON Schema draft 2020-12."""
    schema = CV.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "A CV for cvtex",
    }
