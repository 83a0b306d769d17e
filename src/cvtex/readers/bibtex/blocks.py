"""The blocks of a .bib file, each read by bibtexparser, recovered, or named as unreadable.

Every `@word{` outside comments gives one block. `@preamble` and `@comment` hold nothing for a CV
and give none.
"""

from __future__ import annotations

from cvtex.diagnostics.catalogue import INVALID_BIBTEX
from cvtex.diagnostics.diagnostic import Note, Sink
from cvtex.readers.bibtex.parser import parse_blocks
from cvtex.readers.bibtex.raw_blocks import RawBlock, UnreadableBlock
from cvtex.readers.bibtex.recovery.extents import BIBTEX, ESCAPED, comment_end
from cvtex.readers.bibtex.recovery.fields import recover_block
from cvtex.readers.bibtex.recovery.open_blocks import report_open_block
from cvtex.readers.bibtex.starts import BlockStart, StartFinder, start_finder
from cvtex.source import Source
from cvtex.support.lazy_re import lazy_re

_COMMENT = lazy_re(r"%[^\r\n]*")
_LOST_FIELD = lazy_re(r"(?:\A|[\r\n,}])[ \t,}]*(?P<name>[A-Za-z][\w+-]*)\s*=\s*[{\"]")


def read_blocks(source: Source, sink: Sink) -> list[RawBlock | UnreadableBlock]:
    """Return all entries and strings of a file in order, and those that are left out."""
    found: list[RawBlock | UnreadableBlock] = []
    starts, parsed = start_finder(source.text), parse_blocks(source)
    position, closed = 0, False
    while block := starts.find(position):
        _report_lost_fields(source, position, block.start, closed, sink)
        read = parsed.get(block.start)
        if read is not None and read.type == block.type and read.end <= block.limit:
            found.append(read)
            position, closed = read.end, True
        else:
            position, closed = _recover(source, starts, block, found, sink)
    _report_lost_fields(source, position, len(source.text), closed, sink)
    return found


def _recover(
    source: Source,
    starts: StartFinder,
    block: BlockStart,
    found: list[RawBlock | UnreadableBlock],
    sink: Sink,
) -> tuple[int, bool]:
    """Return where to go on, and whether the block was closed there."""
    if block.type == "comment":
        return _skip_comment(source, block, sink)
    result = recover_block(source, block)
    if result is None:
        found.append(report_open_block(source, starts, block, sink))
        return found[-1].end, False
    if result.key is None and block.type == "preamble":
        return result.end, True
    if block.type != "string" and (result.key is None or not block.type):
        found.append(_nameless(source, block, result, sink))
    else:
        found.append(result)
    return result.end, True


def _skip_comment(source: Source, block: BlockStart, sink: Sink) -> tuple[int, bool]:
    for grammar in (BIBTEX, ESCAPED):
        end = comment_end(source.text, block, grammar)
        if end is not None:
            return end, True
    span = source.span(block.start, block.body)
    sink.add(INVALID_BIBTEX, "this comment is never closed", span, hint="add the missing `}`")
    return block.body, False


def _nameless(source: Source, block: BlockStart, result: RawBlock, sink: Sink) -> UnreadableBlock:
    lacks = "key" if result.key is None else "type"
    hint = f"write `@{block.type or 'article'}{{key, ...}}`"
    span = source.span(block.start, block.body)
    sink.add(INVALID_BIBTEX, f"this entry has no {lacks}", span, hint=hint)
    key = result.key.value if result.key else ""
    return UnreadableBlock(block.type, block.start, result.end, key, f"it has no {lacks}")


def _report_lost_fields(source: Source, start: int, end: int, closed: bool, sink: Sink) -> None:
    """Report a field outside all blocks: its entry ends too early, or has no head."""
    if source.text.find("=", start, end) < 0:
        return
    outside = _COMMENT.sub(lambda comment: " " * len(comment[0]), source.text[start:end])
    field = _LOST_FIELD.search(outside)
    if field is None:
        return
    note = Note(source.span(start - 1, start), "the entry before it was closed here")
    sink.add(
        INVALID_BIBTEX,
        f"the field `{field['name']}` stands outside every entry",
        source.span(start + field.start("name"), start + field.end("name")),
        hint="look for a brace too many above it, or start it with `%` if it is a comment",
        notes=(note,) if closed else (),
    )
