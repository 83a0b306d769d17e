"""Citations in print: labels, sorted, compressed, and told apart by list if need be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from cvtex.publications.lists import Listed, PrintedList, make_label
from cvtex.richtext.nodes import Inline, Inlines, Reference, Str


class Cited(Struct, frozen=True):
    """The first place where a citekey is printed: its list and its item there."""

    list_index: int
    item: Listed


class CitationIndex(Struct, frozen=True):
    """Finds the label of a citekey; `names` are the short names of the lists."""

    lists: tuple[PrintedList, ...]
    names: tuple[str, ...]
    cited: Mapping[str, Cited]
    ambiguous: frozenset[str]

    def is_unlabelled(self, key: str) -> bool:
        """Return whether a key is printed in a list without numbers."""
        return key in self.cited and not self.cited[key].item.label


def index_citations(
    lists: Sequence[PrintedList], titles: Sequence[str], merged: Mapping[str, str]
) -> CitationIndex:
    """Return the index of all printed publications; `titles` are those of the lists, in order.

    `merged` maps citekeys to those that are printed in their place.
    """
    cited: dict[str, Cited] = {}
    for i, printed in enumerate(lists):
        for item in printed.items:
            cited.setdefault(item.publication.key, Cited(i, item))
    cited |= {key: cited[kept] for key, kept in merged.items() if kept in cited}
    labels = Counter(item.label for printed in lists for item in printed.items if item.label)
    ambiguous = frozenset(label for label, count in labels.items() if count > 1)
    return CitationIndex(tuple(lists), short_names(titles), cited, ambiguous)


def short_names(titles: Sequence[str]) -> tuple[str, ...]:
    """Return the titles without their shared last words: "Selected" for "Selected Publications"."""
    words = [title.split() for title in titles]
    if len(words) < 2:
        return tuple(titles)
    shared = 0
    while all(len(w) > shared + 1 for w in words) and len({w[-1 - shared] for w in words}) == 1:
        shared += 1
    return tuple(" ".join(w[: len(w) - shared]) for w in words)


def cite(index: CitationIndex, keys: Iterable[str]) -> Inlines:
    """Return the printed citation of keys that the index knows, all of them with labels.

    Numbers are sorted and runs of three or more joined with an en dash, as in [1, 3–5].
    """
    found = {index.cited[key].item.anchor: index.cited[key] for key in keys}
    ordered = sorted(found.values(), key=lambda c: (c.list_index, c.item.number))
    parts: list[Inline] = []
    for list_index, members in groupby(ordered, key=lambda c: c.list_index):
        if parts:
            parts.append(Str(", "))
        parts.extend(_cite_list(index, list_index, [c.item for c in members]))
    return tuple(parts)


def _cite_list(index: CitationIndex, list_index: int, items: list[Listed]) -> Inlines:
    name = index.names[list_index]
    label = _label_of_several(index.lists[list_index], items)
    if any(item.label in index.ambiguous for item in items):
        return (Str(f"{name}\xa0"), *label)
    return label


def _label_of_several(printed: PrintedList, items: list[Listed]) -> Inlines:
    """Return one label around the linked numbers, so that each number leads to its own entry."""
    if len(items) == 1:
        return (Reference(items[0].anchor, (Str(items[0].label),)),)
    numbering = printed.request.numbering
    before, _, after = make_label(numbering, "\0").partition("\0")
    before = before.removesuffix(numbering.prefix)
    numbers: list[Inline] = []
    for run in _runs(items):
        if numbers:
            numbers.append(Str(", "))
        numbers.extend(_linked_run(run, numbering.prefix))
    return (Str(before), *numbers, Str(after))


def _runs(items: list[Listed]) -> list[list[Listed]]:
    runs: list[list[Listed]] = []
    for item in items:
        if runs and item.number == runs[-1][-1].number + 1:
            runs[-1].append(item)
        else:
            runs.append([item])
    return [part for run in runs for part in ([run] if len(run) > 2 else [[item] for item in run])]


def _linked_run(run: list[Listed], prefix: str) -> Inlines:
    links = [Reference(item.anchor, (Str(f"{prefix}{item.number}"),)) for item in run]
    return (links[0],) if len(run) == 1 else (links[0], Str("–"), links[-1])
