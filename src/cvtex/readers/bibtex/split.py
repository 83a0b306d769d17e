"""From the text of a .bib file to its raw entries; every start is accounted for."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence

from msgspec import Struct

from cvtex.diagnostics.catalogue import DUPLICATE_FIELD, INVALID_BIBTEX, ODD_CITEKEY
from cvtex.diagnostics.diagnostic import Note, Sink
from cvtex.readers.bibtex.bibliography import RawEntry, Rejected
from cvtex.readers.bibtex.blocks import ReadBlock, Unreadable, read_blocks
from cvtex.readers.bibtex.splitter import FieldDraft
from cvtex.readers.bibtex.strings import MONTHS, value_of
from cvtex.source import Source, Text
from cvtex.support.lazy_re import lazy_re

_NO_ENTRIES = ("string", "preamble")
_ODD = lazy_re(r"[\s{}\\\"#%~]+")


class Split(Struct, frozen=True):
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
    given_up = [block for block in blocks if isinstance(block, Unreadable)]
    rejected = [_rejected(source, block) for block in given_up if block.type not in _NO_ENTRIES]
    return Split(tuple(entries), tuple(rejected), known)


def _definitions(
    source: Source, read: Sequence[ReadBlock], earlier: Mapping[str, str]
) -> dict[str, str]:
    """Every string that the file defines, by its first definition."""
    found: dict[str, str] = {}
    known = ChainMap(found, dict(earlier))
    for block in read:
        if block.key is None:
            for name, value in _defined(source, block, known, Sink()).items():
                found.setdefault(name, value)
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
    drafts = _first_of_each(source, block, sink)
    fields = {name: value_of(source, draft.pieces, strings, sink) for name, draft in drafts.items()}
    return RawEntry(block.type, key, fields, source.span(block.start, block.end))


def _first_of_each(source: Source, block: ReadBlock, sink: Sink) -> dict[str, FieldDraft]:
    """The fields by name; those whose name came before in the entry are reported."""
    first: dict[str, FieldDraft] = {}
    for draft in block.fields:
        start, end = draft.name
        name = source.text[start:end].lower()
        if not name.isalnum() and _ODD.search(name):
            hint = "write it without braces and quotation marks"
            message = f"`{name}` is no field name"
            sink.add(INVALID_BIBTEX, message, source.span(*draft.name), hint=hint)
        elif first.setdefault(name, draft) is not draft:
            _report_duplicate(source, block, draft, first[name], sink)
    return first


def _report_duplicate(
    source: Source, block: ReadBlock, second: FieldDraft, first: FieldDraft, sink: Sink
) -> None:
    span = source.span(*second.name)
    sink.add(
        DUPLICATE_FIELD,
        f"entry `{block.key}` has a second `{span.text}`; the first one counts",
        span,
        notes=(Note(source.span(*first.name), "the first one"),),
        hint="take one of them away",
    )
