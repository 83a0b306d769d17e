"""The gate to bibtexparser: the blocks that it reads, with the places of their parts.

bibtexparser knows lines and no columns, and its reading differs from BibTeX's where a `%` starts
a comment, a brace follows a backslash or a fault occurs. So its blocks are located here, and one is
only taken if it consists of a key, names and complete values.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, String
from bibtexparser.splitter import Splitter

from cvtex.readers.bibtex.raw_blocks import (
    RawBlock,
    RawField,
    find_pieces,
    locate_piece,
    locate_text,
)
from cvtex.source import Source
from cvtex.support.lazy_re import lazy_re

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL + 1)

_HEAD = lazy_re(r"@(\w+)[ \t]*[{(]\s*")
_KEY = lazy_re(r"[^\s,{}()=\"#%@]+")
_NAME = lazy_re(r"[^\s\"#%'(),={}@\\]+")


def parse_blocks(source: Source) -> dict[int, RawBlock]:
    """Return, by their offsets, the entries and strings that bibtexparser reads as BibTeX does."""
    found: dict[int, RawBlock] = {}
    position = 0
    for block in Splitter(source.text).split().blocks:
        model = _without_error(block)
        if isinstance(model, (Entry, String)) and model.raw:
            start = source.text.index(model.raw, position)
            position = start + len(model.raw)
            located = _locate(source, model, start, position)
            if located is not None:
                found[start] = located
    return found


def _without_error(block: Block) -> Block:
    """Return the entry in the place of one that is only reported for a repeated key or name."""
    if isinstance(block, (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)):
        return block.ignore_error_block or block
    return block


def _locate(source: Source, model: Entry | String, start: int, end: int) -> RawBlock | None:
    """Return a block with its places, or None if it holds anything but keys, names and values."""
    head = _HEAD.match(source.text, start)
    if head is None:
        return None
    if isinstance(model, String):
        fields = _locate_fields(source, [(model.key, model.value)], head.end())
        return None if fields is None else RawBlock(head[1].lower(), start, end, None, fields)
    if not _KEY.fullmatch(model.key):
        return None
    key = locate_text(source, model.key, head.end())
    names_and_values = ((field.key, field.value) for field in model.fields)
    fields = _locate_fields(source, names_and_values, head.end() + len(model.key))
    return None if fields is None else RawBlock(model.entry_type, start, end, key, fields)


def _locate_fields(
    source: Source, names_and_values: Iterable[tuple[str, str]], position: int
) -> tuple[RawField, ...] | None:
    """Return the fields from `position` on; only blanks, `=` and commas stand between them."""
    fields: list[RawField] = []
    for name, value in names_and_values:
        if not value or not _NAME.fullmatch(name):
            return None
        start = source.text.index(name, position)
        at = source.text.index(value, start + len(name))
        position = at + len(value)
        extents = find_pieces(value, 0, len(value))
        if not extents or extents[-1][1] != len(value):
            return None
        pieces = [locate_piece(source, value[left:right], at + left) for left, right in extents]
        fields.append(RawField(locate_text(source, name, start), tuple(pieces)))
    return tuple(fields)
