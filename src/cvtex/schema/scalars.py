"""The types of single values: each reads a `Text`, keeps its place, and raises its faults.

A fault is a `PydanticCustomError`; its context may contain a `hint`, the `start` and `end` of the
characters at fault, and `meant`, the corrected value, with the `safety` of writing it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit

from msgspec import Struct
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from cvtex.dates.edtf import DateError, parse_date
from cvtex.dates.format import check_pattern
from cvtex.dates.partial_date import Date, reversed_range
from cvtex.diagnostics.diagnostic import Safety
from cvtex.schema.reading import Reader
from cvtex.source import Span, Text
from cvtex.support.lazy_re import lazy_re
from cvtex.tex.engines.registry import ENGINE_NAMES, REMOVED_ENGINES

LANGUAGE_TAG = lazy_re(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""The shape of a BCP 47 tag: a language, then script, region or variants."""

YAML_SCALAR = {"type": ["string", "number", "boolean"]}
"""The types that an editor's YAML may give an unquoted value; cvtex reads every one as text."""


def fault(message: str, hint: str | None = None, **context: Any) -> PydanticCustomError:  # noqa: ANN401
    """Return a fault of one value."""
    return PydanticCustomError(
        "invalid_value", "{message}", {"message": message, "hint": hint, **context}
    )


_FLAGS = {
    **dict.fromkeys(("true", "yes", "y", "on", "1"), "true"),
    **dict.fromkeys(("false", "no", "n", "off", "0"), "false"),
}
"""The words that other programs read as true or false, in lower case."""

_HOST_AND_PATH = lazy_re(r"https://(?:[\w-]+\.)+[A-Za-z]{2,}(?::\d+)?(?:[/?#]\S*)?")
"""A URL with a plausible host, as `https://` and `example.org/me` give."""


def _text(value: object) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, str):
        return Text(value)
    found, sign = ("a list", "[") if isinstance(value, list) else ("a mapping", "{")
    hint = f"write one text here; one that starts with `{sign}` needs quotes"
    context = {"found": found, "hint": hint}
    raise PydanticCustomError("wrong_type", "expected text, found {found}", context)


def _rich(value: object) -> Text:
    if not isinstance(value, dict):
        return _text(value)
    if not value or not all(LANGUAGE_TAG.fullmatch(str(key)) for key in value):
        raise PydanticCustomError(
            "wrong_type",
            "expected text, found a mapping",
            {"hint": "only a map from language to text is allowed here: `{en: ..., de: ...}`"},
        )
    texts = tuple((str(tag), _text(text)) for tag, text in value.items())
    first = texts[0][1]
    return Text(first.value, first.span, first.offsets, texts)


def _word(value: object) -> str:
    return _text(value).value


def _engine(value: object) -> str:
    word = _word(value)
    if word in REMOVED_ENGINES:
        raise fault(f"`{word}` is not an engine of cvtex any more", REMOVED_ENGINES[word])
    return word


def _flag(value: object) -> bool:
    word = _word(value)
    if word not in ("true", "false"):
        meant = _FLAGS.get(word.lower())
        hint = f"write `{meant}`" if meant else "write `true` or `false`"
        message = f"expected true or false, found `{word}`"
        raise fault(message, hint, meant=meant, safety=Safety.SAFE)
    return word == "true"


def _integer(value: object) -> int:
    word = _word(value)
    if not re.fullmatch(r"\d{1,9}", word):
        raise fault(f"expected a whole number, found `{word}`", "write it in digits, as in `2`")
    return int(word)


class DateValue(Struct, frozen=True):
    """A date and where it was written."""

    value: Date
    span: Span | None


def _when(value: object) -> DateValue:
    text = _text(value)
    try:
        when = DateValue(parse_date(text.value), text.span)
    except DateError as error:
        raise PydanticCustomError(
            "invalid_date",
            "{message}",
            {
                "message": error.message,
                "hint": error.hint,
                "start": error.start,
                "end": error.end,
                "meant": error.suggestion,
                "safety": _safety(error.suggestion),
            },
        ) from error
    if reversed_range(when.value):
        start, _, end = text.value.partition("/")
        raise PydanticCustomError(
            "reversed_dates",
            "`{date}` ends before it starts",
            {
                "date": text.value,
                "hint": f"write `{end}/{start}`, or correct one of the two",
                "meant": f"{end.strip()}/{start.strip()}",
                "safety": Safety.UNSAFE,
            },
        )
    return when


def _safety(suggestion: str | None) -> Safety:
    """Return the safety of correcting a date: an open or unknown end of a range is a guess."""
    return Safety.UNSAFE if suggestion and "/" in suggestion else Safety.SAFE


def pattern(precision: Literal["day", "month", "year"]) -> Reader:
    """Return a CLDR pattern for dates of one precision."""

    def read(value: object) -> str:
        word = _word(value)
        try:
            check_pattern(precision, word)
        except DateError as error:
            raise fault(error.message, error.hint, start=error.start, end=error.end) from error
        return word

    return Reader(read, {})


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
        hint = "look for a bracket that does not belong there"
        raise fault(f"`{url}` is not a URL", hint) from error
    if not parts.scheme or not (parts.netloc or parts.path):
        whole = f"https://{url.removeprefix('//')}"
        meant = whole if _HOST_AND_PATH.fullmatch(whole) else None
        message = f"`{url}` is not a complete URL"
        raise fault(message, f"write `{whole}`", meant=meant, safety=Safety.UNSAFE)
    return text


def _email(value: object) -> Text:
    text = _text(value)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text.value):
        raise fault(f"`{text}` is not an e-mail address", "write it as `name@example.org`")
    return text


def _orcid(value: object) -> Text:
    text = _text(value)
    digits = text.value.removeprefix("https://orcid.org/").replace("-", "")
    if not re.fullmatch(r"\d{15}[\dX]", digits):
        raise fault(f"`{text}` is not an ORCID iD", "write it as `0000-0002-1825-0097`")
    if _orcid_check_digit(digits[:15]) != digits[15]:
        raise fault(f"the check digit of ORCID iD `{text}` is wrong", "look for a mistyped digit")
    return text


def _orcid_check_digit(digits: str) -> str:
    """Return the check digit of an ORCID iD, by ISO 7064, MOD 11-2."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def _language(value: object) -> str:
    tag = _word(value)
    if not LANGUAGE_TAG.fullmatch(tag):
        raise fault(
            f"`{tag}` is not a language tag", "write a BCP 47 tag such as `en`, `de` or `pt-BR`"
        )
    return tag


def _identifier(value: object) -> str:
    word = _word(value)
    if not re.fullmatch(r"[^\W\d]\w*(?:[.-]\w+)*", word):
        raise fault(
            f"`{word}` is not a name", "use letters, digits, `-` and `_`; begin with a letter"
        )
    return word


def _years(value: object) -> tuple[int, ...]:
    """Return years written as a list, a single year, or ranges such as `2020/2022`."""
    parts = value if isinstance(value, list) else [value]
    years: list[int] = []
    for part in parts:
        word = _word(part).strip()
        match = re.fullmatch(r"(\d{4})(?:\s*[/–-]\s*(\d{4}))?", word)
        if match is None:
            raise fault(f"`{word}` is not a year", "write `2021`, `[2021, 2023]` or `2020/2023`")
        last = int(match[2] or match[1])
        if not 0 <= last - int(match[1]) <= 100:
            hint = f"write the earlier year first: `{last}/{match[1]}`"
            raise fault(
                f"the years `{word}` run backwards or too far",
                hint if last < int(match[1]) else "at most 100 years can be written so",
            )
        years.extend(range(int(match[1]), last + 1))
    return tuple(dict.fromkeys(years))


_RICH_SCHEMA = {"anyOf": [YAML_SCALAR, {"type": "object", "additionalProperties": YAML_SCALAR}]}
_YEARS_SCHEMA = {"anyOf": [YAML_SCALAR, {"type": "array", "items": YAML_SCALAR}]}

MARKUP = Reader(_rich, _RICH_SCHEMA, written=True)
"""The reader of a text with markup, by which fields with markup are known."""

Rich = Annotated[Text, MARKUP]
Plain = Annotated[Text, Reader(_text, YAML_SCALAR, written=True)]
Word = Annotated[str, Reader(_word, YAML_SCALAR)]
Identifier = Annotated[str, Reader(_identifier, YAML_SCALAR)]
Flag = Annotated[bool, Reader(_flag, {"type": "boolean"})]
Integer = Annotated[int, Reader(_integer, {"type": "integer"})]
DatedKind = Annotated[DateValue, Reader(_when, YAML_SCALAR)]
Url = Annotated[Text, Reader(_url, {"type": "string", "format": "uri"}, written=True)]
Email = Annotated[Text, Reader(_email, {"type": "string"}, written=True)]
Orcid = Annotated[Text, Reader(_orcid, {"type": "string"}, written=True)]
Language = Annotated[str, Reader(_language, {"type": "string"})]
Years = Annotated[tuple[int, ...], Reader(_years, _YEARS_SCHEMA)]

Choice = BeforeValidator(_word)
"""The annotation of a `Literal`, so that a `Text` is compared by its value."""

if TYPE_CHECKING:
    EngineName = str
else:
    EngineName = Annotated[Literal[("auto", *ENGINE_NAMES)], BeforeValidator(_engine)]
