"""The gate to bibtexparser: a block's body becomes names and values with their places.

bibtexparser keeps lines and no columns, counts quotation marks inside braces and gives up a whole
entry for one fault. So it is handed a layout of the body, in which the inside of every value is
one sign and every fault is blanked; the layout knows where each of its characters stands in the
file.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bibtexparser.model import DuplicateFieldKeyBlock, Entry
from bibtexparser.splitter import Splitter
from msgspec import Struct, field

from cvtex.readers.bibtex.scan import Extent
from cvtex.support.lazy_re import lazy_re

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL + 1)

_HEAD = "@x{k,"
_PIECE = lazy_re(r"\{[^{}]*\}|\"[^\"]*\"|[^\s\"#%'(),={}]+")
_JOIN = lazy_re(r"\s*#\s*")
_NEXT_NAME = lazy_re(r"\s*([^\s\"#%'(),={}]+)\s*=\s*")
_SIGN_IN_NAME = lazy_re(r"[{\"][^=,]*=")
_SIGNS = str.maketrans('{}"\n', "xxx ")
_FIELD_HINT = "a field is `name = {value}`, and commas part the fields"


class SplitFault(Struct, frozen=True):
    """What is wrong inside a block, by offsets in the file."""

    start: int
    end: int
    message: str
    hint: str


class FieldDraft(NamedTuple):
    """A field by offsets in the file: its name and the pieces of its value, joined by `#`."""

    name: tuple[int, int]
    pieces: tuple[tuple[int, int], ...]


class Layout(NamedTuple):
    """A body with nothing in it that could mislead a splitter.

    What it must not look into is one sign. `offsets` are the places of the characters in the file.
    """

    text: str
    offsets: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where one or more characters stand in the file."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def behind(self, start: int) -> Layout:
        """The layout without its first characters."""
        return Layout(self.text[start:], self.offsets[start:])


def lay_out(text: str, start: int, end: int, extent: Extent) -> Layout:
    """The layout of a stretch of the file."""
    hidden = [(left, right, "x") for left, right in extent.values if left < right]
    if extent.comments or extent.strays:
        hidden += [(left, right, " ") for left, right in extent.comments]
        hidden += [(at, at + 1, "x") for at in extent.strays]
        hidden.sort()
    parts: list[str] = []
    offsets: list[int] = []
    for left, right, sign in hidden:
        parts += (text[start:left], sign)
        offsets += range(start, left + 1)
        start = right
    offsets += range(start, end)
    return Layout("".join((*parts, text[start:end])), offsets)


def split_fields(layout: Layout) -> tuple[list[FieldDraft], list[SplitFault]]:
    """The fields of a body, and its faults in order."""
    at = layout.offsets
    drafts, faults = _split(layout.text)
    return (
        [
            FieldDraft(
                (at[start], at[end - 1] + 1), tuple([(at[a], at[b - 1] + 1) for a, b in pieces])
            )
            for (start, end), pieces in drafts
        ],
        [SplitFault(*layout.place(f.start, f.end), f.message, f.hint) for f in faults],
    )


# The entries that one program wrote share a few layouts, so that most answers are known.
@lru_cache(maxsize=1 << 10)
def _split(text: str) -> tuple[tuple[FieldDraft, ...], tuple[SplitFault, ...]]:
    body = _Body(text)
    body.split()
    return tuple(body.fields), tuple(body.faults)


def without_signs(text: str) -> str:
    """A layout that is split alike and sooner, since a splitter stops at every sign.

    Braces and quotation marks around what is hidden part nothing, unless they stand in a name.
    """
    return text if _SIGN_IN_NAME.search(text) else text.translate(_SIGNS)


class _Body(Struct):
    """The text of a layout that is split into fields; all offsets are those in the text."""

    text: str
    fields: list[FieldDraft] = field(default_factory=list)
    faults: list[SplitFault] = field(default_factory=list)

    def split(self) -> None:
        """Fill `fields` and `faults`."""
        self._blank_faults()
        body = without_signs(self.text)
        position = 0
        for name, value in self._names_and_values(body):
            start = body.index(name, position) if name else position
            equals = body.index("=", start + len(name))
            at = body.index(value, equals + 1) if value else equals + 1
            position = at + len(value)
            self._field(start, start + len(name), at, position)
        self.faults.sort(key=lambda fault: fault.start)

    def _names_and_values(self, body: str) -> list[tuple[str, str]]:
        block = Splitter(f"{_HEAD}{body}}}").split().blocks[0]
        entry = block.ignore_error_block if isinstance(block, DuplicateFieldKeyBlock) else block
        if isinstance(entry, Entry):
            return [(found.key, found.value) for found in entry.fields]
        self._fault(0, len(self.text), "these fields cannot be told apart", _FIELD_HINT)
        return []

    def _blank_faults(self) -> None:
        """Report and blank commas too many and parts without `=`."""
        parts = self.text.split(",")
        at = 0
        for i, part in enumerate(parts):
            if "=" not in part and (part.strip() or i < len(parts) - 1):
                self._report_part(part, at)
                parts[i] = " " * len(part)
            at += len(part) + 1
        self.text = (
            "".join(part + ("," if part.strip() else " ") for part in parts[:-1]) + parts[-1]
        )

    def _report_part(self, part: str, at: int) -> None:
        if not part.strip():
            self._fault(at + len(part), at + len(part) + 1, "a comma too many", "take it away")
            return
        start = at + len(part) - len(part.lstrip())
        word = re.match(r"[^\s{\"]*", part.lstrip())
        if word and word[0]:
            message, hint = f"`{word[0]}` has no `=`", f"write `{word[0]} = {{...}}`"
        else:
            message, hint = "a value without a name", _FIELD_HINT
        self._fault(start, at + len(part.rstrip()), message, hint)

    def _field(self, name: int, name_end: int, value: int, end: int) -> None:
        """One field; where a comma is missing, the next fields stand in its value."""
        while True:
            pieces = self._pieces(value, end)
            if not pieces:
                message = f"`{self.text[name:name_end]}` has no value"
                self._fault(name, max(name_end, name + 1), message, "write one, in braces")
                return
            rest = pieces[-1][1]
            follower = _NEXT_NAME.match(self.text, rest, end)
            if follower is None and self.text[rest:end].strip():
                message = "only a number or one word may stand without braces"
                self._fault(value, end, message, "put the whole value into braces")
                pieces = [(value, end)]
            self._add(name, name_end, pieces)
            if follower is None:
                return
            hint = f"put a comma before `{follower[1]}`"
            self._fault(rest - 1, rest, "a comma is missing after this value", hint)
            name, name_end, value = follower.start(1), follower.end(1), follower.end()

    def _add(self, name: int, end: int, pieces: list[tuple[int, int]]) -> None:
        words = self.text[name:end].split()
        if len(words) != 1:
            self._fault(name, max(name + 1, end), "this is no field name", _FIELD_HINT)
        if words:
            self.fields.append(FieldDraft((end - len(words[-1]), end), tuple(pieces)))

    def _pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        pieces: list[tuple[int, int]] = []
        while piece := _PIECE.match(self.text, start, end):
            pieces.append(piece.span())
            join = _JOIN.match(self.text, piece.end(), end)
            if join is None:
                break
            start = join.end()
        return pieces

    def _fault(self, start: int, end: int, message: str, hint: str) -> None:
        self.faults.append(SplitFault(start, end, message, hint))
