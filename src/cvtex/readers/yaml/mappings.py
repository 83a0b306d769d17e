"""Builds a mapping from its keys and values; applies merge keys and reports impossible keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cvtex.diagnostics.catalogue import DUPLICATE_KEY, INVALID_YAML
from cvtex.diagnostics.diagnostic import Fix, Note, Safety, Sink
from cvtex.diagnostics.fixes import delete_lines
from cvtex.readers.yaml.draft import Change, YamlDraft, code
from cvtex.readers.yaml.nodes import Mapping, Node, Pair, Scalar, Sequence, plain
from cvtex.readers.yaml.recovery.add_quotes import quote
from cvtex.source import Span
from cvtex.support.lazy_re import lazy_re

_MERGE = "<<"
_SAYS_MORE = lazy_re(r"[#&!]")
"""The start of a comment, an anchor or a tag."""
_MAX_DUPLICATES = 20


def mapping(draft: YamlDraft, children: list[Node], span: Span, flow: bool, sink: Sink) -> Mapping:
    """Return the mapping of alternating keys and values.

    A duplicate key keeps its first value; a merged key yields to one written here
    (https://yaml.org/type/merge.html).
    """
    pairs = list(_pairs(draft, children, sink))
    if flow and draft.text.startswith("{", draft.position(span.start)):
        _check_colons(draft, pairs, span, sink)
    own: dict[str, Pair] = {}
    again = [pair for pair in pairs if own.setdefault(pair.key.text.value, pair) is not pair]
    for pair in again[:_MAX_DUPLICATES]:
        _report_duplicate(own[pair.key.text.value], pair, sink)
    return Mapping(tuple(_merged(own, sink)), span)


def _pairs(draft: YamlDraft, children: list[Node], sink: Sink) -> Iterator[Pair]:
    """Yield the pairs whose key is a text."""
    for key, value in zip(children[::2], children[1::2], strict=True):
        if not isinstance(key, Scalar):
            _report_key(draft, key, sink)
        elif key.empty:
            sink.add(
                INVALID_YAML,
                "there is no key before the `:`",
                _start(value.span),
                hint="write `key: value`; put a text that starts with `:` in quotes",
            )
        else:
            yield Pair(key, value)


def _start(span: Span | None) -> Span | None:
    return span and span.source.span(span.start, min(span.start + 1, span.end))


def _report_key(draft: YamlDraft, key: Sequence | Mapping, sink: Sink) -> None:
    start, end = draft.position(key.span.start), draft.position(key.span.end)
    changes = quote(draft.text, start, end)
    sink.add(
        INVALID_YAML,
        f"a {'list' if isinstance(key, Sequence) else 'mapping'} cannot be a key",
        key.span,
        hint=f"put the key in quotes: {draft.corrected(changes)}",
        fix=draft.fix("put the key in quotes", changes, Safety.UNSAFE),
    )


def _report_duplicate(first: Pair, second: Pair, sink: Sink) -> None:
    if first.key.span is None:
        return
    name = first.key.text.value
    sink.add(
        DUPLICATE_KEY,
        f"the key {code(name)} is written twice",
        second.key.span,
        hint="merge several mappings with `<<: [*a, *b]`"
        if name == _MERGE
        else f"keep one of them, or write both values below one {code(f'{name}:')}",
        notes=(Note(first.key.span, f"first written in line {first.key.span.first.line}"),),
        fix=_without(second) if plain(first.value) == plain(second.value) else None,
    )


def _without(pair: Pair) -> Fix | None:
    """Return a fix that deletes the lines of a pair, if they contain nothing else."""
    key, value = pair.key.span, pair.value.span
    if key is None or value is None or value.end < key.end:
        return None
    whole = key.source.span(key.start, value.end)
    between = (
        whole.text
        if not isinstance(pair.value, Scalar)
        else whole.source.text[key.end : value.start]
    )
    return None if _SAYS_MORE.search(between) else delete_lines(whole)


def _merged(own: dict[str, Pair], sink: Sink) -> Iterator[Pair]:
    seen = set(own)
    for name, pair in own.items():
        if name != _MERGE or pair.key.style != "plain":
            yield pair
            continue
        for merged in _merge_sources(pair, sink):
            if merged.key.text.value not in seen:
                seen.add(merged.key.text.value)
                yield merged


def _merge_sources(pair: Pair, sink: Sink) -> Iterable[Pair]:
    """Yield the pairs that a merge key adds, of an earlier mapping before those of a later one."""
    sources = pair.value.items if isinstance(pair.value, Sequence) else (pair.value,)
    for source in sources:
        if isinstance(source, Mapping):
            yield from source.pairs
        else:
            sink.add(
                INVALID_YAML,
                "`<<` merges mappings, and this is not one",
                pair.key.span,
                hint='refer to a mapping, as in `<<: *name`, or put the key in quotes: `"<<":`',
            )


def _check_colons(draft: YamlDraft, pairs: list[Pair], span: Span, sink: Sink) -> None:
    """Report keys in `{...}` that have no value and no colon either."""
    for index, pair in enumerate(pairs):
        if not _lacks_colon(draft, pair):
            continue
        name = pair.key.text.value
        hint, changes = _colon_changes(draft, pairs, index, span)
        sink.add(
            INVALID_YAML,
            f"{code(name)} is in a mapping but has no value",
            pair.key.span,
            hint=f"{hint}: {draft.corrected(changes)}"
            if changes
            else f"write {code(f'{name}: …')}",
            fix=draft.fix(hint, changes, Safety.UNSAFE) if changes else None,
        )


def _lacks_colon(draft: YamlDraft, pair: Pair) -> bool:
    key, value = pair.key.span, pair.value.span
    if key is None or value is None or not isinstance(pair.value, Scalar) or not pair.value.empty:
        return False
    return value.start >= key.end and ":" not in draft.source.text[key.end : value.start]


def _colon_changes(
    draft: YamlDraft, pairs: list[Pair], index: int, span: Span
) -> tuple[str, tuple[Change, ...]]:
    """Return advice and changes for what was probably meant.

    It was `{key:value}`, a text with braces, or a text with a comma.
    """
    key = pairs[index].key
    start, end = _bounds(draft, key.span)
    colon = key.text.value.find(":")
    if key.style == "plain" and colon > 0:
        place = start + colon + 1
        return "write a space after the colon", (Change(place, place, " "),)
    if all(_lacks_colon(draft, pair) for pair in pairs):
        return "put a text with braces in quotes", quote(draft.text, *_bounds(draft, span))
    if index and isinstance(pairs[index - 1].value, Scalar):
        first, _ = _bounds(draft, pairs[index - 1].value.span)
        return "put a text with a comma in quotes", quote(draft.text, first, end)
    return "write a value", ()


def _bounds(draft: YamlDraft, span: Span | None) -> tuple[int, int]:
    return (draft.position(span.start), draft.position(span.end)) if span else (0, 0)
