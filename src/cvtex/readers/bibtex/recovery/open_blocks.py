"""The fault to report for a block that never ends."""

from __future__ import annotations

from msgspec import Struct

from cvtex.diagnostics.catalogue import INVALID_BIBTEX
from cvtex.diagnostics.diagnostic import Note, Sink
from cvtex.readers.bibtex.raw_blocks import UnreadableBlock
from cvtex.readers.bibtex.recovery.extents import BIBTEX, group_end, string_end
from cvtex.readers.bibtex.starts import BlockStart, StartFinder
from cvtex.source import Source
from cvtex.support.lazy_re import lazy_re

_START_OF_KEY = lazy_re(r"\s*([^\s,{}()=\"#%]*)")
_OPENER = lazy_re(r"(?P<name>[^\s\"#%'(),={}@\\]+)\s*=\s*(?P<mark>[{\"])")
_SWALLOWED = lazy_re(r"[,\r\n]\s*[A-Za-z][\w+-]*\s*=\s*(?:[\"{]|\w+\s*[,}])")
_ON_ITS_OWN = lazy_re(r"[\r\n][ \t]*\}(?!\s*,)")


class _OpenDelimiter(Struct, frozen=True):
    """The delimiter that is never closed, and the field whose value it opens, if any."""

    at: int
    field: str | None


def report_open_block(
    source: Source, starts: StartFinder, block: BlockStart, sink: Sink
) -> UnreadableBlock:
    """Report a block that never ends at the delimiter that is to blame."""
    match = _START_OF_KEY.match(source.text, block.body, block.limit)
    key = match[1] if match else ""
    opened = _open_delimiter(source.text, block)
    mark = source.text[opened.at]
    owner = f"the `{mark}` of `{opened.field}`" if opened.field else f"its `{mark}`"
    closer = {"{": "}", "(": ")"}.get(mark, mark)
    head = Note(source.span(block.start, block.body), "the entry starts here")
    subject = f"entry `{key}`" if key and block.type != "string" else f"this `@{block.type}`"
    sink.add(
        INVALID_BIBTEX,
        f"{subject} is never closed: {owner} stays open",
        source.span(opened.at, opened.at + 1),
        hint=f"add the missing `{closer}`"
        + ("" if block.type == "string" else "; the entry is left out until then"),
        notes=(head,) if opened.field else (),
    )
    end = starts.after_open_block(block)
    return UnreadableBlock(block.type, block.start, end, key, f"{owner} is never closed")


def _open_delimiter(text: str, block: BlockStart) -> _OpenDelimiter:
    """Return the delimiter of the value that contains the next field, or the block's own."""
    position = block.body
    while match := _OPENER.search(text, position, block.limit):
        find_end = group_end if match["mark"] == "{" else string_end
        end = find_end(text, match.end(), block.limit, BIBTEX)
        if end is None or _contains_more(text, match.end(), end):
            return _OpenDelimiter(match.start("mark"), match["name"])
        position = end
    return _OpenDelimiter(block.body - 1, None)


def _contains_more(text: str, start: int, end: int) -> bool:
    """Return whether a value has the next field inside it, or ends where the entry should."""
    own_line = _ON_ITS_OWN.search(text, start)
    return bool(_SWALLOWED.search(text, start, end)) or (
        own_line is not None and own_line.start() < end
    )
