"""The fields of .bib files that hold words for readers, and how their values are edited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import ClassVar
from unicodedata import category

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Edit, Fix, Safety
from cvtex.lint.cv_prose import covered
from cvtex.readers.bibtex.bibliography import BibRecord
from cvtex.readers.bibtex.record import NAME_LISTS, PRINTED, VERBATIM
from cvtex.source import Span, Text
from cvtex.support.lazy_re import lazy_re

_TITLES = frozenset(
    (
        "title subtitle titleaddon booktitle booksubtitle booktitleaddon maintitle mainsubtitle"
        " journaltitle journalsubtitle issuetitle issuesubtitle eventtitle series"
    ).split()
)
_WORDS = (
    _TITLES
    | NAME_LISTS
    | frozenset(
        "note addendum howpublished publisher location organization institution venue".split()
    )
)
_FIELDS = (PRINTED | NAME_LISTS) - VERBATIM
_NO_PROSE = lazy_re(r"\\(?:url|href|path|verb)\{[^{}]*\}|\\[A-Za-z]+|\\.|\$[^$]*\$", re.DOTALL)
_FORMULA = lazy_re(r"(?<!\\)\$[^$]*(?<!\\)\$")
_COMMAND = lazy_re(r"\\[A-Za-z]+\Z")
_LONGEST_COMMAND = 30
_IN_LATEX = {"&": r"\&", "%": r"\%", "#": r"\#", "$": r"\$", "_": r"\_", "\u00a0": "~"}


class BibProse(Struct, frozen=True, dict=True):
    """A field of an entry that a style may print, with its name; its language is not known."""

    field: str
    text: Text

    language: ClassVar[str] = ""
    base_language: ClassVar[str] = ""
    is_latex: ClassVar[bool] = True

    @property
    def has_words(self) -> bool:
        """Return whether the field holds words or names, and not a number, a date or pages."""
        return self.field in _WORDS

    @property
    def is_names(self) -> bool:
        """Return whether the text is a list of names."""
        return self.field in NAME_LISTS

    @property
    def is_quoted_title(self) -> bool:
        """Return whether the text is the title of a work, whose words are not the writer's own."""
        return self.field in _TITLES

    @cached_property
    def plain(self) -> str:
        """The text with NULs for what is not prose: commands, formulas, addresses."""
        return covered(_NO_PROSE, self.text.value)

    @cached_property
    def outside_code(self) -> str:
        """The text with NULs for formulas, except for those that are a `<` or a `>`."""
        return _FORMULA.sub(_cover, self.text.value)

    def is_typed_here(self, start: int, end: int) -> bool:
        """Return whether characters stand in the value itself, and not in a `@string`."""
        return written(self.text, start, end) is not None

    def edit(self, start: int, end: int, replacement: str) -> Edit | None:
        """Return the edit that replaces characters; None where it cannot be made for certain.

        It cannot where letters would then follow the name of a command, which they would change.
        """
        value = self.text.value
        before = value[max(0, start - _LONGEST_COMMAND) : start]
        if (replacement or value[end:])[:1].isalpha() and _COMMAND.search(before):
            return None
        return edit_of_value(self.text, start, end, replacement)

    def fix(self, start: int, end: int, new: str, message: str, safety: Safety) -> Fix | None:
        """Return the fix that replaces characters; None where it cannot be made for certain."""
        edit = self.edit(start, end, new)
        return None if edit is None else Fix(message, (edit,), safety)

    def character(self, char: str) -> str | None:
        """Return how a character is typed; None where that is not certain."""
        if len(char) != 1:
            return None
        is_plain = category(char)[0] == "L" or char in "–—’‘“”"
        return _IN_LATEX.get(char) or (char if is_plain else None)


def _cover(formula: re.Match[str]) -> str:
    return formula[0] if formula[0] in ("$<$", "$>$") else "\0" * len(formula[0])


def bib_prose(records: Iterable[BibRecord]) -> Iterator[BibProse]:
    """Yield the printed fields of entries, but for those that are inherited from a parent."""
    for record in records:
        for name, text in record.values.items():
            if name in _FIELDS and is_own(record, text):
                yield BibProse(name, text)


def is_own(record: BibRecord, text: Text) -> bool:
    """Return whether a value stands in the entry itself and is not inherited."""
    span, whole = text.span, record.span
    return (
        span is not None and span.source is whole.source and whole.start <= span.start < whole.end
    )


def is_bare(text: Text) -> bool:
    """Return whether a value is a word without braces that stands for itself, not a number."""
    span, said = text.span, text.value
    if span is None or span.start == 0 or said.isdecimal() or span.text != said:
        return False
    return bool(said) and span.source.text[span.start - 1] not in '{"'


def written(text: Text, start: int = 0, end: int | None = None) -> Span | None:
    """Return the place of characters `start` to `end` of a value, if they stand there unchanged.

    Those of a `@string`, or of a value put together with `#`, do not.
    """
    if is_bare(text):
        return None
    end = len(text.value) if end is None else end
    span = text.place(start, end) if start < end else None
    return span if span is not None and span.text == text.value[start:end] else None


def edit_of_value(text: Text, start: int, end: int, replacement: str) -> Edit | None:
    """Return the edit that replaces characters of a value; None where they stand elsewhere."""
    span = written(text, start, end)
    return None if span is None else Edit(span, replacement)
