"""The events of PyYAML, and the tokens they are made of."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from cvtex.readers.yaml.nodes import ScalarStyle

EventKind: TypeAlias = Literal["document", "scalar", "alias", "sequence", "mapping", "end"]
TokenKind: TypeAlias = Literal["scalar", "key", "value", "dash", "comma", "open", "close", "other"]


class YamlEvent(NamedTuple):
    """A scalar, an alias, or the start or end of a document or collection.

    The start of a node is that of its anchor or tag when it has one.
    """

    kind: EventKind
    start: int
    end: int
    value: str = ""
    style: ScalarStyle = "plain"
    anchor: str | None = None
    tag: str | None = None
    flow: bool = False


class YamlToken(NamedTuple):
    """A lexical unit."""

    kind: TokenKind
    start: int
    end: int
    style: ScalarStyle = "plain"
