"""The context of a syntax error: the lines and tokens around it, from which it is explained."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Safety
from cvtex.readers.yaml.draft import Change, YamlDraft
from cvtex.readers.yaml.events import YamlSyntaxError, tokens
from cvtex.readers.yaml.lexemes import YamlToken
from cvtex.support.lazy_re import lazy_re

_COMMENT = lazy_re(r"(?:^|[ \t]+)#(?:[ \t]|$)")
_BLANK = lazy_re(r"(?:[ \t\r\n]|(?:(?<=\s)|^)#[^\r\n]*)*")
_DASHES = lazy_re(r" *((?:-[ \t]+)*)")


class SyntaxFault(Struct, frozen=True):
    """An explained fault from `start` to `end` of the draft, with the changes that correct it."""

    message: str
    start: int
    end: int
    hint: str
    changes: tuple[Change, ...] = ()
    safety: Safety = Safety.UNSAFE


class SourceLine(NamedTuple):
    """A line of the draft; `indent` counts its leading spaces."""

    number: int
    start: int
    end: int
    text: str

    @property
    def indent(self) -> int:
        """The number of spaces at the start of the line."""
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def first(self) -> int:
        """The offset of its first character other than a space."""
        return self.start + self.indent

    @property
    def item(self) -> int:
        """The offset of its content after the dashes of list items."""
        match = _DASHES.match(self.text)
        return self.start + (match.end() if match else 0)

    @property
    def filled(self) -> bool:
        """Return whether the line contains more than a comment."""
        return bool(self.text.strip()) and not self.text.lstrip().startswith("#")

    def content_end(self, after: int) -> int:
        """Return where its content ends: before blanks, and a comment that starts after a place."""
        comment = _COMMENT.search(self.text, max(after - self.start, 0))
        content = self.text[: comment.start()] if comment else self.text
        return self.start + len(content.rstrip())


class Slot(NamedTuple):
    """The place of a value, by offsets.

    `start` is the start of the value, `entry` that of the list item or pair it belongs to,
    `owner` that of the key or dash before it. `opened` are the brackets that are open.
    """

    start: int
    entry: int
    owner: int
    opened: tuple[int, ...]


class ErrorContext:
    """The draft around a syntax error.

    `problem` is the message of PyYAML, `at` the offset of the error, `char` the character there,
    empty at the end of the text, and `construct` the offset of the construct that it is in.
    """

    def __init__(self, draft: YamlDraft, error: YamlSyntaxError) -> None:
        self.draft, self.text, self.problem = draft, draft.text, error.problem
        self.at = min(error.at, len(self.text))
        self.char = self.text[self.at : self.at + 1]
        self.construct = self.at if error.construct is None else error.construct
        self.line = self.line_at(self.at)

    def line_at(self, place: int) -> SourceLine:
        """Return the line of a place."""
        return self.line_number(self.draft.lines.position(place).line)

    def line_number(self, number: int) -> SourceLine:
        """Return a line by its number, from 1."""
        text = self.draft.lines.line(number)
        start = self.draft.lines.offset(number)
        return SourceLine(number, start, start + len(text), text)

    def above(self, line: SourceLine) -> list[SourceLine]:
        """Return the filled lines above a line, nearest first, at most twenty."""
        numbers = range(line.number - 1, max(line.number - 60, 0), -1)
        found = (self.line_number(number) for number in numbers)
        return [line for line in found if line.filled][:20]

    def below(self, line: SourceLine, indent: int) -> list[SourceLine]:
        """Return the lines below a line with at least this indentation, and blank ones."""
        found: list[SourceLine] = []
        number = line.number + 1
        while self.draft.lines.offset(number) < len(self.text):
            candidate = self.line_number(number)
            if candidate.text.strip() and candidate.indent < indent:
                break
            found.append(candidate)
            number += 1
        while found and not found[-1].text.strip():
            found.pop()
        return found

    @cached_property
    def tokens(self) -> list[YamlToken]:
        """The tokens before the error."""
        return tokens(self.text[: self.at])

    @cached_property
    def slot(self) -> Slot:
        """The place of the value at the error."""
        return self.slot_at(self.at)

    def slot_at(self, place: int) -> Slot:
        """Return the place of the value that an offset is in."""
        levels = [Slot(0, 0, 0, ())]
        for token in self.tokens if place == self.at else tokens(self.text[:place]):
            _take(levels, token)
        slot = levels[-1]
        start, entry = (self._skip_blanks(at, place) for at in (slot.start, slot.entry))
        return Slot(start, entry, slot.owner, slot.opened)

    def flow_end(self, start: int) -> int:
        """Return the end of the entry in brackets that an offset is in."""
        depth = 0
        for place in range(start, self.line_at(start).end):
            char = self.text[place]
            if char in ",]}" and not depth:
                return start + len(self.text[start:place].rstrip())
            depth += (char in "[{") - (char in "]}")
        return self.line_at(start).end

    def _skip_blanks(self, start: int, limit: int) -> int:
        match = _BLANK.match(self.text, start, limit)
        return match.end() if match else start

    def column(self, place: int) -> int:
        """Return the number of characters before an offset on its line."""
        return place - self.line_at(place).start


def _take(levels: list[Slot], token: YamlToken) -> None:
    """Follow a token into or out of brackets, to the next entry or from key to value."""
    start, entry, owner, opened = levels[-1]
    if token.kind == "open":
        levels.append(Slot(token.end, token.end, owner, (*opened, token.start)))
    elif token.kind == "close" and len(levels) > 1:
        levels.pop()
    elif token.kind in ("dash", "comma"):
        levels[-1] = Slot(token.end, token.end, token.start, opened)
    elif token.kind == "key":
        first = entry == start
        levels[-1] = Slot(token.start, entry if first else token.start, token.start, opened)
    elif token.kind == "value":
        levels[-1] = Slot(token.end, entry, owner, opened)
