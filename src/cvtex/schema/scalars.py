"""The types of single values: each reads a `Text`, keeps its place, and says what is wrong with it.

A fault is raised as `PydanticCustomError`; its context may hold `hint`, what to type instead, and
`start` and `end`, the characters of the value that are at fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from cvtex.dates.edtf import DateError, parse_date
from cvtex.dates.format import check_pattern
from cvtex.dates.model import Date, reversed_range
from cvtex.source import Span, Text

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""The shape of a BCP 47 tag: a language, then script, region or variants."""

YAML_SCALAR = {"type": ["string", "number", "boolean"]}
"""What an editor's YAML may take an unquoted value for; cvtex reads every one as text."""


def fault(message: str, hint: str | None = None, **context: Any) -> PydanticCustomError:  # noqa: ANN401
    """A fault of one value."""
    return PydanticCustomError(
        "invalid_value", "{message}", {"message": message, "hint": hint, **context}
    )


def _text(value: object) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, str):
        return Text(value)
    found = "a list" if isinstance(value, list) else "a mapping"
    raise PydanticCustomError("wrong_type", "expected text, found {found}", {"found": found})


def _rich(value: object) -> Text:
    if not isinstance(value, dict):
        return _text(value)
    if not value or not all(LANGUAGE_TAG.fullmatch(str(key)) for key in value):
        raise PydanticCustomError(
            "wrong_type",
            "expected text, found a mapping",
            {"hint": "only a map from language to text may stand here: `{en: ..., de: ...}`"},
        )
    texts = tuple((str(tag), _text(text)) for tag, text in value.items())
    first = texts[0][1]
    return Text(first.value, first.span, first.offsets, texts)


def _word(value: object) -> str:
    return _text(value).value


def _flag(value: object) -> bool:
    word = _word(value)
    if word not in ("true", "false"):
        raise fault(f"expected true or false, found `{word}`")
    return word == "true"


def _integer(value: object) -> int:
    word = _word(value)
    if not re.fullmatch(r"\d{1,9}", word):
        raise fault(f"expected a whole number, found `{word}`")
    return int(word)


@dataclass(frozen=True)
class When:
    """A date and where it was written."""

    value: Date
    span: Span | None


def _when(value: object) -> When:
    text = _text(value)
    try:
        when = When(parse_date(text.value), text.span)
    except DateError as error:
        raise PydanticCustomError(
            "invalid_date",
            "{message}",
            {"message": error.message, "hint": error.hint, "start": error.start, "end": error.end},
        ) from error
    if reversed_range(when.value):
        start, _, end = text.value.partition("/")
        raise PydanticCustomError(
            "reversed_dates",
            "`{date}` ends before it starts",
            {"date": text.value, "hint": f"write `{end}/{start}`, or correct one of the two"},
        )
    return when


def pattern(precision: Literal["day", "month", "year"]) -> PlainValidator:
    """A CLDR pattern for dates of one precision."""

    def read(value: object) -> str:
        word = _word(value)
        try:
            check_pattern(precision, word)
        except DateError as error:
            raise fault(error.message, error.hint, start=error.start, end=error.end) from error
        return word

    return PlainValidator(read)


def _url(value: object) -> Text:
    text = _text(value)
    url = text.value.strip()
    if not url:
        raise fault("the URL is empty", "write it, or delete the key")
    if any(char.isspace() for char in url):
        raise fault("a URL holds no spaces", "write `%20` for a space")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise fault(f"`{url}` is no URL") from error
    if not parts.scheme or not (parts.netloc or parts.path):
        raise fault(f"`{url}` is no whole URL", f"write `https://{url.removeprefix('//')}`")
    return text


def _email(value: object) -> Text:
    text = _text(value)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text.value):
        raise fault(f"`{text}` is no e-mail address", "write it as `name@example.org`")
    return text


def _orcid(value: object) -> Text:
    text = _text(value)
    digits = text.value.removeprefix("https://orcid.org/").replace("-", "")
    if not re.fullmatch(r"\d{15}[\dX]", digits):
        raise fault(f"`{text}` is no ORCID iD", "write it as `0000-0002-1825-0097`")
    if _orcid_check_digit(digits[:15]) != digits[15]:
        raise fault(f"the check digit of ORCID iD `{text}` is wrong", "look for a mistyped digit")
    return text


def _orcid_check_digit(digits: str) -> str:
    """ISO 7064 MOD 11-2, as ORCID uses it."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def _language(value: object) -> str:
    tag = _word(value)
    if not LANGUAGE_TAG.fullmatch(tag):
        raise fault(
            f"`{tag}` is no language tag", "write a BCP 47 tag such as `en`, `de` or `pt-BR`"
        )
    return tag


def _identifier(value: object) -> str:
    word = _word(value)
    if not re.fullmatch(r"[^\W\d]\w*(?:[.-]\w+)*", word):
        raise fault(f"`{word}` is no name", "use letters, digits, `-` and `_`; begin with a letter")
    return word


def _years(value: object) -> tuple[int, ...]:
    """Years as a list, a single year, or ranges such as `2020/2022`."""
    parts = value if isinstance(value, list) else [value]
    years: list[int] = []
    for part in parts:
        word = _word(part).strip()
        match = re.fullmatch(r"(\d{4})(?:\s*[/–-]\s*(\d{4}))?", word)
        if match is None:
            raise fault(f"`{word}` is no year", "write `2021`, `[2021, 2023]` or `2020/2023`")
        last = int(match[2] or match[1])
        if not 0 <= last - int(match[1]) <= 100:
            raise fault(f"the years `{word}` run backwards or too far")
        years.extend(range(int(match[1]), last + 1))
    return tuple(dict.fromkeys(years))


_RICH_SCHEMA = {"anyOf": [YAML_SCALAR, {"type": "object", "additionalProperties": YAML_SCALAR}]}
_YEARS_SCHEMA = {"anyOf": [YAML_SCALAR, {"type": "array", "items": YAML_SCALAR}]}

MARKUP = PlainValidator(_rich)
"""Reads a text that is markup, and so marks the fields that hold one."""

Rich = Annotated[Text, PlainSerializer(str), MARKUP, WithJsonSchema(_RICH_SCHEMA)]
Plain = Annotated[Text, PlainSerializer(str), PlainValidator(_text), WithJsonSchema(YAML_SCALAR)]
Word = Annotated[str, PlainValidator(_word), WithJsonSchema(YAML_SCALAR)]
Identifier = Annotated[str, PlainValidator(_identifier), WithJsonSchema(YAML_SCALAR)]
Flag = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"type": "boolean"})]
Integer = Annotated[int, PlainValidator(_integer), WithJsonSchema({"type": "integer"})]
Dated = Annotated[When, PlainValidator(_when), WithJsonSchema(YAML_SCALAR)]
Url = Annotated[
    Text,
    PlainSerializer(str),
    PlainValidator(_url),
    WithJsonSchema({"type": "string", "format": "uri"}),
]
Email = Annotated[
    Text, PlainSerializer(str), PlainValidator(_email), WithJsonSchema({"type": "string"})
]
Orcid = Annotated[
    Text, PlainSerializer(str), PlainValidator(_orcid), WithJsonSchema({"type": "string"})
]
Language = Annotated[str, PlainValidator(_language), WithJsonSchema({"type": "string"})]
Years = Annotated[tuple[int, ...], PlainValidator(_years), WithJsonSchema(_YEARS_SCHEMA)]

Choice = BeforeValidator(_word)
"""Put before a `Literal`, so that a text is compared by what it says."""
