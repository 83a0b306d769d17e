"""Short forms of values: one item for a list of one, a text for a mapping with one key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from msgspec import Struct
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from cvtex.schema.scalars import YAML_SCALAR
from cvtex.source import Text


class _Expanded(Struct, frozen=True):
    """Expands a short form before validation, and allows it in the JSON Schema."""

    expand: Callable[[Any], Any]
    short: Callable[[JsonSchemaValue], JsonSchemaValue]

    def __get_pydantic_core_schema__(
        self,
        source: type[Any],
        handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.expand, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        whole = handler(schema)
        return {"anyOf": [self.short(handler.resolve_ref_schema(whole)), whole]}


def _listed(value: Any) -> Any:  # noqa: ANN401
    return value if isinstance(value, list) else [value]


def text_for(key: str) -> _Expanded:
    """Return the annotation of a mapping for which a text is short, as the value of one key."""

    def expand(value: Any) -> Any:  # noqa: ANN401
        return {key: value} if isinstance(value, Text | str) else value

    return _Expanded(expand, lambda _: YAML_SCALAR)


def value_for(key: str) -> _Expanded:
    """Return the annotation of a mapping for which any value is short, as that of one key."""

    def expand(value: Any) -> Any:  # noqa: ANN401
        return value if isinstance(value, dict) and key in value else {key: value}

    return _Expanded(expand, lambda whole: whole["properties"][key])


T = TypeVar("T")
Many = Annotated[tuple[T, ...], _Expanded(_listed, lambda whole: whole["items"])]
"""One value or a list of them."""
