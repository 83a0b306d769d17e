"""Whether the page reads the same as before wherever it was not meant to change."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from msgspec import Struct, field
from msgspec.structs import astuple

from cvtex.document.nodes import (
    Block,
    Bullet,
    BulletList,
    PublicationGroup,
    PublicationItem,
    PublicationList,
    Role,
    Section,
)
from cvtex.lint.fixes.reach import Extents, Reach
from cvtex.lower.document import Lowered
from cvtex.richtext.nodes import Located, Reference, Str
from cvtex.richtext.plain import plain_text
from cvtex.source import Span
from cvtex.support.lazy_re import lazy_re

_LETTERS = lazy_re(r"[^\W\d_]+")
_WORD = lazy_re(r"\w+")
_MARKS = frozenset({"Mn", "Cf"})
_NOTHING = ("", ())
_UNSEEN = frozenset({"span", "anchor", "url"})
_CITING = object()
"""Stands for a text that cites, where publications are numbered anew."""

_NODES = (Block, Bullet, PublicationGroup, PublicationItem, Role)
"""What blocks are made of."""

Comparable = Any
"""Nested tuples of what nodes hold, without places."""


class Intent(Struct, frozen=True):
    """What may change on the page: what is in `reach`, and the publications with these citekeys.

    `extents` are the places of what is in reach, and `edited` the words in which edits are. Where
    it is not `strict`, parts may come and go. Where it is not `exact`, publications may do so,
    which labels and numbers follow.
    """

    reach: Reach
    extents: Extents
    keys: frozenset[str]
    edited: str
    strict: bool
    exact: bool


def changed_part(before: Lowered, after: Lowered, old: Intent, new: Intent) -> str | None:
    """A part of the page that reads otherwise though nothing in it was to change."""
    if old.reach.everything or new.reach.everything:
        return _changed_shape(before, after) if old.strict else None
    header = old.reach.header or new.reach.header
    if not header and not _alike(_head(before, old.exact), _head(after, new.exact)):
        return "the header"
    first, second = _outline(before, old), _outline(after, new)
    for a, b in zip_longest(first.kept, second.kept, fillvalue=_NOTHING):
        if not _alike(a[1], b[1]):
            return f"the section `{a[0] or b[0]}`"
    if not old.strict:
        return None
    heads = [_text(lowered.document.header) for lowered in (before, after)]
    return _lost_word(heads[0] + first.text, heads[1] + second.text, old.edited)


def _changed_shape(before: Lowered, after: Lowered) -> str | None:
    """Where a setting was changed: sections and the number of their blocks stay."""
    shapes = [
        [(section.anchor, len(section.blocks)) for section in lowered.document.sections]
        for lowered in (before, after)
    ]
    return "the order of the sections" if shapes[0] != shapes[1] else None


def _head(lowered: Lowered, exact: bool) -> Comparable:
    about = lowered.document.metadata
    said = " ".join((about.title, about.author, about.subject, *about.keywords))
    text = said if exact else _LETTERS.findall(said)
    return _bare(lowered.document.header, exact), text, about.language, about.date


class _Outline(Struct):
    """What has to stay, by the heading where it stands, and the text of what may change.

    `keys` are the citekeys of publications by their anchors.
    """

    intent: Intent
    keys: Mapping[str, str]
    kept: list[tuple[str, Comparable]] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text that may change."""
        return " ".join(self.touched)

    def add(self, section: Section) -> None:
        """Take a section in."""
        name, intent = plain_text(section.title), self.intent
        if intent.extents.section(section.span):
            self.touched.append(_text(section))
            if intent.strict:
                self.kept.append((name, _shape(section)))
            return
        kept = [part for block in section.blocks for part in self._parts(block)]
        if kept or intent.strict:
            self.kept.append((name, (_bare(section.title, intent.exact), *kept)))

    def _parts(self, block: Block) -> Iterator[Comparable]:
        """What has to stay of a block."""
        if isinstance(block, PublicationList):
            for group in block.groups:
                if self.intent.exact:
                    yield _bare(group.heading)
                for item in group.items:
                    yield from self._item(item)
        elif self.intent.extents.block(_place(block)):
            self.touched.append(_text(block))
            if self.intent.strict:
                yield _shape(block)
        else:
            yield _bare(block, self.intent.exact)

    def _item(self, item: PublicationItem) -> Iterator[Comparable]:
        key, label = self.keys[item.anchor], item.label if self.intent.exact else ""
        content = (item.body, item.badges)
        if key not in self.intent.keys:
            yield key, label, _bare(content, self.intent.exact)
            return
        self.touched.append(_text(content))
        if self.intent.strict:
            yield key, label, ()


def _outline(lowered: Lowered, intent: Intent) -> _Outline:
    keys = {i.anchor: i.publication.key for one in lowered.lists for i in one.items}
    outline = _Outline(intent, keys)
    for section in lowered.document.sections:
        outline.add(section)
    return outline


def _place(block: Block) -> Span | None:
    return block.items[0].span if isinstance(block, BulletList) else block.span


def _bare(value: object, exact: bool = True) -> Comparable:
    """A node without places; unless `exact`, also without numbers and texts that cite."""
    if isinstance(value, tuple):
        cites = not exact and any(isinstance(item, Reference) for item in value)
        return _CITING if cites else tuple(_bare(item, exact) for item in value)
    if not exact and isinstance(value, Str):
        return (Str, *_LETTERS.findall(value.text))
    if isinstance(value, Struct):
        names = [name for name in value.__struct_fields__ if name != "span"]
        return (type(value), *(_bare(getattr(value, name), exact) for name in names))
    return value


def _alike(one: Comparable, other: Comparable) -> bool:
    """Whether two are equal but for texts that cite."""
    if one == other or one is _CITING or other is _CITING:
        return True
    if not isinstance(one, tuple) or not isinstance(other, tuple) or len(one) != len(other):
        return False
    return all(map(_alike, one, other))


def _shape(node: object) -> Comparable:
    """The nodes inside a node, without what they say."""
    values = astuple(node) if isinstance(node, Struct) else ()
    inside = [part for value in values if isinstance(value, tuple) for part in value]
    return (type(node), *(_shape(part) for part in inside if isinstance(part, _NODES)))


def _text(value: object) -> str:
    """All text of a node, but for anchors and addresses."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "".join(_text(item) for item in value)
    if isinstance(value, Located):
        return f" {_text(value.inlines)} "
    if isinstance(value, Struct):
        shown = [name for name in value.__struct_fields__ if name not in _UNSEEN]
        return " ".join(_text(getattr(value, name)) for name in shown)
    return ""


def _words(text: str) -> list[str]:
    """The words of a text, without accents and invisible marks, in small letters."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return _WORD.findall("".join(c for c in folded if unicodedata.category(c) not in _MARKS))


def _lost_word(before: str, after: str, edited: str) -> str | None:
    """The first word that is lost, though it is none of those that were edited."""
    old, new = _words(before), _words(after)
    if "".join(old) == "".join(new):
        return None
    lost = (word for word in old if word not in new)
    letters = "".join(_words(edited))
    return next((f"the word `{word}`" for word in lost if word not in letters), None)
