"""Key and fields of a block whose extent is known, as far as they can be told apart."""

from __future__ import annotations

from msgspec import Struct, field

from cvtex.readers.bibtex.raw_blocks import (
    BlockFault,
    RawBlock,
    RawField,
    ValuePiece,
    find_pieces,
    locate_piece,
    text_at,
)
from cvtex.readers.bibtex.recovery.extents import BIBTEX, ESCAPED, Extent, find_extent
from cvtex.readers.bibtex.starts import BlockStart
from cvtex.source import Source, Text
from cvtex.support.lazy_re import lazy_re

_KEY_WITHOUT_COMMA = lazy_re(r"\s*([^\s={}\"]+)\s+[^\s={}\"]+\s*=")
_NEXT_NAME = lazy_re(r"\s*([^\s\"#%'(),={}]+)\s*=\s*")
_BEFORE_VALUE = lazy_re(r"[^\s{\"]*")
_WORD = lazy_re(r"\S+")
_FIELD_HINT = "a field is `name = {value}`, and commas separate the fields"


def recover_block(source: Source, block: BlockStart) -> RawBlock | None:
    """Return the block by BibTeX's braces, or by the other reading if only that has no faults.

    None means that it does not end before its limit by either.
    """
    results = []
    for grammar in (BIBTEX, ESCAPED):
        extent = find_extent(source.text, block, grammar)
        if extent is not None:
            results.append(_read_fields(source, block, extent))
            if not results[-1].faults:
                return results[-1]
    return results[0] if results else None


def _read_fields(source: Source, block: BlockStart, extent: Extent) -> RawBlock:
    body = extent.mask(source.text, block.body, extent.end - 1)
    fields = _Fields(source, block.body, body)
    key = None if block.type in ("string", "preamble") else fields.take_key()
    if key is not None or block.type == "string":
        fields.split()
    faults = sorted(fields.faults, key=lambda fault: fault.start)
    return RawBlock(block.type, block.start, extent.end, key, tuple(fields.found), tuple(faults))


class _Fields(Struct):
    """The rest of a body, masked, and what was found before it.

    `start` is the offset of the rest in the file; all other offsets are those in `body`.
    """

    source: Source
    start: int
    body: str
    found: list[RawField] = field(default_factory=list)
    faults: list[BlockFault] = field(default_factory=list)

    def take_key(self) -> Text | None:
        """Return the key, which the body loses; a missing comma after it is a fault."""
        head, comma, _ = self.body.partition(",")
        match = _KEY_WITHOUT_COMMA.match(self.body) if "=" in head else None
        if match is not None:
            start, end = match.span(1)
            self._fault(end - 1, end, "a comma is missing after the key", "put one here")
            rest = end
        else:
            start = len(head) - len(head.lstrip())
            end = len(head.rstrip())
            rest = len(head + comma)
        if end <= start or (match is None and "=" in head):
            return None
        key = self._text(start, end)
        self.start, self.body = self.start + rest, self.body[rest:]
        return key

    def split(self) -> None:
        """Fill `found` and `faults`."""
        at = 0
        for part in self.body.split(","):
            end = at + len(part)
            if "=" in part:
                self._read_part(at, end)
            elif part.strip():
                self._report_part(at, end)
            elif end < len(self.body):
                self._fault(end, end + 1, "one comma too many", "remove it")
            at = end + 1

    def _read_part(self, start: int, end: int) -> None:
        """Read one field; where a comma is missing, the next fields stand in its value."""
        name_end = self.body.index("=", start)
        value = name_end + 1
        while True:
            value_end = self._read_field((start, name_end), value, end)
            following = _NEXT_NAME.match(self.body, value_end, end)
            if following is None:
                return
            hint = f"put a comma before `{following[1]}`"
            message = "a comma is missing after this value"
            self._fault(value_end - 1, value_end, message, hint)
            start, name_end = following.span(1)
            value = following.end()

    def _read_field(self, name: tuple[int, int], start: int, end: int) -> int:
        """Read a field whose value starts after `start`, and return where the value ends."""
        start, end = self._stripped(start, end)
        pieces = find_pieces(self.body, start, end)
        if not pieces:
            message = f"`{self.body[slice(*name)].strip()}` has no value"
            self._fault(*self._stripped(*name), message, "write one, in braces")
            return end
        value_end = pieces[-1][1]
        if value_end < end and not _NEXT_NAME.match(self.body, value_end, end):
            message = "only a number or one word may stand without braces"
            self._fault(start, end, message, "put the whole value into braces")
            pieces, value_end = [(start, end)], end
        self._add(name, pieces)
        return value_end

    def _add(self, name: tuple[int, int], pieces: list[tuple[int, int]]) -> None:
        words = [word.span() for word in _WORD.finditer(self.body, *name)]
        if len(words) != 1:
            self._fault(*self._stripped(*name), "this is not a field name", _FIELD_HINT)
        if words:
            value = tuple([self._piece(*piece) for piece in pieces])
            self.found.append(RawField(self._text(*words[-1]), value))

    def _report_part(self, start: int, end: int) -> None:
        """Report a part without `=`."""
        start, end = self._stripped(start, end)
        word = _BEFORE_VALUE.match(self.source.text, self.start + start, self.start + end)
        if word and word[0]:
            message, hint = f"`{word[0]}` has no `=`", f"write `{word[0]} = {{...}}`"
        else:
            message, hint = "a value without a name", _FIELD_HINT
        self._fault(start, end, message, hint)

    def _stripped(self, start: int, end: int) -> tuple[int, int]:
        """Return a stretch without the blanks around it."""
        written = self.body[start:end]
        return start + len(written) - len(written.lstrip()), start + len(written.rstrip())

    def _piece(self, start: int, end: int) -> ValuePiece:
        start, end = self.start + start, self.start + end
        return locate_piece(self.source, self.source.text[start:end], start)

    def _text(self, start: int, end: int) -> Text:
        return text_at(self.source, self.start + start, self.start + end)

    def _fault(self, start: int, end: int, message: str, hint: str) -> None:
        """Add a fault of a stretch, or of the sign after it if it is empty."""
        end = max(start + 1, end)
        self.faults.append(BlockFault(self.start + start, self.start + end, message, hint))
