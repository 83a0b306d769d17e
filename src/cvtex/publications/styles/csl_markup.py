"""Text that goes through a CSL processor and comes back as inlines.

The processor knows strings only. So what must not be lost on the way is one character of Unicode's
private use: a title with its mathematics and its link, the beginning and the end of italics, the
family name of each person. No document holds these characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace

from msgspec import Struct, field

from cvtex.names.name import Name
from cvtex.publications.publication import Contributor
from cvtex.publications.styles.options import StyleOptions
from cvtex.publications.styles.people import role_marks
from cvtex.richtext.build import merge_strings
from cvtex.richtext.nodes import (
    Emph,
    Inline,
    Inlines,
    Link,
    Owner,
    SmallCaps,
    Str,
    Strong,
    Subscript,
    Superscript,
)
from cvtex.richtext.plain import plain_text
from cvtex.support.lazy_re import lazy_re

_END = "\U000f0000"
_ET_AL = "\U000f0001"
_OWNER = "\U000f0002"
_FORMATS: Mapping[str, tuple[str, Callable[[Inlines], Inline] | None]] = {
    "Italic": ("\U000f0010", Emph),
    "Oblique": ("\U000f0011", Emph),
    "Bold": ("\U000f0012", Strong),
    "Superscript": ("\U000f0013", Superscript),
    "Subscript": ("\U000f0014", Subscript),
    "SmallCaps": ("\U000f0015", SmallCaps),
    "Underline": ("\U000f0016", Emph),
    "Light": ("\U000f0017", None),
}
"""Formats of CSL, each with the character it begins with and the node it becomes."""

_NODES: Mapping[str, Callable[[Inlines], Inline] | None] = {
    _OWNER: Owner,
    **dict(_FORMATS.values()),
}
_BEGINS = frozenset(begin for begin, _ in _FORMATS.values())
_FIRST_PERSON, _FIRST_HIDDEN = 0xF1000, 0xF4000
_BEFORE_ET_AL = lazy_re(
    rf"[\s\xa0]*,?[\s\xa0]*(?:&|and|und|et|y|e|en)?[\s\xa0]*(?P<comma>,?){_ET_AL}"
)
_PIECE = lazy_re("[^\U000f0000-\U000fffff]+|.", re.DOTALL)
_DOI_ADDRESS = lazy_re(r"https?://(?:dx\.)?doi\.org/$")


def formatter(string: Callable[[str], str]) -> SimpleNamespace:
    """Return a formatter for citeproc-py that writes characters for `Hidden.inlines`.

    `string` is the processor's own kind of string, which formatted text must be for it to go on.
    """

    def wrapper(begin: str) -> Callable[[object], str]:
        return lambda text: string(f"{begin}{text}{_END}")

    made = {name: wrapper(begin) for name, (begin, _) in _FORMATS.items()}
    return SimpleNamespace(preformat=str, **made)


class Hidden(Struct):
    """Parts of an entry hidden from the processor: inlines, and people in list order.

    `dotted` says that initials have full stops in the style.
    """

    options: StyleOptions
    dotted: bool = True
    inlines_by_place: list[Inlines] = field(default_factory=list)
    people: list[Contributor] = field(default_factory=list)

    def hide(self, inlines: Inlines) -> str:
        """Return one character that stands for some inlines."""
        self.inlines_by_place.append(inlines)
        return chr(_FIRST_HIDDEN + len(self.inlines_by_place) - 1)

    def person(self, person: Contributor, shown: str) -> str:
        """Return a family name, or a whole name, between characters that say whose it is."""
        self.people.append(person)
        return f"{chr(_FIRST_PERSON + len(self.people) - 1)}{shown}{_END}"

    def inlines(self, text: str) -> Inlines:
        """Return the inlines of an entry as the processor wrote it."""
        text = text.strip()
        for i, person in enumerate(self.people):
            begin = chr(_FIRST_PERSON + i)
            while begin in text:
                text = self._marked(text, text.index(begin), person)
        text = _BEFORE_ET_AL.sub(lambda match: match["comma"] + " ", text)
        building = _Building(self.inlines_by_place)
        for piece in _PIECE.findall(text):
            building.add(piece)
        return merge_strings(_with_addresses(building.finished()))

    def _marked(self, text: str, start: int, person: Contributor) -> str:
        """Return the text with one person marked as the owner and with the signs of the roles."""
        end = text.find(_END, start)
        if end < 0:
            return text[:start] + text[start + 1 :]
        first, last = _whole_name(text, start, end + 1, person.name, dotted=self.dotted)
        name = text[first:start] + text[start + 1 : end] + text[end + 1 : last]
        rest = text[last:].removeprefix("." if name.endswith(".") else "")
        if self.options.is_owner(person.name):
            name = _OWNER + name + _END
        marks = role_marks(person, self.options)
        return text[:first] + name + (self.hide(marks) if marks else "") + rest


def others(words: str, before: int) -> str:
    """Return the words for further authors, as one more name after those of a list."""
    return f"{',' if before > 1 else ''}{_ET_AL}{words}"


def _whole_name(text: str, start: int, end: int, name: Name, *, dotted: bool) -> tuple[int, int]:
    """Return where a name with a known family name begins and ends, with its format.

    The given names stand directly before or after the family name; else it stands alone.
    """
    while text[start - 1 : start] in _BEGINS and text[end : end + 1] == _END:
        start, end = start - 1, end + 1
    given = _given_pattern(name.given, "\\.?" if dotted else "")
    if given:
        before = re.search(rf"(?<!\w){given}[\s\xa0]+\Z", text[:start])
        after = re.match(rf",?[\s\xa0]*(?:{given}(?!\w)|\({given}\))", text[end:])
        if before:
            start = before.start()
        elif after:
            end += after.end()
    suffix = rf",?[\s\xa0]+{re.escape(name.suffix)}" if name.suffix else ""
    after = re.match(suffix, text[end:])
    return start, end + (after.end() if after else 0)


def _given_pattern(given: str, stop: str) -> str:
    """Return a pattern for the given names or their initials, however they are separated."""
    words = [word for word in re.split(r"[\s.\-]+", given) if word]
    return r"[\s\xa0.\-]*".join(
        rf"(?:{re.escape(word)}|{re.escape(word[0])})" for word in words
    ) + (stop if words else "")


class _Building(Struct):
    """The nodes of a text, as far as it has been read; `said` is what they say."""

    hidden: Sequence[Inlines]
    opened: list[tuple[str, list[Inline]]] = field(default_factory=lambda: [("", [])])
    said: str = ""

    def add(self, piece: str) -> None:
        """Add text, or one character that stands for something."""
        place = ord(piece[0]) - _FIRST_HIDDEN
        if 0 <= place < len(self.hidden):
            self._say(self.hidden[place])
        elif piece == _END:
            self._close()
        elif piece in _NODES:
            self.opened.append((piece, []))
        elif ord(piece[0]) < ord(_END):
            self._say((Str(_without_repeated_sign(self.said, piece)),))

    def finished(self) -> list[Inline]:
        """Close what is still open, and return all nodes."""
        while len(self.opened) > 1:
            self._close()
        return self.opened[0][1]

    def _say(self, inlines: Inlines) -> None:
        self.opened[-1][1].extend(inlines)
        self.said += plain_text(inlines)

    def _close(self) -> None:
        if len(self.opened) > 1:
            begin, inside = self.opened.pop()
            self.opened[-1][1].extend(_node(begin, tuple(inside)))


def _node(begin: str, inside: Inlines) -> Inlines:
    make = _NODES[begin]
    return inside if make is None or not inside else (make(inside),)


def _without_repeated_sign(said: str, piece: str) -> str:
    ended = said.rstrip("”’\"'")[-1:]
    if piece[0] == "." and ended in (".", "?", "!"):
        return piece[1:]
    return piece[1:] if piece[0] in ",;:" and piece[0] == ended else piece


def _with_addresses(nodes: Sequence[Inline]) -> Inlines:
    """Return the nodes with `https://doi.org/` as a part of the link that follows it."""
    made: list[Inline] = []
    for node in nodes:
        last = made[-1] if made else None
        address = _DOI_ADDRESS.search(last.text) if isinstance(last, Str) else None
        if isinstance(node, Link) and isinstance(last, Str) and address:
            made[-1] = Str(last.text[: address.start()])
            made.append(Link(node.url, (Str(address[0]), *node.children)))
        else:
            made.append(node)
    return tuple(made)
