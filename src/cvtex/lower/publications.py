"""The publication lists of a CV as blocks: each entry put into its style."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from cvtex.diagnostics.catalogue import INVALID_VALUE
from cvtex.document.nodes import PublicationGroup, PublicationItem, PublicationList
from cvtex.locale import Terms
from cvtex.lower.text import TextLowering
from cvtex.publications.lists import IsOwner, Listed, PrintedList
from cvtex.publications.publication import Publication, Status
from cvtex.publications.styles.errors import StyleError
from cvtex.publications.styles.options import StyleOptions
from cvtex.publications.styles.parts import badges, state_words
from cvtex.publications.styles.registry import Writer, find_style, plain_writer
from cvtex.richtext.build import joined
from cvtex.richtext.nodes import Inlines, Mark, Str
from cvtex.schema.cv import CV


def style_options(cv: CV, writing: TextLowering, is_owner: IsOwner) -> StyleOptions:
    """What the CV tells the citation style."""
    bibliography = cv.bibliography
    return StyleOptions(
        words=writing.words,
        is_owner=is_owner,
        names=bibliography.names,
        max_authors=bibliography.max_authors,
        venue=bibliography.venue,
        venues=bibliography.venues,
        marks=bibliography.roles,
        language=writing.language,
    )


def style_writer(cv: CV, folder: Path, writing: TextLowering) -> Writer:
    """The citation style of the CV; where it fails, that is reported and `plain` stands in."""
    style = cv.bibliography.style

    def report(fault: StyleError) -> Writer:
        writing.markup.sink.add(INVALID_VALUE, fault.message, style.span, hint=fault.hint)
        return plain_writer()

    try:
        write = find_style(style.value.strip(), folder, writing.language)
    except StyleError as fault:
        return report(fault)

    def written(publication: Publication, options: StyleOptions) -> Inlines:
        try:
            return write(publication, options)
        except StyleError as fault:
            return report(fault)(publication, options)

    return written


class ListPrinter(Struct, frozen=True):
    """Turns arranged lists into blocks; `links` are the kinds of badges to print."""

    options: StyleOptions
    write: Writer
    links: tuple[str, ...]
    writing: TextLowering

    def block(self, printed: PrintedList) -> PublicationList | None:
        """The block of a list, or none for an empty one."""
        if not printed.items:
            return None
        group_by = printed.request.group_by
        groups = tuple(
            PublicationGroup(self._heading(heading, group_by), tuple(map(self._item, items)))
            for heading, items in printed.groups
        )
        widest = max((item.label for item in printed.items), key=len)
        return PublicationList(groups, widest, self._legend(printed.items))

    def _item(self, item: Listed) -> PublicationItem:
        publication = item.publication
        body = self.write(publication, self.options)
        links = badges(publication, self.links, body)
        return PublicationItem(item.anchor, item.label, body, links, publication.extent)

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
        """What the marks that occur in a list mean, in the order of the CV's `roles`."""
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


def _role_words(words: Terms) -> dict[str, str]:
    return {
        "equal": words.equal_contribution,
        "corresponding": words.corresponding_author,
        "student": words.student,
        "senior": words.senior_author,
    }
