"""From the text of a .bib file to its raw entries; every start is accounted for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cvtex.bib_reader.blocks import ReadBlock, Unreadable, read_blocks
from cvtex.bib_reader.splitter import Draft
from cvtex.bib_reader.strings import MONTHS, text_at, value_of
from cvtex.diagnostics.catalogue import DUPLICATE_FIELD, INVALID_BIBTEX, ODD_CITEKEY
from cvtex.diagnostics.model import Note, Sink
from cvtex.source import Source, Span, Text

_ODD = re.compile(r"[\s{}\\\"#%~]+")


@dataclass(frozen=True)
class RawField:
    """A field as written; strings are put in, LaTeX is not decoded."""

    name: Text
    value: Text


@dataclass(frozen=True)
class RawEntry:
    """An entry as written, with its type in lower case."""

    type: str
    key: Text
    fields: tuple[RawField, ...]
    span: Span


@dataclass(frozen=True)
class Rejected:
    """An entry that is no publication of the CV, and why."""

    key: str
    type: str
    span: Span
    reason: str


@dataclass(frozen=True)
class Split:
    """What a file holds; `strings` are those of earlier files and its own."""

    entries: tuple[RawEntry, ...]
    rejected: tuple[Rejected, ...]
    strings: Mapping[str, str]


def split(source: Source, sink: Sink, strings: Mapping[str, str] | None = None) -> Split:
    """The raw entries of a file, in order; `strings` are those of the files before this one.

    An entry that never ends or lacks its key is rejected. One with a lesser fault is kept, and the
    fault reported.
    """
    blocks = read_blocks(source, sink)
    read = [block for block in blocks if isinstance(block, ReadBlock)]
    earlier = {**MONTHS, **(strings or {})}
    # What is defined further down is known too: the meaning is plain, though BibTeX is stricter.
    known = _definitions(source, read, earlier) | earlier
    entries = []
    for block in read:
        _report_faults(source, block, sink)
        if block.key is None:
            known |= _defined(source, block, known, sink)
        else:
            entries.append(_entry(source, block, block.key, known, sink))
    rejected = [_rejected(source, block) for block in blocks if isinstance(block, Unreadable)]
    return Split(tuple(entries), tuple(rejected), known)


def _definitions(
    source: Source, read: Sequence[ReadBlock], earlier: Mapping[str, str]
) -> dict[str, str]:
    """Every string that the file defines, by its first definition."""
    found: dict[str, str] = {}
    for block in read:
        if block.key is None:
            found = _defined(source, block, {**found, **earlier}, Sink()) | found
    return found


def _defined(
    source: Source, block: ReadBlock, known: Mapping[str, str], sink: Sink
) -> dict[str, str]:
    """The strings of one `@string`, their names in lower case."""
    return {
        source.text[slice(*draft.name)].lower(): value_of(source, draft.pieces, known, sink).value
        for draft in block.fields
    }


def _rejected(source: Source, block: Unreadable) -> Rejected:
    return Rejected(block.key, block.type, source.span(block.start, block.end), block.reason)


def _report_faults(source: Source, block: ReadBlock, sink: Sink) -> None:
    where = "in a `@string`" if block.key is None else f"in entry `{block.key}`"
    for fault in block.faults:
        span = source.span(fault.start, fault.end)
        sink.add(INVALID_BIBTEX, f"{where}: {fault.message}", span, hint=fault.hint)


def _entry(
    source: Source, block: ReadBlock, key: Text, strings: Mapping[str, str], sink: Sink
) -> RawEntry:
    if _ODD.search(key.value):
        hint = f"use letters, digits, `:`, `-` and `_`: `{_ODD.sub('', key.value)}`"
        sink.add(ODD_CITEKEY, f"the key `{key}` cannot be cited everywhere", key.span, hint=hint)
    fields = tuple(_field(source, draft, strings, sink) for draft in block.fields)
    span = source.span(block.start, block.end)
    return RawEntry(block.type, key, _first_of_each(fields, key, sink), span)


def _field(source: Source, draft: Draft, strings: Mapping[str, str], sink: Sink) -> RawField:
    start, end = draft.name
    name = text_at(source, start, end)
    if _ODD.search(name.value):
        hint = "write it without braces and quotation marks"
        sink.add(INVALID_BIBTEX, f"`{name}` is no field name", name.span, hint=hint)
    return RawField(name, value_of(source, draft.pieces, strings, sink))


def _first_of_each(fields: tuple[RawField, ...], key: Text, sink: Sink) -> tuple[RawField, ...]:
    """The fields without those whose name came before in the entry."""
    first: dict[str, RawField] = {}
    for each in fields:
        earlier = first.setdefault(each.name.value.lower(), each)
        if earlier is not each and each.name.span and earlier.name.span:
            sink.add(
                DUPLICATE_FIELD,
                f"entry `{key}` has a second `{each.name}`; the first one counts",
                each.name.span,
                notes=(Note(earlier.name.span, "the first one"),),
                hint="take one of them away",
            )
    return tuple(first.values())
