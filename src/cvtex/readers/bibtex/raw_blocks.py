"""Blocks of a .bib file before strings are expanded and LaTeX is decoded."""

from __future__ import annotations

from msgspec import Struct

from cvtex.source import Source, Span, Text
from cvtex.support.lazy_re import lazy_re

_WORD = r"[^\s\"#%'(),={}@\\]+"
_BRACED = r"\{[^{}]*\}"
for _ in range(4):
    _BRACED = rf"\{{[^{{}}]*(?:{_BRACED}[^{{}}]*)*\}}"
_QUOTED = rf"\"[^{{}}\"]*(?:{_BRACED}[^{{}}\"]*)*\""
_PIECE = lazy_re(rf"{_BRACED}|{_QUOTED}|{_WORD}")
"""A piece of a value. Braces balance as BibTeX counts them, `\\{` among them, to a few levels."""

_JOIN = lazy_re(r"\s*#\s*")


class ValuePiece(Struct, frozen=True, gc=False):
    """A piece of a value, without its delimiters; a bare one is a number or names a string."""

    text: Text
    is_bare: bool


class RawField(Struct, frozen=True):
    """A field with its name as written; `#` joins the pieces of its value."""

    name: Text
    pieces: tuple[ValuePiece, ...]


class BlockFault(Struct, frozen=True):
    """A fault inside a block, from offset `start` up to `end` in the file."""

    start: int
    end: int
    message: str
    hint: str


class RawBlock(Struct, frozen=True):
    """An entry or a `@string`, which has no key; from offset `start` up to `end` in the file."""

    type: str
    start: int
    end: int
    key: Text | None
    fields: tuple[RawField, ...]
    faults: tuple[BlockFault, ...] = ()


class UnreadableBlock(Struct, frozen=True):
    """A block that is left out, and why; `end` is where reading goes on."""

    type: str
    start: int
    end: int
    key: str
    reason: str


def locate_text(source: Source, written: str, start: int) -> Text:
    """Return a text that is written at `start`, letter by letter."""
    return Text(written, Span(source, start, start + len(written)))


def text_at(source: Source, start: int, end: int) -> Text:
    """Return a stretch of a source as a text."""
    return locate_text(source, source.text[start:end], start)


def find_pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the extents of the pieces that `#` joins, from `start` as far as they go."""
    pieces: list[tuple[int, int]] = []
    while piece := _PIECE.match(text, start, end):
        pieces.append(piece.span())
        join = _JOIN.match(text, piece.end(), end)
        if join is None:
            break
        start = join.end()
    return pieces


def locate_piece(source: Source, written: str, start: int) -> ValuePiece:
    """Return a piece that is written at `start`, with its delimiters."""
    if written[0] in '{"' and len(written) > 1:
        return ValuePiece(locate_text(source, written[1:-1], start + 1), is_bare=False)
    return ValuePiece(locate_text(source, written, start), is_bare=True)
