"""The gate to PyYAML: events, tokens and the first syntax error of a text.

No other module imports PyYAML, which uses libyaml if it was built with it. Positions count
characters of the text, in libyaml as in Python.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

import yaml

from cvtex.readers.yaml.lexemes import EventKind, TokenKind, YamlEvent, YamlToken
from cvtex.readers.yaml.nodes import ScalarStyle
from cvtex.support.lazy_re import lazy_re

MAX_DEPTH = 64
"""The deepest nesting of lists and mappings that is read, aliases included."""

LOADER: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_PROPERTY = lazy_re(r"(?:!<[^>\s]*>|[&!][^\s,\[\]{}]*)(?:[ \t\r\n]|(?<=\s)#[^\r\n]*)*")
_SURROGATE = lazy_re("[\ud800-\udfff]")
_NO_CHARACTER = "found invalid Unicode character escape code"
_STYLES: dict[str | None, ScalarStyle] = {
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}


class Properties(NamedTuple):
    """The offsets at which the anchor, the tag and the content of a node start."""

    anchor: int | None
    tag: int | None
    content: int


class YamlSyntaxError(Exception):
    """A syntax error of PyYAML: its message, its place, and the start of the construct it is in."""

    def __init__(self, problem: str, at: int, construct: int | None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.at = at
        self.construct = construct


def events(text: str) -> Iterator[YamlEvent]:
    """Yield the events of a text, one by one; raises `YamlSyntaxError` where the syntax ends."""
    loader = LOADER(text)
    try:
        for event in iter(loader.get_event, None):
            known = _event(event)
            if known is not None:
                yield known
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error) from None
    except ValueError:
        # Without libyaml, an escape for a number above U+10FFFF gets as far as `chr`.
        raise YamlSyntaxError(_NO_CHARACTER, loader.index, None) from None


def properties(text: str, event: YamlEvent) -> Properties:
    """Return the places of the anchor and tag of a node, which stand in either order."""
    if event.anchor is None and event.tag is None:
        return Properties(None, None, event.start)
    limit = event.end if event.kind == "scalar" else len(text)
    places: dict[str, int] = {}
    content = event.start
    for _ in range((event.anchor is not None) + (event.tag is not None)):
        match = _PROPERTY.match(text, content, limit)
        if match is not None:
            places[match[0][0]] = content
            content = match.end()
    return Properties(places.get("&"), places.get("!"), content)


def first_error(text: str) -> YamlSyntaxError | None:
    """Return the first syntax error; None also when nesting is too deep to go on."""
    depth = 0
    try:
        for event in events(text):
            depth += event.kind in ("sequence", "mapping")
            depth -= event.kind == "end"
            if depth > MAX_DEPTH:
                return None
    except YamlSyntaxError as error:
        return error
    return None


def tokens(text: str) -> list[YamlToken]:
    """Return the tokens that are written out, up to the end or to the first that cannot be read."""
    found: list[YamlToken] = []
    try:
        for token in yaml.scan(text, LOADER):
            style = _STYLES.get(getattr(token, "style", None), "plain")
            kind = _TOKEN_KINDS.get(type(token), "other")
            start, end = _marks(token)
            if kind != "other" or start < end:
                found.append(YamlToken(kind, start, end, style))
    except (yaml.MarkedYAMLError, ValueError):
        return found
    return found


_marks = attrgetter("start_mark.index", "end_mark.index")


def _event(event: yaml.Event) -> YamlEvent | None:
    if isinstance(event, yaml.ScalarEvent):
        style = _STYLES.get(event.style, "plain")
        if style == "double" and _SURROGATE.search(event.value):
            start, end = _marks(event)
            raise YamlSyntaxError(_NO_CHARACTER, end, start)
        return YamlEvent("scalar", *_marks(event), event.value, style, event.anchor, event.tag)
    if isinstance(event, yaml.CollectionStartEvent):
        kind: EventKind = "mapping" if isinstance(event, yaml.MappingStartEvent) else "sequence"
        flow = bool(event.flow_style)
        return YamlEvent(kind, *_marks(event), "", "plain", event.anchor, event.tag, flow)
    if isinstance(event, yaml.CollectionEndEvent):
        return YamlEvent("end", *_marks(event))
    if isinstance(event, yaml.AliasEvent):
        return YamlEvent("alias", *_marks(event), anchor=event.anchor)
    return (
        YamlEvent("document", *_marks(event))
        if isinstance(event, yaml.DocumentStartEvent)
        else None
    )


_TOKEN_KINDS: dict[type[yaml.Token], TokenKind] = {
    yaml.ScalarToken: "scalar",
    yaml.KeyToken: "key",
    yaml.ValueToken: "value",
    yaml.BlockEntryToken: "dash",
    yaml.FlowEntryToken: "comma",
    yaml.FlowSequenceStartToken: "open",
    yaml.FlowMappingStartToken: "open",
    yaml.FlowSequenceEndToken: "close",
    yaml.FlowMappingEndToken: "close",
}


def _syntax_error(error: yaml.MarkedYAMLError) -> YamlSyntaxError:
    construct = error.context_mark.index if error.context_mark else None
    at = error.problem_mark.index if error.problem_mark else 0
    return YamlSyntaxError(error.problem or "", at, construct)
