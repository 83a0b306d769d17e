"""The texts of a CV, each with its path from the top of cv.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Any, get_args

from msgspec import Struct
from pydantic import BaseModel

from cvtex.locale import Terms, terms_of
from cvtex.richtext.markdown import list_items, paragraphs
from cvtex.schema.cv import CV
from cvtex.schema.scalars import MARKUP
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

Path = tuple[str | int, ...]

_INSIDE = r"(?:(?!\n(?:[ \t]*\n|[-*+] )).)"
"""A character that does not end a paragraph or a bullet."""
_CODE = (
    rf"(?<!`)(?P<ticks>`+)(?!`){_INSIDE}*?(?<!`)(?P=ticks)(?!`)(?:\{{=\w+\}})?"  # code, raw LaTeX
    rf"|(?<!\\)\$(?!\s)(?:(?!\$){_INSIDE})+?(?<![\s\\])\$(?!\d)"  # mathematics by Pandoc's rule
)
_TARGET = r'(?:[^\s<>()*"“”«»]|\*(?![*\s.,;:)]|\Z)|\((?:[^\s<>()]|\([^\s<>()]*\))*\))+'
"""The part of a URL behind the scheme: brackets in pairs, without quotes and emphasis around."""
_NO_PROSE = lazy_re(
    rf"{_CODE}"
    r"|\[@[^\]]*\]|(?<=\])\[[^\]]*\]"  # keys, names of links
    r"|(?<=\])\((?:<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)"  # addresses of links
    r"""(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)"""
    rf"|<\w+:[^\s<>]*>|\b(?:https?|ftp|mailto):{_TARGET}"  # bare addresses
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\{[\w.-]+\}",  # facts
    re.DOTALL,
)
"""The parts of a text that are not prose."""
_NO_TEXT = lazy_re(_CODE, re.DOTALL)
"""The parts of a text that are not printed as their characters: code and mathematics."""


class Prose(Struct, frozen=True, dict=True):
    """A text that is read as markup: its path from the top of cv.yaml, and its language."""

    path: Path
    text: Text
    language: str

    @property
    def field(self) -> str:
        """The key it stands under, such as "details"."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")

    @cached_property
    def plain(self) -> str:
        """The text with a NUL for each character that is not prose: code, math, keys, addresses."""
        return _covered(_NO_PROSE, self.text.value)

    @cached_property
    def outside_code(self) -> str:
        """The text with a NUL for each character of code and mathematics."""
        return _covered(_NO_TEXT, self.text.value)

    @property
    def base_language(self) -> str:
        """The language without its region or script, such as "pt" of "pt-BR"."""
        return self.language.lower().split("-")[0]

    @cached_property
    def terms(self) -> Terms:
        """The words and quotation marks of its language."""
        return terms_of(self.language)


def _covered(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: "\0" * len(match[0]), text)


def prose(cv: CV) -> Iterator[Prose]:
    """Yield every text of a CV that is read as markup, a translated one in each language."""
    for path, text in _texts(cv, ()):
        for language, written in text.translations or ((cv.language, text),):
            yield Prose(path, written, language)


def bullet_lists(texts: Iterable[Prose]) -> Iterator[tuple[Prose, ...]]:
    """Yield the lists of bullets among texts: those under `details`, and those in running text."""
    details: dict[tuple[Path, str], list[Prose]] = {}
    for text in texts:
        if text.path[-2:-1] == ("details",):
            details.setdefault((text.path[:-1], text.language), []).append(text)
        elif text.field == "body":
            yield from _lists_within(text)
    yield from map(tuple, details.values())


def _lists_within(body: Prose) -> Iterator[tuple[Prose, ...]]:
    for paragraph in paragraphs(body.text):
        _, items = list_items(paragraph)
        if items:
            yield tuple(Prose((*body.path, i), text, body.language) for i, text in enumerate(items))


def _texts(model: BaseModel, path: Path) -> Iterator[tuple[Path, Text]]:
    for name, field in type(model).model_fields.items():
        is_markup = name in _markup_fields(type(model))
        yield from _within(getattr(model, name), (*path, field.alias or name), is_markup)


def _within(value: object, path: Path, is_markup: bool) -> Iterator[tuple[Path, Text]]:
    if isinstance(value, BaseModel):
        yield from _texts(value, path)
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from _within(item, (*path, i), is_markup)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _within(item, (*path, key), is_markup)
    elif isinstance(value, Text) and is_markup:
        yield path, value


@cache
def _markup_fields(model: type[BaseModel]) -> frozenset[str]:
    """Return the names of the fields of a model whose texts are markup."""
    fields = model.model_fields.items()
    return frozenset(n for n, f in fields if MARKUP in f.metadata or _is_markup(f.annotation))


def _is_markup(annotation: Any) -> bool:  # noqa: ANN401  # any type expression
    metadata = getattr(annotation, "__metadata__", ())
    return MARKUP in metadata or any(map(_is_markup, get_args(annotation)))
