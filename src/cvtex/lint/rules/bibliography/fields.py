"""Entries and fields of .bib files, and the places of their names and types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cvtex.lint.bib_prose import is_own
from cvtex.lint.context import LintContext
from cvtex.publications.publication import Publication
from cvtex.readers.bibtex.bibliography import BibRecord
from cvtex.source import Span, Text
from cvtex.support.lazy_re import lazy_re

_NAME = lazy_re(r"(?P<name>[A-Za-z][\w:+.-]*)\s*=\s*[{\"]?\Z")
_LONGEST_NAME = 80
_TYPE = lazy_re(r"@\s*(?P<type>[^\s\"#%'(),={}@\\]+)")


def entries(context: LintContext) -> Iterator[tuple[Publication, BibRecord]]:
    """Yield every publication with its record, in file order."""
    records = context.project.bibliography.records
    return ((p, records[p.key]) for p in context.project.bibliography.publications)


def records(context: LintContext) -> Iterator[BibRecord]:
    """Yield every entry of every .bib file, also those that are not publications."""
    return iter(context.project.bibliography.records.values())


def own(record: BibRecord, name: str) -> Text | None:
    """Return the value of a field that stands in the entry itself."""
    text = record.values.get(name)
    return text if text is not None and is_own(record, text) else None


def own_values(context: LintContext, *names: str) -> Iterator[tuple[BibRecord, Text]]:
    """Yield the values of fields that stand in the entries themselves, with their entries."""
    for record in records(context):
        for name in names:
            text = own(record, name)
            if text is not None:
                yield record, text


def is_filled(values: Mapping[str, Text], name: str) -> bool:
    """Return whether a field says anything."""
    text = values.get(name)
    return text is not None and bool(text.value.strip(" {}\t\r\n"))


def is_for_biblatex(record: BibRecord) -> bool:
    """Return whether an entry has fields that only biblatex knows."""
    if own(record, "date") is not None:
        return True
    span = journal.span if (journal := own(record, "journaltitle")) is not None else None
    if journal is None or span is None:
        return False
    before = span.source.text[max(0, span.start - _LONGEST_NAME) : span.start]
    place = name_place(journal) if "journaltitle" in before.lower() else None
    return place is not None and place.text.lower() == "journaltitle"


def name_place(value: Text) -> Span | None:
    """Return the place where the name of a field stands, by its value."""
    if value.span is None:
        return None
    source, start = value.span.source, value.span.start
    before = max(0, start - _LONGEST_NAME)
    match = _NAME.search(source.text[before:start])
    return source.span(before + match.start("name"), before + match.end("name")) if match else None


def type_place(record: BibRecord) -> Span | None:
    """Return the place where the type of an entry stands, without its `@`."""
    source = record.span.source
    match = _TYPE.match(source.text, record.span.start)
    return source.span(*match.span("type")) if match else None
