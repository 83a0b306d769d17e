"""Lists the parts of a page that edits must not change, and the text of those that they may."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import astuple

from cvtex.document.nodes import PublicationItem, PublicationList, Section
from cvtex.lint.fixes.affected import Affected
from cvtex.lint.fixes.edited_ranges import EditedRanges
from cvtex.lint.fixes.files import FilePart
from cvtex.lower.document import Lowered
from cvtex.richtext.nodes import Reference, Str
from cvtex.richtext.plain import plain_text
from cvtex.source import Span
from cvtex.support.lazy_re import lazy_re

_LETTERS = lazy_re(r"[^\W\d_]+")
_WORD = lazy_re(r"\w+")
_MARKS = frozenset({"Mn", "Cf"})
_UNSEEN = frozenset({"span", "anchor", "url", "record", "parts"})


class _CitingText:
    """The content of a text that cites, which may change with the publications: any is equal."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


class PageParts(Struct):
    """The parts of a page that must stay the same, and the text of those that may change.

    When edits are `strict`, parts that may change must still be there. Otherwise they may come and
    go.
    """

    affected: Affected
    ranges: EditedRanges
    strict: bool
    parts: list[FilePart] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    @property
    def labels_stay(self) -> bool:
        """Return whether publications keep their labels and numbers, and citations with them."""
        return not self.affected.lists and (self.strict or not self.affected.keys)

    def add_section(self, section: Section) -> None:
        """Add a section: its blocks, and its title where one of them must stay."""
        name = f"the section `{plain_text(section.title)}`"
        may_change = self.affected.holds(self.ranges.place(section.span))
        count = len(self.parts)
        for block in self._blocks(section):
            self.add(name, block, may_change=may_change or self._is_affected(block))
        if self.strict or len(self.parts) > count:
            self.add(name, section.title, may_change=may_change)

    def _blocks(self, section: Section) -> Iterator[object]:
        """Yield the blocks of a section; of a list its headings and items."""
        for block in section.blocks:
            if not isinstance(block, PublicationList):
                yield block
                continue
            for group in block.groups:
                if self.labels_stay:
                    yield group.heading
                yield from group.items

    def _is_affected(self, block: object) -> bool:
        if isinstance(block, PublicationItem):
            return block.record.key in self.affected.keys
        return self.affected.holds(self.ranges.place(_first_span(block)))

    def add(self, name: str, node: object, *, may_change: bool) -> None:
        """Add a part of the page."""
        if not self.affected.everything and not may_change:
            self.parts.append((f"{name} would change", self._content(node)))
            return
        self.text.append(_text(node))
        if self.strict:
            self.parts.append((f"{name} would change", self._shape(node)))

    def _content(self, node: object) -> object:
        """Return what a node prints; without labels that may change, and texts that cite."""
        if isinstance(node, PublicationItem):
            return (self._shape(node), self._content(node.body), self._content(node.badges))
        if isinstance(node, tuple):
            cites = any(isinstance(item, Reference) for item in node)
            if cites and not self.labels_stay:
                return _CitingText()
            return tuple(self._content(item) for item in node)
        if isinstance(node, Str) and not self.labels_stay:
            return _LETTERS.findall(node.text)
        if isinstance(node, Struct) and not isinstance(node, Span):
            return (type(node), *(self._content(value) for value in astuple(node)))
        return None if isinstance(node, Span) else node

    def _shape(self, node: object) -> object:
        """Return the kinds of parts of a node, without their texts."""
        if isinstance(node, PublicationItem):
            return node.record.key, node.label if self.labels_stay else ""
        if isinstance(node, tuple):
            return tuple(shape for item in node if (shape := self._shape(item)))
        if isinstance(node, Struct) and "span" in node.__struct_fields__:
            return type(node), self._shape(astuple(node))
        return ()


def page_parts(
    lowered: Lowered, affected: Affected, ranges: EditedRanges, *, strict: bool
) -> PageParts:
    """Return the parts of a page as one that edits may have changed."""
    page, document = PageParts(affected, ranges, strict), lowered.document
    about = document.metadata
    page.add("the header", document.header, may_change=affected.header)
    page.add("the header", (about.language, about.date), may_change=False)
    for section in document.sections:
        page.add_section(section)
    return page


def _first_span(node: object) -> Span | None:
    if isinstance(node, Struct):
        own = getattr(node, "span", None)
        return own if isinstance(own, Span) else _first_span(astuple(node))
    inside = map(_first_span, node) if isinstance(node, tuple) else ()
    return next((span for span in inside if span is not None), None)


def _text(node: object) -> str:
    """Return all text of a node, but for anchors and addresses."""
    if isinstance(node, str):
        return node
    if isinstance(node, tuple):
        return "".join(map(_text, node))
    if isinstance(node, Struct):
        shown = [name for name in node.__struct_fields__ if name not in _UNSEEN]
        text = " ".join(_text(getattr(node, name)) for name in shown)
        return f" {text} " if "span" in node.__struct_fields__ else text
    return ""


def lost_word(before: PageParts, after: PageParts, edited: str) -> str | None:
    """Return the first word of the page that is lost, though no edit is in it."""
    old, new = _words(before.text), _words(after.text)
    if "".join(old) == "".join(new):
        return None
    letters, kept = "".join(_words([edited])), frozenset(new)
    return next((word for word in old if word not in kept and word not in letters), None)


def _words(texts: list[str]) -> list[str]:
    """Return the words of texts in small letters, without accents and invisible marks."""
    folded = unicodedata.normalize("NFKD", " ".join(texts)).casefold()
    return _WORD.findall("".join(c for c in folded if unicodedata.category(c) not in _MARKS))
