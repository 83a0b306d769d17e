"""Inheritance between entries: `xdata`, `crossref`, and the relation `xref`.

Source: biblatex manual, 2.4.1 (inheritance), 3.13.6 (xdata), appendix B (the rules).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from cvtex.diagnostics.catalogue import CIRCULAR_PARENT, UNKNOWN_PARENT
from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.hints import did_you_mean
from cvtex.readers.bibtex.bibliography import BibRecord
from cvtex.readers.bibtex.record import DATES
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

_NEVER = frozenset(
    (
        "crossref xref xdata ids entryset entrysubtype execute label options presort related"
        " relatedoptions relatedstring relatedtype shorthand shorthandintro sortkey"
    ).split()
)
"""Fields that no entry inherits."""

_MOST_GENERATIONS = 50
_NUMBER = lazy_re(r"\d+")
_NOT_WITH_TITLES = frozenset(("shorttitle", "sorttitle", "indextitle", "indexsorttitle"))

_MAIN = {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon"}
_BOOK = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_JOURNAL = {
    "title": "journaltitle",
    "subtitle": "journalsubtitle",
    "titleaddon": "journaltitleaddon",
}
_IN_BOOK = frozenset(("inbook", "bookinbook", "suppbook"))
_IN_COLLECTION = frozenset(("incollection", "inreference", "suppcollection"))
_IN_PROCEEDINGS = frozenset(("inproceedings",))
_PARTS = _IN_BOOK | _IN_COLLECTION | _IN_PROCEEDINGS

_RULES: tuple[tuple[frozenset[str], frozenset[str], Mapping[str, str]], ...] = (
    (frozenset(("mvbook",)), _IN_BOOK | {"book"}, _MAIN),
    (
        frozenset(("mvcollection", "mvreference")),
        _IN_COLLECTION | {"collection", "reference"},
        _MAIN,
    ),
    (frozenset(("mvproceedings",)), _IN_PROCEEDINGS | {"proceedings"}, _MAIN),
    (frozenset(("periodical",)), frozenset(("article", "suppperiodical")), _JOURNAL),
)
"""Parents, children, and the names that change on the way down."""


def title_names(parent: str, child: str) -> Mapping[str, str]:
    """Return how the titles of a parent are named in its child.

    The manual has rules for the fitting kinds of books only. Here the title of any parent is the
    book title of what stands in it, or it would be lost.
    """
    for parents, children, names in _RULES:
        if parent in parents and child in children:
            return names
    return _BOOK if child in _PARTS and parent not in _PARTS else {}


def inherit(records: Sequence[BibRecord], sink: Sink) -> list[BibRecord]:
    """Return the records with what they inherit; a parent may stand anywhere."""
    by_key = {record.key.value: record for record in records}
    # BibTeX does not look at the case of keys; an exact match is better.
    any_case = {key.lower(): record for key, record in by_key.items()}
    family = _Family(any_case | by_key, sink)
    return [family.complete(record) for record in records]


class _Family(Struct):
    """All records by key; `done` are those with their inheritance, `open` those being made."""

    records: dict[str, BibRecord]
    sink: Sink
    done: dict[str, BibRecord] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)

    def complete(self, record: BibRecord) -> BibRecord:
        key = record.key.value
        if key not in self.done:
            self.open.append(key)
            made = record
            for name in ("xdata", "crossref", "xref"):
                for parent in self._parents(record, name):
                    made = _with_inherited(made, parent, name)
            self.open.pop()
            self.done[key] = made
        return self.done[key]

    def _parents(self, record: BibRecord, name: str) -> list[BibRecord]:
        text = record.values.get(name)
        if text is None or not text.value.strip():
            return []
        keys = re.finditer(r"[^\s,](?:[^,]*[^\s,])?", text.value) if name == "xdata" else None
        parts = [text.slice(*key.span()) for key in keys] if keys else [_stripped(text)]
        found = [self._parent(record, part, name) for part in parts]
        return [parent for parent in found if parent is not None and name != "xref"]

    def _parent(self, child: BibRecord, key: Text, name: str) -> BibRecord | None:
        record = self.records.get(key.value) or self.records.get(key.value.lower())
        if record is None:
            message = f"`{child.key}` names `{key}` as its {name}, which is not an entry"
            hint = did_you_mean(key.value, self._meant(child, key.value)) or (
                f"add `{key}` to a .bib file of the CV, or remove the `{name}`"
            )
            self.sink.add(UNKNOWN_PARENT, message, key.span, hint=hint)
            return None
        if name == "xref":
            return record
        if record.key.value in self.open or len(self.open) == _MOST_GENERATIONS:
            way = " → ".join(f"`{step}`" for step in (*self.open[-5:], record.key.value))
            hint = f"remove one `{name}`"
            self.sink.add(
                CIRCULAR_PARENT, f"entries inherit without end: {way}", key.span, hint=hint
            )
            return None
        return self.complete(record)

    def _meant(self, child: BibRecord, wanted: str) -> list[str]:
        """Return the keys that a misspelt one may stand for, without the child's own."""
        own = child.key.value.lower()
        return [key for key in self.records if key.lower() != own and _is_alike(key, wanted)]


def _is_alike(key: str, wanted: str) -> bool:
    """Return whether two keys have the same numbers, and the same path before the last slash.

    `conf/nips/2021` is another year than `conf/nips/2020`, and not the conference `conf/icml/2021`.
    """
    paths = [said.lower().rpartition("/")[0] for said in (key, wanted)]
    return paths[0] == paths[1] and _NUMBER.findall(key) == _NUMBER.findall(wanted)


def _stripped(text: Text) -> Text:
    start = len(text.value) - len(text.value.lstrip())
    return text.slice(start, start + len(text.value.strip()))


def _with_inherited(child: BibRecord, parent: BibRecord, name: str) -> BibRecord:
    """Return the child with those values of the parent that it does not have itself."""
    values = dict(child.values)
    dated = any(date in child.values for date in DATES)
    for meant, value in _inheritable(parent, child, name):
        base, annotation, _ = meant.partition("+an")
        own = (annotation and base in child.values) or (dated and meant in DATES)
        if not own:
            values.setdefault(meant, value)
    return child.with_values(values)


def _inheritable(parent: BibRecord, child: BibRecord, name: str) -> Iterator[tuple[str, Text]]:
    """Yield the parent's values under the names of the child; renamed ones come last."""
    above, below = parent.canonical_type(), child.canonical_type()
    renamed = title_names(above, below) if name == "crossref" else {}
    withheld = _NEVER | (_NOT_WITH_TITLES if renamed else frozenset())
    for field_name, value in parent.values.items():
        if field_name not in withheld and field_name not in renamed:
            yield field_name, value
    for field_name, meant in renamed.items():
        if field_name in parent.values:
            yield meant, parent.values[field_name]
    if above in ("book", "mvbook") and below in _IN_BOOK and "author" in parent.values:
        yield "bookauthor", parent.values["author"]
