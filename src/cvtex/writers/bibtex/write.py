"""Clean BibTeX written from entries, by bibtexparser's writer."""

from __future__ import annotations

from collections.abc import Iterable

from cvtex.readers.bibtex.bibliography import BibRecord
from cvtex.readers.bibtex.identifiers import doi_of
from cvtex.readers.bibtex.strings import MONTHS
from cvtex.support.lazy_re import lazy_re

_RESOLVED = frozenset(("crossref", "xdata", "xref"))
"""Fields whose work is done: what they stand for is in the entry."""

_HOUSEKEEPING = lazy_re(
    r"file|biburl|bibsource|timestamp|owner|groups|date-(added|modified)|bdsk-.*|"
    r"mendeley-.*|__markedentry|priority|username|abstract"
)
"""Fields of reference managers, among them paths on the owner's disk."""

_MONTHS = {name: str(number) for number, name in enumerate(MONTHS, 1)}

_FIRST = ("author", "editor", "title")
"""Fields at the head of every entry; the rest keeps its order."""


def write_bib(records: Iterable[BibRecord]) -> str:
    """Return the entries as one .bib text: values in braces, names aligned."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry, Field
    from bibtexparser.writer import BibtexFormat

    entries: list[Block] = [
        Entry(r.type, r.key.value, [Field(name, value) for name, value in _fields(r)])
        for r in records
    ]
    layout = BibtexFormat()  # type: ignore[no-untyped-call]
    layout.indent = "  "
    layout.value_column = "auto"
    layout.trailing_comma = True
    layout.block_separator = "\n"
    return str(write_string(Library(entries), bibtex_format=layout))


def _fields(record: BibRecord) -> list[tuple[str, str]]:
    values = {
        name: _clean(name, " ".join(value.value.split()))
        for name, value in record.values.items()
        if name not in _RESOLVED and not _HOUSEKEEPING.fullmatch(name)
    }
    names = [name for name in _FIRST if name in values]
    return [(name, values[name]) for name in [*names, *(n for n in values if n not in names)]]


def _clean(name: str, value: str) -> str:
    """Return a value as biblatex wants it: a bare DOI, a month as a number."""
    if name == "doi":
        return doi_of(value) or value
    if name == "month":
        return _MONTHS.get(value[:3].lower(), value)
    return value
