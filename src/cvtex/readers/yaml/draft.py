"""The text given to PyYAML, with the offset of each of its characters in the source.

It differs from the source where PyYAML departs from YAML 1.2 or would stop: U+0085, U+2028 and
U+2029 are line ends in YAML 1.1 only (YAML 1.2.2, section 5.4), so private-use characters replace
them, and likewise the characters that YAML does not allow. After a syntax error it also contains
the correction, so that reading can continue.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Edit, Fix, Safety
from cvtex.source import Source, Span
from cvtex.support.lazy_re import lazy_re

# The complement of c-printable (YAML 1.2.2, section 5.1); U+0085 is printable but see above.
_REFUSED = "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
REFUSED = lazy_re(f"[{_REFUSED}]")
_REPLACED = lazy_re(f"[{_REFUSED}\x85\u2028\u2029]")
_BYTE_ORDER_MARK = "\ufeff"
_PRIVATE_USE = range(0xF0000, 0xFFFFE)
_LONGEST_CODE = 160
_ENTRY_START = lazy_re(r"[\[{]|,\s+")


class Change(Struct, frozen=True):
    """Replace the characters from `start` up to `end` of a draft."""

    start: int
    end: int
    text: str


class YamlDraft(Struct, frozen=True, eq=False, dict=True):
    """A text for PyYAML; `origins` has the source offset of each character and of the end."""

    source: Source
    text: str
    origins: Sequence[int]
    stand_ins: Mapping[int, str]

    @cached_property
    def lines(self) -> Source:
        """The draft as a source of its own, for counting lines."""
        return Source(self.source.path, self.text)

    def span(self, start: int, end: int) -> Span:
        """Return the span in the source of a range of the draft."""
        return self.source.span(self.origins[start], self.origins[end])

    def position(self, offset: int) -> int:
        """Return the first position in the draft that comes from an offset of the source."""
        return bisect_left(self.origins, offset)

    def written(self, text: str) -> str:
        """Return a text taken from the draft, as the user wrote it."""
        return text.translate(self.stand_ins) if self.stand_ins else text

    def changed(self, changes: Iterable[Change]) -> YamlDraft:
        """Return the draft with changes applied, which must not overlap."""
        text, origins = self.text, list(self.origins)
        for change in sorted(changes, key=lambda change: change.start, reverse=True):
            text = text[: change.start] + change.text + text[change.end :]
            inserted = [origins[change.start]] * len(change.text)
            origins[change.start : change.end] = inserted
        return YamlDraft(self.source, text, origins, self.stand_ins)

    def fix(self, message: str, changes: Iterable[Change], safety: Safety) -> Fix:
        """Return the changes as edits of the source."""
        edits = (Edit(self.span(c.start, c.end), self.written(c.text)) for c in changes)
        return Fix(message, tuple(edits), safety)

    def corrected(self, changes: Sequence[Change]) -> str:
        """Return the corrected line in backticks, for a hint; of several lines, the first and last.

        Of a long line in which a text is put in quotes, it is the pair with that text.
        """
        changed = self.changed(changes)
        first, last = min(c.start for c in changes), max(c.end for c in changes)
        if len(changes) > 1 and all(change.text in ("'", '"') for change in changes):
            end = last + len(changed.text) - len(self.text)
            if pair := _quoted_pair(changed.lines, first, end):
                return code(self.written(pair).strip())
        numbers = dict.fromkeys(self.lines.position(place).line for place in (first, last))
        lines = (changed.lines.line(number) for number in numbers)
        return " … ".join(code(self.written(line).strip()) for line in lines)


def _quoted_pair(lines: Source, start: int, end: int) -> str | None:
    """Return the pair or item whose text is put in quotes, if its line is too long for a hint."""
    number = lines.position(start).line
    if len(lines.line(number).strip()) <= _LONGEST_CODE or lines.position(end).line != number:
        return None
    before = _ENTRY_START.split(lines.text[lines.offset(number) : start])[-1]
    return before + lines.text[start:end]


def first_draft(source: Source) -> YamlDraft:
    """Return the first draft of a source."""
    skipped = len(source.text) - len(source.text.lstrip(_BYTE_ORDER_MARK))
    text = source.text[skipped:]
    replaced = sorted(set(_REPLACED.findall(text)))
    table = dict(zip(replaced, _unused(text), strict=False)) if replaced else {}
    stand_ins = {ord(stand_in): char for char, stand_in in table.items()}
    drafted = text.translate(str.maketrans(table)) if table else text
    return YamlDraft(source, drafted, range(skipped, len(source.text) + 1), stand_ins)


def _unused(text: str) -> Iterator[str]:
    """Return private-use characters that are not in the text, nor named there by an escape."""
    lowered = text.lower()
    for code_point in _PRIVATE_USE:
        if chr(code_point) not in text and f"{code_point:x}" not in lowered:
            yield chr(code_point)


def code(text: str, limit: int = _LONGEST_CODE) -> str:
    """Return a text as Markdown code, shortened in the middle; it may contain backticks."""
    if len(text) > limit:
        text = f"{text[: limit - 40]} … {text[-36:]}"
    if "`" not in text:
        return f"`{text}`"
    fence = "`" * (max(map(len, re.findall("`+", text))) + 1)
    return f"{fence} {text} {fence}"
