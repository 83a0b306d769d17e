"""The JSON Schema of cv.yaml."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from cvtex.schema.cv import CV
from cvtex.source import Text


def json_schema() -> dict[str, Any]:
    """Return the schema of the whole file, in JSON Schema draft 2020-12."""
    schema = CV.model_json_schema(by_alias=True, schema_generator=_AsWritten)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "A CV for cvtex",
    }


class _AsWritten(GenerateJsonSchema):
    """Generates a schema whose defaults are written as in cv.yaml."""

    def encode_default(self, dft: Any) -> Any:  # noqa: ANN401  # pydantic's own signature
        return str(dft) if isinstance(dft, Text) else super().encode_default(dft)
