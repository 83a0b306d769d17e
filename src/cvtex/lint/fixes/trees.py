"""Whether files say the same as before wherever they were not edited."""

from __future__ import annotations

from cvtex.lint.fixes.ground import Ground, Grounds
from cvtex.readers.bibtex.bibliography import Bibliography, BibRecord
from cvtex.readers.yaml.nodes import Mapping, Node, Pair, Scalar, Sequence
from cvtex.source import Span


def changed_node(before: Node, after: Node, places: Grounds) -> Node | None:
    """A node of the tree before that reads otherwise after, though no edit touches it."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return _changed_in_mapping(before, after, places)
    if isinstance(before, Sequence) and isinstance(after, Sequence):
        return _changed_in_list(before, after, places)
    if places.before.touches(before.span) or places.after.touches(after.span):
        return None
    if isinstance(before, Scalar) and isinstance(after, Scalar):
        return None if before.text.value == after.text.value else before
    return before


def _changed_in_mapping(before: Mapping, after: Mapping, places: Grounds) -> Node | None:
    """Pairs with the same key are compared; any other has to be touched."""
    old, new = _by_key(before), _by_key(after)
    common = [key for key in old if key in new]
    if common != [key for key in new if key in old]:
        return before
    gone = [pair for key, pair in old.items() if key not in new]
    come = [pair for key, pair in new.items() if key not in old]
    unexplained = [p for p in gone if not places.before.touches(pair_span(p))]
    unexplained += [p for p in come if not places.after.touches(pair_span(p))]
    if unexplained:
        return unexplained[0].key
    changed = (changed_node(old[key].value, new[key].value, places) for key in common)
    return next((node for node in changed if node is not None), None)


def _by_key(mapping: Mapping) -> dict[str, Pair]:
    return {pair.key.text.value: pair for pair in mapping.pairs}


def _changed_in_list(before: Sequence, after: Sequence, places: Grounds) -> Node | None:
    """Items are compared one by one; of lists that are not equally long those not touched."""
    old, new = list(before.items), list(after.items)
    if len(old) != len(new):
        old = _untouched(old, places.before)
        new = _untouched(new, places.after)
    if len(old) != len(new):
        return before
    changed = (changed_node(a, b, places) for a, b in zip(old, new, strict=True))
    return next((node for node in changed if node is not None), None)


def _untouched(nodes: list[Node], ground: Ground) -> list[Node]:
    return [node for node in nodes if not ground.touches(node.span)]


def pair_span(pair: Pair) -> Span | None:
    """From a key to the end of its value, where both stand in one file."""
    key, value = pair.key.span, pair.value.span
    if key is None or value is None or key.source is not value.source or value.end < key.end:
        return key
    return Span(key.source, key.start, value.end)


def touched_keys(before: Bibliography, after: Bibliography, places: Grounds) -> frozenset[str]:
    """The citekeys of entries that edits touch, there or where they inherit from.

    All of them where strings were changed.
    """
    if before.strings != after.strings:
        return frozenset((*before.records, *after.records))
    return frozenset((*_touched(before, places.before), *_touched(after, places.after)))


def _touched(bibliography: Bibliography, ground: Ground) -> list[str]:
    rejected = [r.key for r in bibliography.rejected if ground.touches(r.span)]
    return rejected + [
        key
        for key, entry in bibliography.records.items()
        if ground.touches(entry.span) or any(ground.touches(v.span) for v in entry.values.values())
    ]


def changed_entry(before: Bibliography, after: Bibliography, touched: frozenset[str]) -> str | None:
    """The citekey of an entry that reads otherwise, though no edit touches it."""
    old, new = _entries(before, touched), _entries(after, touched)
    if list(old) != list(new):
        return next((key for key in (*old, *new) if key not in old or key not in new), None)
    return next((key for key in old if old[key] != new[key]), None)


def _entries(
    bibliography: Bibliography, touched: frozenset[str]
) -> dict[str, tuple[str, dict[str, str]]]:
    records = bibliography.records.items()
    return {key: _content(entry) for key, entry in records if key not in touched}


def _content(entry: BibRecord) -> tuple[str, dict[str, str]]:
    return entry.type, {name: text.value for name, text in entry.values.items()}
