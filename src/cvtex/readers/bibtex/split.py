"""From the text of a .bib file to its raw entries; every start is accounted for."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence

from msgspec import Struct

from cvtex.diagnostics.catalogue import DUPLICATE_FIELD, INVALID_BIBTEX, ODD_CITEKEY
from cvtex.diagnostics.diagnostic import Note, Sink
from cvtex.readers.bibtex.bibliography import RawEntry, Rejected
from cvtex.readers.bibtex.blocks import read_blocks
from cvtex.readers.bibtex.raw_blocks import RawBlock, RawField, UnreadableBlock
from cvtex.readers.bibtex.strings import MONTHS, value_of
from cvtex.source import Source, Text
from cvtex.support.lazy_re import lazy_re

_NO_ENTRIES = ("string", "preamble")
_ODD = lazy_re(r"[\s{}\\\"#%~]+")


class Split(Struct, frozen=True):
    """The content of a file; `strings` are those of earlier files and its own."""

    entries: tuple[RawEntry, ...]
    rejected: tuple[Rejected, ...]
    strings: Mapping[str, str]


def split(source: Source, sink: Sink, strings: Mapping[str, str] | None = None) -> Split:
    """Return the raw entries of a file, in order; `strings` are those of the files before it.

    An entry that never ends or lacks its key is rejected. One with a lesser fault is kept, and the
    fault reported.
    """
    blocks = read_blocks(source, sink)
    read = [block for block in blocks if isinstance(block, RawBlock)]
    earlier = {**MONTHS, **(strings or {})}
    # A string that is defined further down is known too, though BibTeX is stricter.
    known = _definitions(source, read, earlier) | earlier
    entries = []
    for block in read:
        _report_faults(source, block, sink)
        if block.key is None:
            known |= _defined(source, block, known, sink)
        else:
            entries.append(_entry(source, block, block.key, known, sink))
    unreadable = [block for block in blocks if isinstance(block, UnreadableBlock)]
    rejected = [_rejected(source, block) for block in unreadable if block.type not in _NO_ENTRIES]
    return Split(tuple(entries), tuple(rejected), known)


def _definitions(
    source: Source, read: Sequence[RawBlock], earlier: Mapping[str, str]
) -> dict[str, str]:
    """Return every string that the file defines, by its first definition."""
    found: dict[str, str] = {}
    known = ChainMap(found, dict(earlier))
    for block in read:
        if block.key is None:
            for name, value in _defined(source, block, known, Sink()).items():
                found.setdefault(name, value)
    return found


def _defined(
    source: Source, block: RawBlock, known: Mapping[str, str], sink: Sink
) -> dict[str, str]:
    """Return the strings of one `@string`, their names in lower case."""
    return {
        field.name.value.lower(): value_of(source, field.pieces, known, sink).value
        for field in block.fields
    }


def _rejected(source: Source, block: UnreadableBlock) -> Rejected:
    return Rejected(block.key, block.type, source.span(block.start, block.end), block.reason)


def _report_faults(source: Source, block: RawBlock, sink: Sink) -> None:
    where = "in a `@string`" if block.key is None else f"in entry `{block.key}`"
    for fault in block.faults:
        span = source.span(fault.start, fault.end)
        sink.add(INVALID_BIBTEX, f"{where}: {fault.message}", span, hint=fault.hint)


def _entry(
    source: Source, block: RawBlock, key: Text, strings: Mapping[str, str], sink: Sink
) -> RawEntry:
    if _ODD.search(key.value):
        hint = f"use letters, digits, `:`, `-` and `_`: `{_ODD.sub('', key.value)}`"
        sink.add(ODD_CITEKEY, f"the key `{key}` cannot be cited everywhere", key.span, hint=hint)
    first = _first_of_each(block, sink)
    fields = {name: value_of(source, field.pieces, strings, sink) for name, field in first.items()}
    return RawEntry(block.type, key, fields, source.span(block.start, block.end))


def _first_of_each(block: RawBlock, sink: Sink) -> dict[str, RawField]:
    """Return the fields by name; those whose name came before in the entry are reported."""
    first: dict[str, RawField] = {}
    for field in block.fields:
        name = field.name.value.lower()
        if not name.isalnum() and _ODD.search(name):
            hint = "write it without braces and quotation marks"
            sink.add(INVALID_BIBTEX, f"`{name}` is not a field name", field.name.span, hint=hint)
        elif first.setdefault(name, field) is not field:
            _report_duplicate(block, field.name, first[name].name, sink)
    return first


def _report_duplicate(block: RawBlock, second: Text, first: Text, sink: Sink) -> None:
    note = Note(first.span, "the first one") if first.span else None
    sink.add(
        DUPLICATE_FIELD,
        f"entry `{block.key}` has a second `{second}`; the first one counts",
        second.span,
        notes=(note,) if note else (),
        hint="remove one of them",
    )
