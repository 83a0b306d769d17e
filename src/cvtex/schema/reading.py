"""How a single value is read: by one function, which says what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


class Reader(Struct, frozen=True, eq=False):
    """Put behind a type: values are read by a function, and `json` is their JSON Schema.

    As pydantic's `PlainValidator`, which however takes the type before it to pieces at every
    field, and so would be most of what starting cvtex costs.
    """

    read: Callable[[object], object]
    json: JsonSchemaValue
    written: bool = False
    """Whether the value is written out as a text: in a JSON Schema, as a default."""

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        text = core_schema.plain_serializer_function_ser_schema(str) if self.written else None
        return core_schema.no_info_plain_validator_function(self.read, serialization=text)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return dict(self.json)
