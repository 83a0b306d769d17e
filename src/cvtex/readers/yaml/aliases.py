"""Anchors and the aliases that refer to them, with a limit on how much the aliases add."""

from __future__ import annotations

from msgspec import Struct

from cvtex.diagnostics.catalogue import INVALID_YAML, TOO_LARGE
from cvtex.diagnostics.diagnostic import Note, Safety, Sink
from cvtex.readers.yaml import lost
from cvtex.readers.yaml.draft import YamlDraft, code
from cvtex.readers.yaml.lexemes import YamlEvent
from cvtex.readers.yaml.nodes import Node, Scalar
from cvtex.readers.yaml.offsets import ScalarOffsets
from cvtex.readers.yaml.recovery.add_quotes import quote
from cvtex.source import Text

MAX_EXPANSION = 1_000_000
"""The most that aliases may add to a file, in characters and nodes."""


class Anchor(Struct):
    """A named node; it has no node while its end has not been read.

    `weight` is its size in characters and nodes, `height` how deeply it nests.
    """

    name: str
    start: int
    end: int
    node: Node | None = None
    weight: int = 0
    height: int = 0
    used: bool = False


class Aliases:
    """The anchors of a draft, in the order of the text; of those with one name the last counts."""

    def __init__(self, draft: YamlDraft, sink: Sink) -> None:
        self._draft = draft
        self._sink = sink
        self._anchors: dict[str, Anchor] = {}
        self._all: list[Anchor] = []
        self._expanded = 0

    def define(self, name: str, start: int, end: int) -> Anchor:
        """Remember an anchor; `end` is that of a scalar."""
        anchor = Anchor(name, start, end)
        self._anchors[name] = anchor
        self._all.append(anchor)
        return anchor

    def resolve(self, event: YamlEvent) -> Anchor:
        """Return the anchor an alias refers to; if there is none, report it and take it as text."""
        anchor = self._anchors.get(event.anchor or "")
        if anchor is not None and anchor.node is not None:
            anchor.used = True
            self._expanded += anchor.weight
            return anchor
        if anchor is None:
            self._report_undefined(event)
        else:
            anchor.used = True
            self._report_cycle(event, anchor)
        return Anchor(event.anchor or "", event.start, event.end, self._as_text(event))

    def _as_text(self, event: YamlEvent) -> Scalar:
        """Return an alias as a text, as it is written."""
        written = event._replace(value=self._draft.text[event.start : event.end])
        offsets = ScalarOffsets(self._draft, written, event.start)
        span = self._draft.span(event.start, event.end)
        return Scalar(Text(self._draft.written(written.value), span, offsets), "plain")

    def refused(self, event: YamlEvent) -> bool:
        """Return whether the aliases up to this one add too much; if so, report it."""
        if self._expanded <= MAX_EXPANSION:
            return False
        self._sink.add(
            TOO_LARGE,
            f"the aliases up to {code(f'*{event.anchor}')} add more than "
            f"{MAX_EXPANSION:,} characters to the file",
            self._draft.span(event.start, event.end),
            hint="use fewer aliases: one that stands for others multiplies what they stand for",
        )
        return True

    def report_unused(self) -> None:
        """Report the anchors of scalars that nothing refers to."""
        for anchor in self._all:
            if not anchor.used and isinstance(anchor.node, Scalar):
                lost.report_anchor(self._draft, anchor.start, anchor.end, self._sink)

    def _report_undefined(self, event: YamlEvent) -> None:
        changes = quote(self._draft.text, event.start, event.end)
        alias, anchor = code(f"*{event.anchor}"), code(f"&{event.anchor}")
        self._sink.add(
            INVALID_YAML,
            f"{alias} refers to {anchor}, which is not defined above it",
            self._draft.span(event.start, event.end),
            hint=f"for a text that starts with `*`, use quotes: {self._draft.corrected(changes)}",
            fix=self._draft.fix("put the text in quotes", changes, Safety.SAFE),
        )

    def _report_cycle(self, event: YamlEvent, anchor: Anchor) -> None:
        start = anchor.start
        self._sink.add(
            TOO_LARGE,
            f"{code(f'*{anchor.name}')} is inside the value it refers to, which would never end",
            self._draft.span(event.start, event.end),
            hint="refer to a value that ends above this line",
            notes=(
                Note(
                    self._draft.span(start, start + len(anchor.name) + 1), "the value starts here"
                ),
            ),
        )
