"""The gate to bibtexparser: a block's body becomes names and values with their places.

bibtexparser keeps lines and no columns, counts quotation marks inside braces and gives up a whole
entry for one fault. So it is handed a copy of equal length in which the inside of every value is
covered and every fault is blanked; what it finds there is where it stands in the file.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field

from bibtexparser.model import DuplicateFieldKeyBlock, Entry
from bibtexparser.splitter import Splitter

from cvtex.bib_reader.scan import Extent

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL + 1)

_HEAD = "@x{k,"
_PIECE = re.compile(r"\{[^{}]*\}|\"[^\"]*\"|[^\s\"#%'(),={}]+")
_JOIN = re.compile(r"\s*#\s*")
_NEXT_NAME = re.compile(r"\s*([^\s\"#%'(),={}]+)\s*=\s*")
_FIELD_HINT = "a field is `name = {value}`, and commas part the fields"


@dataclass(frozen=True)
class Fault:
    """What is wrong inside a block, by offsets in the file."""

    start: int
    end: int
    message: str
    hint: str


@dataclass(frozen=True)
class Draft:
    """A field by offsets in the file: its name and the pieces of its value, joined by `#`."""

    name: tuple[int, int]
    pieces: tuple[tuple[int, int], ...]


def cover(text: str, start: int, end: int, extent: Extent) -> str:
    """A stretch of the file with nothing in it that could mislead a splitter."""
    chars = list(text[start:end])
    for left, right in extent.values:
        chars[left - start : right - start] = "x" * (right - left)
    for left, right in extent.comments:
        chars[left - start : right - start] = " " * (right - left)
    for at in extent.strays:
        chars[at - start] = "x"
    return "".join(chars)


@dataclass
class Body:
    """A covered body that is split into fields; `offset` is where it starts in the file."""

    covered: str
    offset: int
    fields: list[Draft] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def split(self) -> None:
        """Fill `fields` and `faults`."""
        self._blank_faults()
        position = 0
        for name, value in self._names_and_values():
            start = self.covered.index(name, position) if name else position
            equals = self.covered.index("=", start + len(name))
            at = self.covered.index(value, equals + 1) if value else equals + 1
            position = at + len(value)
            self._field(start, start + len(name), at, position)
        self.faults.sort(key=lambda fault: fault.start)

    def _names_and_values(self) -> list[tuple[str, str]]:
        block = Splitter(f"{_HEAD}{self.covered}}}").split().blocks[0]
        entry = block.ignore_error_block if isinstance(block, DuplicateFieldKeyBlock) else block
        if isinstance(entry, Entry):
            return [(found.key, found.value) for found in entry.fields]
        self._fault(0, len(self.covered), "these fields cannot be told apart", _FIELD_HINT)
        return []

    def _blank_faults(self) -> None:
        """Report and blank commas too many and parts without `=`."""
        parts = self.covered.split(",")
        at = 0
        for i, part in enumerate(parts):
            if "=" not in part and (part.strip() or i < len(parts) - 1):
                self._report_part(part, at)
                parts[i] = " " * len(part)
            at += len(part) + 1
        self.covered = (
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
                message = f"`{self.covered[name:name_end]}` has no value"
                self._fault(name, max(name_end, name + 1), message, "write one, in braces")
                return
            rest = pieces[-1][1]
            follower = _NEXT_NAME.match(self.covered, rest, end)
            if follower is None and self.covered[rest:end].strip():
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
        words = self.covered[name:end].split()
        if len(words) != 1:
            self._fault(name, max(name + 1, end), "this is no field name", _FIELD_HINT)
        if words:
            own = (self.offset + end - len(words[-1]), self.offset + end)
            places = tuple((self.offset + a, self.offset + b) for a, b in pieces)
            self.fields.append(Draft(own, places))

    def _pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        pieces: list[tuple[int, int]] = []
        while piece := _PIECE.match(self.covered, start, end):
            pieces.append(piece.span())
            join = _JOIN.match(self.covered, piece.end(), end)
            if join is None:
                break
            start = join.end()
        return pieces

    def _fault(self, start: int, end: int, message: str, hint: str) -> None:
        self.faults.append(Fault(self.offset + start, self.offset + end, message, hint))
