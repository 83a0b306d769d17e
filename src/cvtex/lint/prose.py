"""The texts of a CV, each with the way to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, get_args

from pydantic import BaseModel

from cvtex.schema.cv import CV
from cvtex.schema.scalars import MARKUP
from cvtex.source import Text

Path = tuple[str | int, ...]

_NO_PROSE = re.compile(
    r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)(?:\{=\w+\})?"  # code and raw LaTeX
    r"|(?<!\\)\$(?!\s)[^$]+?(?<![\s\\])\$(?!\d)"  # mathematics by Pandoc's rule
    r"|\[@[^\]]*\]|(?<=\])\([^()\s]*\)|(?<=\])\[[^\]]*\]"  # keys, addresses, names of links
    r"|<\w+:[^\s<>]*>|\b(?:https?|ftp|mailto):[^\s<>()]+"  # addresses as they stand
    r"|\{[\w.-]+\}",  # facts
    re.DOTALL,
)
"""What in a text is no prose."""


@dataclass(frozen=True)
class Prose:
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
        """The text with what is no prose covered by as many NULs: code, math, keys, addresses."""
        return _NO_PROSE.sub(lambda match: "\0" * len(match[0]), self.text.value)


def prose(cv: CV) -> Iterator[Prose]:
    """Every text of a CV that is read as markup; one that is translated, in each language."""
    for path, text in _texts(cv, ()):
        for language, written in text.translations or ((cv.language, text),):
            yield Prose(path, written, language)


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
    """The fields of a model whose texts are markup."""
    fields = model.model_fields.items()
    return frozenset(n for n, f in fields if MARKUP in f.metadata or _is_markup(f.annotation))


def _is_markup(annotation: Any) -> bool:  # noqa: ANN401  # any type expression
    metadata = getattr(annotation, "__metadata__", ())
    return MARKUP in metadata or any(map(_is_markup, get_args(annotation)))
