"""The texts of cv.yaml that are read as markup, each with its path and its language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Any, ClassVar, get_args

from msgspec import Struct
from pydantic import BaseModel

from cvtex.diagnostics.diagnostic import Edit, Fix, Safety
from cvtex.lint.edits import edit_of, fix_of
from cvtex.locale import Terms, terms_of
from cvtex.richtext.markdown import list_items, paragraphs
from cvtex.schema.cv import CV
from cvtex.schema.scalars import MARKUP
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

KeyPath = tuple[str | int, ...]

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
"""The parts of a text whose characters do not stand for themselves."""


class CvProse(Struct, frozen=True, dict=True):
    """A text of cv.yaml that is read as markup: its path from the top, and its language."""

    path: KeyPath
    text: Text
    language: str

    has_words: ClassVar[bool] = True
    is_names: ClassVar[bool] = False
    is_quoted_title: ClassVar[bool] = False
    is_latex: ClassVar[bool] = False

    def is_typed_here(self, _start: int, _end: int) -> bool:
        """Return True: in cv.yaml every character of a text stands in the text."""
        return True

    @property
    def field(self) -> str:
        """The key it stands under, such as "details"."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")

    @cached_property
    def plain(self) -> str:
        """The text with NULs for what is not prose: code, mathematics, keys, addresses."""
        return covered(_NO_PROSE, self.text.value)

    @cached_property
    def outside_code(self) -> str:
        """The text with NULs for code and mathematics."""
        return covered(_NO_TEXT, self.text.value)

    def edit(self, start: int, end: int, replacement: str) -> Edit | None:
        """Return the edit that replaces characters; None where it cannot be made for certain."""
        return edit_of(self.text, start, end, replacement)

    def fix(self, start: int, end: int, new: str, message: str, safety: Safety) -> Fix | None:
        """Return the fix that replaces characters; None where it cannot be made for certain."""
        return fix_of(self.text, start, end, new, message, safety)

    def character(self, char: str) -> str | None:
        """Return how a character is typed; None for one that cannot be."""
        return char if len(char) == 1 and (char.isprintable() or char == "\u00a0") else None

    @property
    def base_language(self) -> str:
        """The language without its region or script, such as "pt" of "pt-BR"."""
        return self.language.lower().split("-")[0]

    @cached_property
    def terms(self) -> Terms:
        """The words and quotation marks of its language."""
        return terms_of(self.language)


def covered(pattern: re.Pattern[str], text: str) -> str:
    """Return a text with as many NULs for each match of a pattern."""
    return pattern.sub(lambda match: "\0" * len(match[0]), text)


def cv_prose(cv: CV) -> Iterator[CvProse]:
    """Yield every text of a CV that is read as markup, with its translations."""
    for path, text in _texts(cv, ()):
        for language, written in text.translations or ((cv.language, text),):
            yield CvProse(path, written, language)


def bullet_lists(texts: Iterable[CvProse]) -> Iterator[tuple[CvProse, ...]]:
    """Yield the bullet lists among texts: those under `details`, and those in running text."""
    details: dict[tuple[KeyPath, str], list[CvProse]] = {}
    for text in texts:
        if text.path[-2:-1] == ("details",):
            details.setdefault((text.path[:-1], text.language), []).append(text)
        elif text.field == "body":
            yield from _lists_within(text)
    yield from map(tuple, details.values())


def _lists_within(body: CvProse) -> Iterator[tuple[CvProse, ...]]:
    for paragraph in paragraphs(body.text):
        _, items = list_items(paragraph)
        if items:
            yield tuple(
                CvProse((*body.path, i), text, body.language) for i, text in enumerate(items)
            )


def _texts(model: BaseModel, path: KeyPath) -> Iterator[tuple[KeyPath, Text]]:
    for name, field in type(model).model_fields.items():
        is_markup = name in _markup_fields(type(model))
        yield from _within(getattr(model, name), (*path, field.alias or name), is_markup)


def _within(value: object, path: KeyPath, is_markup: bool) -> Iterator[tuple[KeyPath, Text]]:
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
