"""Builds the node tree from the events of a draft.

Unlike PyYAML's composer it does not recurse, so that depth is limited here and not by the C
stack, and it reports what PyYAML drops: unused anchors, duplicate keys and tags.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from cvtex.diagnostics.catalogue import INVALID_YAML, TOO_LARGE
from cvtex.diagnostics.diagnostic import Sink
from cvtex.readers.yaml import lost
from cvtex.readers.yaml.aliases import Aliases, Anchor
from cvtex.readers.yaml.draft import YamlDraft
from cvtex.readers.yaml.events import MAX_DEPTH, Properties, events, properties
from cvtex.readers.yaml.lexemes import EventKind, YamlEvent
from cvtex.readers.yaml.mappings import mapping
from cvtex.readers.yaml.nodes import Node, Scalar, Sequence
from cvtex.readers.yaml.offsets import ScalarOffsets
from cvtex.source import Text

MAX_FINDINGS = 200
"""The number of findings in a file at which reading stops."""

_TEXT_TAG = "tag:yaml.org,2002:str"
_LINE_ENDS = "\r\n \t"


class _Frame(Struct):
    """A collection whose end has not been read; `weight` is the total weight before it."""

    event: YamlEvent
    start: int
    weight: int
    anchor: Anchor | None
    end: int = 0
    height: int = 0
    children: list[Node] = field(default_factory=list)


class _YamlDocument(Struct):
    """A document of the file, and its root node once that was read."""

    start: int
    root: Node | None = None


def compose(draft: YamlDraft, sink: Sink) -> Node | None:
    """Return the root node of a draft; None if it has none or is too large.

    Raises `YamlSyntaxError` where the syntax ends; the findings up to there are in the sink.
    """
    return _Composer(draft, sink).compose()


class _Composer:
    """The state of reading: the collections that are open, and the documents so far."""

    def __init__(self, draft: YamlDraft, sink: Sink) -> None:
        self.draft = draft
        self.sink = sink
        self.aliases = Aliases(draft, sink)
        self.documents: list[_YamlDocument] = []
        self.frames: list[_Frame] = []
        self.weight = 0
        self.refused = False

    def compose(self) -> Node | None:
        handlers: dict[EventKind, Callable[[YamlEvent], None]] = {
            "document": self._document,
            "scalar": self._scalar,
            "alias": self._alias,
            "sequence": self._open,
            "mapping": self._open,
            "end": self._close,
        }
        for event in events(self.draft.text):
            handlers[event.kind](event)
            if self.refused or self._too_faulty(event):
                return None
        self.aliases.report_unused()
        return self._root()

    def _document(self, event: YamlEvent) -> None:
        self.documents.append(_YamlDocument(event.start))

    def _scalar(self, event: YamlEvent) -> None:
        draft, start = self.draft, event.start
        anchor = None
        if event.anchor is not None or event.tag is not None:
            found = properties(draft.text, event)
            start = found.content
            anchor = self._properties(event, found)
        end = self._content_end(event, start)
        offsets = ScalarOffsets(draft, event, start)
        text = Text(draft.written(event.value), draft.span(start, end), offsets)
        node = Scalar(text, event.style)
        self.weight += 1 + len(event.value)
        if anchor is not None:
            anchor.node, anchor.weight = node, 1 + len(event.value)
        self._add(node, end, 0)

    def _content_end(self, event: YamlEvent, start: int) -> int:
        """Return the end without trailing blank lines of a block, and report lost text."""
        flow = bool(self.frames) and self.frames[-1].event.flow
        if event.style == "plain":
            lost.check_plain(self.draft, event, start, flow, self.sink)
        elif event.style in ("single", "double"):
            lost.check_quoted(self.draft, event, start, flow, self.sink)
        else:
            return start + len(self.draft.text[start : event.end].rstrip(_LINE_ENDS))
        return event.end

    def _properties(self, event: YamlEvent, found: Properties) -> Anchor | None:
        """Return the anchor of a node, if it has one, and report its tag."""
        if found.tag is not None and event.tag != _TEXT_TAG:
            scalar = event.kind == "scalar"
            lost.report_tag(self.draft, found.tag, event.end, scalar, self.sink)
        if found.anchor is None or event.anchor is None:
            return None
        return self.aliases.define(event.anchor, found.anchor, event.end)

    def _alias(self, event: YamlEvent) -> None:
        anchor = self.aliases.resolve(event)
        if self.aliases.refused(event) or self._too_deep(event, anchor.height):
            self.refused = True
        elif anchor.node is not None:
            self.weight += anchor.weight
            self._add(anchor.node, event.end, anchor.height)

    def _open(self, event: YamlEvent) -> None:
        if self._too_deep(event, 1):
            self.refused = True
            return
        found = properties(self.draft.text, event)
        anchor = self._properties(event, found)
        self.frames.append(_Frame(event, found.content, self.weight, anchor, found.content))
        self.weight += 1

    def _close(self, event: YamlEvent) -> None:
        frame = self.frames.pop()
        end = event.end if frame.event.flow else frame.end
        node = self._collection(frame, end)
        height = frame.height + 1
        if frame.anchor is not None:
            frame.anchor.node, frame.anchor.height = node, height
            frame.anchor.weight = self.weight - frame.weight
        self._add(node, end, height)

    def _collection(self, frame: _Frame, end: int) -> Node:
        span = self.draft.span(frame.start, end)
        if frame.event.kind == "sequence":
            return Sequence(tuple(frame.children), span)
        return mapping(self.draft, frame.children, span, frame.event.flow, self.sink)

    def _add(self, node: Node, end: int, height: int) -> None:
        if not self.frames:
            self.documents[-1].root = node
            return
        frame = self.frames[-1]
        frame.children.append(node)
        frame.end = end
        frame.height = max(frame.height, height)

    def _too_deep(self, event: YamlEvent, height: int) -> bool:
        if len(self.frames) + height <= MAX_DEPTH:
            return False
        self.sink.add(
            TOO_LARGE,
            f"lists and mappings are nested more than {MAX_DEPTH} deep here",
            self.draft.span(event.start, event.end),
            hint="write it flatter; a text that starts with `[`, `{` or `- ` needs quotes",
        )
        return True

    def _too_faulty(self, event: YamlEvent) -> bool:
        if len(self.sink.found) < MAX_FINDINGS:
            return False
        self.sink.add(
            TOO_LARGE,
            f"{MAX_FINDINGS} findings up to here; the rest of the file is not read",
            self.draft.span(event.start, event.end),
            hint="correct those above first",
        )
        return True

    def _root(self) -> Node | None:
        """Return the root of the first document that has one, and report a second one."""
        filled = [doc for doc in self.documents if doc.root is not None and not _empty(doc.root)]
        for document in filled[1:2]:
            start = document.start
            self.sink.add(
                INVALID_YAML,
                "a second document starts here; only the first one is read",
                self.draft.span(start, min(start + 3, len(self.draft.text))),
                hint="delete the line `---`, or move what follows to a file of its own",
            )
        return filled[0].root if filled else None


def _empty(node: Node) -> bool:
    return isinstance(node, Scalar) and node.empty
