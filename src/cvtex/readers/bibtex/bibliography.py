"""Content of .bib files: raw entries, and the bibliography made of them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from cvtex.publications.publication import Publication
from cvtex.source import Span, Text

CANONICAL_TYPES = {
    "conference": "inproceedings",
    "electronic": "online",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "techreport": "report",
    "www": "online",
}
"""Entry types that mean another. (biblatex manual, 2.1.2.)"""


class RawEntry(Struct, frozen=True):
    """An entry as written, with its type in lower case.

    `fields` has the values by the names of the fields in lower case; strings are expanded, and
    LaTeX is as written.
    """

    type: str
    key: Text
    fields: Mapping[str, Text]
    span: Span


class Rejected(Struct, frozen=True):
    """An entry that is not a publication of the CV, and why."""

    key: str
    type: str
    span: Span
    reason: str


class BibRecord(Struct, frozen=True):
    """An entry whose values are named as biblatex names them; `span` is the whole entry."""

    type: str
    key: Text
    values: Mapping[str, Text]
    span: Span

    def with_values(self, values: Mapping[str, Text]) -> BibRecord:
        """Return the same entry with other values."""
        return replace(self, values=values)

    def canonical_type(self) -> str:
        """Return the type in biblatex's own naming."""
        return CANONICAL_TYPES.get(self.type, self.type)


class Bibliography(Struct, frozen=True):
    """Everything that the .bib files hold, each entry once.

    `rejected` are entries with faults. `asides` are those that are not publications, such as
    `@xdata`, with the reason. `parents` are the keys of entries that others inherit from.
    `records` are all entries as written, by key, with what they inherit.
    """

    publications: tuple[Publication, ...]
    rejected: tuple[Rejected, ...] = ()
    asides: tuple[Rejected, ...] = ()
    parents: frozenset[str] = frozenset()
    records: Mapping[str, BibRecord] = field(default_factory=dict)
    strings: Mapping[str, str] = field(default_factory=dict)
