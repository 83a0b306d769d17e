"""The publication lists of a CV: arranged, numbered, and each entry put into its style."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cvtex.document.nodes import PublicationGroup, PublicationItem, PublicationList
from cvtex.lower.header import structured_name
from cvtex.lower.text import Writing
from cvtex.publications import lists
from cvtex.publications.lists import IsOwner, Listed, ListRequest, PrintedList
from cvtex.publications.model import Name, Publication, Status
from cvtex.publications.names import name_of, same_person
from cvtex.publications.styles.options import StyleOptions
from cvtex.publications.styles.parts import badges, state_words
from cvtex.publications.styles.plain import write_plain
from cvtex.richtext.build import joined
from cvtex.richtext.nodes import Inlines, Mark, Str
from cvtex.schema.cv import CV
from cvtex.schema.publications import Selection
from cvtex.schema.sections import PublicationsSection
from cvtex.words import Words


def owner_names(cv: CV) -> tuple[Name, ...]:
    """Every name under which the owner writes: those under `me`, else the CV's own."""
    if cv.me:
        return tuple(name_of(alias.value) for alias in cv.me)
    structured = structured_name(cv.name)
    if structured is not None:
        return (structured,)
    return (name_of(cv.name.display.value),) if cv.name.display else ()


def owner_test(names: Sequence[Name]) -> IsOwner:
    """Whether a name is one of the owner's; answers are remembered, for long author lists."""
    known: dict[Name, bool] = {}

    def is_owner(name: Name) -> bool:
        if name not in known:
            known[name] = any(same_person(name, own) for own in names)
        return known[name]

    return is_owner


def list_request(section: PublicationsSection, anchor: str) -> ListRequest:
    """What a publications section asks for."""
    numbering = section.numbering
    return ListRequest(
        anchor=anchor,
        selection=_selection(section.select),
        order=section.order,
        group_by=section.group_by,
        numbering=lists.Numbering(
            numbering.scheme, numbering.label, numbering.prefix, numbering.reverse
        ),
    )


def _selection(select: Selection) -> lists.Selection:
    return lists.Selection(
        keys=tuple(key.value for key in select.keys),
        keywords=select.keywords,
        types=select.types,
        years=select.years,
        role=select.role,
        status=select.status,
        rest=select.rest,
        exclude=None if select.exclude is None else _selection(select.exclude),
    )


def style_options(cv: CV, words: Words, is_owner: IsOwner) -> StyleOptions:
    """What the CV tells the citation style."""
    bibliography = cv.bibliography
    return StyleOptions(
        words=words,
        is_owner=is_owner,
        names=bibliography.names,
        max_authors=bibliography.max_authors,
        venue=bibliography.venue,
        venues=bibliography.venues,
        marks=bibliography.roles,
    )


@dataclass(frozen=True)
class ListPrinter:
    """Turns arranged lists into blocks; `links` are the kinds of badges to print."""

    options: StyleOptions
    links: tuple[str, ...]
    writing: Writing

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
        body = write_plain(publication, self.options)
        links = badges(publication, self.links)
        return PublicationItem(item.anchor, item.label, body, links, publication.span)

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


def _role_words(words: Words) -> dict[str, str]:
    return {
        "equal": words.equal_contribution,
        "corresponding": words.corresponding_author,
        "student": words.student,
        "senior": words.senior_author,
    }


def computed_facts(
    publications: Sequence[Publication],
    printed: Sequence[PrintedList],
    ids: Sequence[str | None],
    is_owner: IsOwner,
) -> dict[str, str]:
    """The numbers that texts may use: `publications`, `publications.<list>`, `.first_author`."""
    keys = {item.publication.key for one in printed for item in one.items}
    first = sum(
        1 for p in publications if p.key in keys and p.authors and is_owner(p.authors[0].name)
    )
    facts = {"publications": str(len(keys)), "publications.first_author": str(first)}
    for name, one in zip(ids, printed, strict=True):
        if name is not None:
            facts[f"publications.{name}"] = str(len(one.items))
    return facts
