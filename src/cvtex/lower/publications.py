"""Lowers the publication lists of a CV, and sets each entry in the style of the CV."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from cvtex.diagnostics.catalogue import INVALID_VALUE
from cvtex.diagnostics.diagnostic import Sink
from cvtex.document.nodes import (
    PublicationGroup,
    PublicationItem,
    PublicationList,
    PublicationParts,
)
from cvtex.locale import Terms
from cvtex.lower.text import TextLowering
from cvtex.publications.lists import IsOwner, Listed, PrintedList
from cvtex.publications.publication import Publication, Status
from cvtex.publications.styles.elements import element
from cvtex.publications.styles.errors import StyleError
from cvtex.publications.styles.options import StyleOptions
from cvtex.publications.styles.parts import badges, state_words
from cvtex.publications.styles.plain import PLAIN
from cvtex.publications.styles.registry import StyleWriter, find_style, plain_writer, style_names
from cvtex.publications.styles.style import StyledEntry
from cvtex.richtext.build import joined
from cvtex.richtext.nodes import Inlines, Mark, Str
from cvtex.schema.cv import CV
from cvtex.source import Text

PARTS = ("authors", "title", "venue", "year")
"""The elements of a style that `PublicationParts` has."""


def list_printer(cv: CV, folder: Path, lowering: TextLowering, is_owner: IsOwner) -> ListPrinter:
    """Return the printer of a CV's lists; `plain` replaces a style that cannot be found."""
    bibliography = cv.bibliography
    options = StyleOptions(
        words=lowering.terms,
        is_owner=is_owner,
        names=bibliography.names,
        max_authors=bibliography.max_authors,
        venue=bibliography.venue,
        venues=bibliography.venues,
        marks=bibliography.roles,
        language=lowering.language,
    )
    style = bibliography.style
    try:
        write = find_style(style.value.strip(), folder, lowering.language)
    except StyleError as fault:
        _report(fault, style, lowering.markup.sink)
        write = plain_writer()
    return ListPrinter(options, style, write, bibliography.links)


def _report(fault: StyleError, style: Text, sink: Sink) -> None:
    sink.add(INVALID_VALUE, fault.message, style.span, hint=fault.hint)


class ListPrinter(Struct, frozen=True):
    """Turns arranged lists into blocks; `links` are the kinds of badges to print."""

    options: StyleOptions
    style: Text
    write: StyleWriter
    links: tuple[str, ...]

    @property
    def may_fail(self) -> bool:
        """Return whether the style can fail on an entry, as those of CSL can."""
        return self.style.value.strip() not in style_names()

    def block(self, printed: PrintedList) -> PublicationList | None:
        """Return the block of a list without the texts of its entries; none for an empty list."""
        if not printed.items:
            return None
        group_by = printed.request.group_by
        groups = tuple(
            PublicationGroup(self._heading(heading, group_by), tuple(map(_item, items)))
            for heading, items in printed.groups
        )
        widest = max((item.label for item in printed.items), key=len)
        return PublicationList(groups, widest, self._legend(printed.items))

    def with_texts(self, block: PublicationList, sink: Sink) -> PublicationList:
        """Return a block with the texts of its entries; faults of the style go to the sink."""
        groups = tuple(
            replace(group, items=tuple(self._with_text(item, sink) for item in group.items))
            for group in block.groups
        )
        return replace(block, groups=groups)

    def _with_text(self, item: PublicationItem, sink: Sink) -> PublicationItem:
        publication = item.record
        try:
            body = self.write(publication, self.options)
        except StyleError as fault:
            _report(fault, self.style, sink)
            body = plain_writer()(publication, self.options)
        links = badges(publication, self.links, body)
        return replace(item, body=body, parts=self._parts(publication), badges=links)

    def _parts(self, publication: Publication) -> PublicationParts:
        """Return the parts that a theme may set by themselves, as the style `plain` has them."""
        entry = StyledEntry(publication, PLAIN, self.options)
        return PublicationParts(*(element(name, entry) for name in PARTS))

    def _heading(self, value: str, group_by: str) -> Inlines:
        words = self.options.words
        match group_by:
            case "type":
                return (Str(words.heading(value)),)
            case "status":
                return (Str(self._state_heading(Status(value))),)
            case "year":
                return (Str(value or words.undated),)
        return ()

    def _state_heading(self, status: Status) -> str:
        words = self.options.words
        others = {Status.PUBLISHED: words.published, Status.PREPUBLISHED: words.preprint}
        heading = {**state_words(words), **others}[status]
        return heading[:1].upper() + heading[1:]

    def _legend(self, items: Iterable[Listed]) -> Inlines:
        """Return the meanings of the marks in a list, in the order of the CV's `roles`."""
        occurring = {
            role for item in items for author in item.publication.authors for role in author.roles
        }
        marks = self.options.marks
        meanings = _role_words(self.options.words)
        return joined(
            (Mark(mark), Str(" " + meanings.get(role, role)))
            for role, mark in marks.items()
            if role in occurring
        )


def _item(item: Listed) -> PublicationItem:
    publication = item.publication
    return PublicationItem(item.anchor, item.label, publication, span=publication.extent)


def _role_words(words: Terms) -> dict[str, str]:
    return {
        "equal": words.equal_contribution,
        "corresponding": words.corresponding_author,
        "student": words.student,
        "senior": words.senior_author,
    }
