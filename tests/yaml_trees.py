"""Reading YAML in tests."""

from __future__ import annotations

from collections.abc import Iterator

from cvtex.diagnostics.diagnostic import Diagnostic, Sink
from cvtex.readers.yaml.nodes import Mapping, Node, PlainValue, Scalar, Sequence
from cvtex.readers.yaml.reader import read_yaml
from cvtex.source import Source, Span, Text


def read(text: str) -> tuple[Node | None, list[Diagnostic]]:
    sink = Sink()
    node = read_yaml(Source("cv.yaml", text), sink)
    return node, list(sink)


def tree(text: str) -> Node:
    node, found = read(text)
    assert node is not None, found
    return node


def mapping(text: str) -> Mapping:
    node = tree(text)
    assert isinstance(node, Mapping)
    return node


def bare(value: PlainValue) -> object:
    """The value with every text as a string."""
    if isinstance(value, dict):
        return {key: bare(part) for key, part in value.items()}
    if isinstance(value, list):
        return [bare(part) for part in value]
    return value.value if isinstance(value, Text) else None


def place(span: Span | None) -> list[int]:
    assert span is not None
    return [span.first.line, span.first.column]


def written(span: Span | None) -> str:
    assert span is not None
    return span.text


def scalars(node: Node | None) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    elif isinstance(node, Mapping):
        for pair in node.pairs:
            yield pair.key
            yield from scalars(pair.value)
