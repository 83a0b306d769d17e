"""The blocks of a .bib file, read as far as their fields; what cannot be read is named.

Every `@word{` outside comments gives one block, read or unreadable. `@preamble` and `@comment`
hold nothing for a CV and give none.
"""

from __future__ import annotations

from msgspec import Struct

from cvtex.diagnostics.catalogue import INVALID_BIBTEX
from cvtex.diagnostics.diagnostic import Note, Sink
from cvtex.readers.bibtex.scan import (
    BIBTEX,
    ESCAPED,
    BibBlock,
    Extent,
    Scanner,
    comment_end,
    extent,
    open_end,
    scanner,
)
from cvtex.readers.bibtex.splitter import FieldDraft, Layout, SplitFault, lay_out, split_fields
from cvtex.readers.bibtex.strings import text_at
from cvtex.source import Source, Text
from cvtex.support.lazy_re import lazy_re

_KEY_WITHOUT_COMMA = lazy_re(r"\s*([^\s={}\"]+)\s+[^\s={}\"]+\s*=")
_START_OF_KEY = lazy_re(r"\s*([^\s,{}()=\"#%]*)")
_COMMENT = lazy_re(r"%[^\r\n]*")
_LOST_FIELD = lazy_re(r"(?:\A|[\r\n,}])[ \t,}]*(?P<name>[A-Za-z][\w+-]*)\s*=\s*[{\"]")


class ReadBlock(Struct, frozen=True):
    """An entry, or a `@string`, which has no key, by the places of its parts."""

    type: str
    start: int
    end: int
    key: Text | None
    fields: list[FieldDraft]
    faults: list[SplitFault]


class Unreadable(Struct, frozen=True):
    """A start whose block was given up."""

    type: str
    start: int
    end: int
    key: str
    reason: str


def read_blocks(source: Source, sink: Sink) -> list[ReadBlock | Unreadable]:
    """All entries and strings of a file in order, and the starts that led nowhere."""
    found: list[ReadBlock | Unreadable] = []
    scan = scanner(source.text)
    position, closed = 0, False
    while block := scan.next_block(position):
        _report_lost_fields(source, position, block.start, closed, sink)
        position, closed = _read(source, scan, block, found, sink)
    _report_lost_fields(source, position, len(source.text), closed, sink)
    return found


def _read(
    source: Source, scan: Scanner, block: BibBlock, found: list[ReadBlock | Unreadable], sink: Sink
) -> tuple[int, bool]:
    """Where to go on, and whether the block was closed there."""
    if block.type == "comment":
        return _skip_comment(source, block, sink)
    result = _closed_block(source, block)
    if result is None:
        found.append(_never_closed(source, scan, block, sink))
        return found[-1].end, False
    if result.key is None and block.type == "preamble":
        return result.end, True
    if block.type != "string" and (result.key is None or not block.type):
        found.append(_nameless(source, block, result, sink))
    else:
        found.append(result)
    return result.end, True


def _skip_comment(source: Source, block: BibBlock, sink: Sink) -> tuple[int, bool]:
    for grammar in (BIBTEX, ESCAPED):
        end = comment_end(source.text, block, grammar)
        if end is not None:
            return end, True
    span = source.span(block.start, block.body)
    sink.add(INVALID_BIBTEX, "this comment is never closed", span, hint="add the missing `}`")
    return block.body, False


def _closed_block(source: Source, block: BibBlock) -> ReadBlock | None:
    """The block by BibTeX's braces; by the other reading where only that has no faults."""
    results = []
    for grammar in (BIBTEX, ESCAPED):
        found = extent(source.text, block, grammar)
        if found is not None:
            results.append(_fields(source, block, found))
            if not results[-1].faults:
                return results[-1]
    return results[0] if results else None


def _fields(source: Source, block: BibBlock, found: Extent) -> ReadBlock:
    if block.type == "preamble":
        return ReadBlock(block.type, block.start, found.end, None, [], [])
    layout = lay_out(source.text, block.body, found.end - 1, found)
    if block.type == "string":
        fields, faults = split_fields(layout)
        return ReadBlock(block.type, block.start, found.end, None, fields, faults)
    key, after, between = _key(source, layout)
    fields, faults = split_fields(layout.behind(after)) if key is not None else ([], [])
    return ReadBlock(block.type, block.start, found.end, key, fields, between + faults)


def _key(source: Source, layout: Layout) -> tuple[Text | None, int, list[SplitFault]]:
    """The key, where the fields start in the layout, and the fault of a missing comma between."""
    head, comma, _ = layout.text.partition(",")
    if "=" in head:
        match = _KEY_WITHOUT_COMMA.match(layout.text)
        if match is None:
            return None, 0, []
        start, end = layout.place(*match.span(1))
        fault = SplitFault(end - 1, end, "a comma is missing after the key", "put one here")
        return text_at(source, start, end), match.end(1), [fault]
    key = head.strip()
    if not key:
        return None, 0, []
    at = head.find(key)
    return text_at(source, *layout.place(at, at + len(key))), len(head + comma), []


def _nameless(source: Source, block: BibBlock, result: ReadBlock, sink: Sink) -> Unreadable:
    lacks = "key" if result.key is None else "type"
    hint = f"write `@{block.type or 'article'}{{key, ...}}`"
    span = source.span(block.start, block.body)
    sink.add(INVALID_BIBTEX, f"this entry has no {lacks}", span, hint=hint)
    key = result.key.value if result.key else ""
    return Unreadable(block.type, block.start, result.end, key, f"it has no {lacks}")


def _never_closed(source: Source, scan: Scanner, block: BibBlock, sink: Sink) -> Unreadable:
    match = _START_OF_KEY.match(source.text, block.body, block.limit)
    key = match[1] if match else ""
    opened = open_end(source.text, block)
    mark = source.text[opened.at]
    owner = f"the `{mark}` of `{opened.field}`" if opened.field else f"its `{mark}`"
    closer = {"{": "}", "(": ")"}.get(mark, mark)
    head = Note(source.span(block.start, block.body), "the entry starts here")
    what = f"entry `{key}`" if key and block.type != "string" else f"this `@{block.type}`"
    sink.add(
        INVALID_BIBTEX,
        f"{what} is never closed: {owner} stays open",
        source.span(opened.at, opened.at + 1),
        hint=f"add the missing `{closer}`"
        + ("" if block.type == "string" else "; the entry is left out until then"),
        notes=(head,) if opened.field else (),
    )
    reason = f"{owner} is never closed"
    return Unreadable(block.type, block.start, scan.resume(block), key, reason)


def _report_lost_fields(source: Source, start: int, end: int, closed: bool, sink: Sink) -> None:
    """A field outside all blocks: a brace closed its entry too early, or its head is missing."""
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
