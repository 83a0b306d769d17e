"""The entries of several .bib files as one list, each key once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from cvtex.diagnostics.catalogue import DUPLICATE_CITEKEY, REPEATED_ENTRY
from cvtex.diagnostics.diagnostic import Note, Sink
from cvtex.readers.bibtex.bibliography import RawEntry, Rejected
from cvtex.readers.bibtex.split import split
from cvtex.source import Source


class Gathered(Struct, frozen=True):
    """The entries in file order, those that were rejected, and all strings by lower-case name."""

    entries: tuple[RawEntry, ...]
    rejected: tuple[Rejected, ...]
    strings: Mapping[str, str]


def gather(sources: Sequence[Source], sink: Sink) -> Gathered:
    """Split the files in order; strings defined in one are known in those after it."""
    strings: Mapping[str, str] = {}
    first: dict[str, RawEntry] = {}
    rejected: list[Rejected] = []
    for source in sources:
        found = split(source, sink, strings)
        strings = found.strings
        rejected += found.rejected
        for entry in found.entries:
            earlier = first.setdefault(entry.key.value, entry)
            if earlier is not entry:
                rejected.append(_duplicate(entry, earlier, sink))
    return Gathered(tuple(first.values()), tuple(rejected), strings)


def _duplicate(entry: RawEntry, earlier: RawEntry, sink: Sink) -> Rejected:
    place = earlier.key.span or earlier.span
    same = _content(entry) == _content(earlier)
    sink.add(
        REPEATED_ENTRY if same else DUPLICATE_CITEKEY,
        f"the entry `{entry.key}` stands here again"
        if same
        else f"the key `{entry.key}` is taken; this entry is left out",
        entry.key.span,
        notes=(Note(place, "the first entry with this key"),),
        hint="remove one of the two" if same else "give it another key, or remove one of the two",
    )
    reason = f"its key is taken by the entry at {place.source.path}:{place.first.line}"
    return Rejected(entry.key.value, entry.type, entry.span, reason)


def _content(entry: RawEntry) -> tuple[str, dict[str, str]]:
    """Return the content of an entry, without its line breaks."""
    return entry.type, {name: " ".join(text.value.split()) for name, text in entry.fields.items()}
