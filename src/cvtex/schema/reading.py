"""Reads a single value of a model by one function, which raises its faults."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


class Reader(Struct, frozen=True, eq=False):
    """The annotation of a type whose values a function reads; `json` is their JSON Schema.

    Like pydantic's `PlainValidator`, which would analyse the type before it at every field, and so
    take most of the time of starting cvtex.
    """

    read: Callable[[object], object]
    json: JsonSchemaValue
    written: bool = False
    """True if a JSON Schema writes the value as a string, as for a default."""

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        text = core_schema.plain_serializer_function_ser_schema(str) if self.written else None
        return core_schema.no_info_plain_validator_function(self.read, serialization=text)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return dict(self.json)
