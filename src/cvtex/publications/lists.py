"""Lists of publications: selected, ordered, grouped and labelled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct, field

from cvtex.dates.partial_date import first_day
from cvtex.locale import type_group
from cvtex.names.name import Name
from cvtex.publications.publication import Publication, Status

IsOwner = Callable[[Name], bool]
"""Tells whether a name is that of the CV's owner."""


class Selection(Struct, frozen=True):
    """Conditions that must all hold; `exclude` takes away what it selects."""

    keys: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    role: str | None = None
    status: tuple[str, ...] = ()
    rest: bool = False
    exclude: Selection | None = None


class Numbering(Struct, frozen=True):
    """The form of labels: `{n}` in `label` becomes the prefix and the number.

    `reverse` counts down, so that the newest has the highest number; a list from the oldest on
    has it so already.
    """

    scheme: Literal["restart", "continue", "none"] = "restart"
    label: str = "[{n}]"
    prefix: str = ""
    reverse: bool = False


class ListRequest(Struct, frozen=True):
    """A list as the CV asks for it; `anchor` is unique among the lists."""

    anchor: str
    selection: Selection = field(default_factory=Selection)
    order: Literal["newest", "oldest", "listed", "file"] = "newest"
    group_by: Literal["none", "type", "year", "status"] = "none"
    numbering: Numbering = field(default_factory=Numbering)


class Listed(Struct, frozen=True):
    """A publication in its place: `number` is what its label shows, 0 without numbering."""

    publication: Publication
    number: int
    label: str
    anchor: str


class PrintedList(Struct, frozen=True):
    """A list with its members in printing order, grouped by the value of `group_by`."""

    request: ListRequest
    groups: tuple[tuple[str, tuple[Listed, ...]], ...]

    @property
    def items(self) -> tuple[Listed, ...]:
        """Return all members in printing order."""
        return tuple(item for _, items in self.groups for item in items)


def arrange(
    publications: Sequence[Publication], requests: Sequence[ListRequest], is_owner: IsOwner
) -> tuple[PrintedList, ...]:
    """Fill, order and number every list; `rest` selects what no other list prints."""
    chosen = _choose(publications, requests, is_owner)
    lists, last = [], 0
    for request in requests:
        groups = _grouped(_ordered(chosen[request.anchor], request), request.group_by)
        start = last if request.numbering.scheme == "continue" else 0
        lists.append(PrintedList(request, _numbered(groups, request, start)))
        last = start + len(chosen[request.anchor])
    return tuple(lists)


def _choose(
    publications: Sequence[Publication], requests: Sequence[ListRequest], is_owner: IsOwner
) -> Mapping[str, list[Publication]]:
    chosen: dict[str, list[Publication]] = {}
    taken: set[str] = set()
    for request in sorted(requests, key=lambda request: request.selection.rest):
        pool = [p for p in publications if not (request.selection.rest and p.key in taken)]
        members = [p for p in pool if selects(request.selection, p, is_owner)]
        chosen[request.anchor] = members
        taken.update(p.key for p in members)
    return chosen


def selects(selection: Selection, publication: Publication, is_owner: IsOwner) -> bool:
    """Return whether a publication meets every condition of a selection."""
    return not unmet(selection, publication, is_owner)


def unmet(selection: Selection, publication: Publication, is_owner: IsOwner) -> tuple[str, ...]:
    """Return the conditions of a selection that a publication does not meet, by their keys."""
    excluded = selection.exclude
    met = {
        "keys": not selection.keys or publication.key in selection.keys,
        "keywords": not selection.keywords
        or bool(set(selection.keywords) & set(publication.keywords)),
        "types": not selection.types or publication.type in selection.types,
        "years": selection.years is None or _in_years(publication, *selection.years),
        "role": selection.role is None or _has_role(publication, selection.role, is_owner),
        "status": not selection.status or publication.status.value in selection.status,
        "exclude": excluded is None or not selects(excluded, publication, is_owner),
    }
    return tuple(name for name, holds in met.items() if not holds)


def _in_years(publication: Publication, first: int, last: int) -> bool:
    return publication.date is not None and first <= first_day(publication.date).year <= last


def _has_role(publication: Publication, role: str, is_owner: IsOwner) -> bool:
    authors = publication.authors
    match role:
        case "first":
            return bool(authors) and is_owner(authors[0].name)
        case "last":
            return bool(authors) and not publication.and_others and is_owner(authors[-1].name)
    return any(role in author.roles and is_owner(author.name) for author in authors)


def _ordered(members: list[Publication], request: ListRequest) -> list[Publication]:
    match request.order:
        case "file":
            return sorted(members, key=lambda p: p.number)
        case "listed":
            place = {key: i for i, key in enumerate(request.selection.keys)}
            return sorted(members, key=lambda p: (place.get(p.key, len(place)), p.number))
        case "oldest":
            return sorted(members, key=_oldness)
    return sorted(members, key=_newness)


def _newness(publication: Publication) -> tuple[bool, int, bool, int, int]:
    """Return a sort key: unpublished work before the published of its year, then by file."""
    published = publication.status is Status.PUBLISHED
    if publication.date is None:
        return (published, 0, published, 0, publication.number)
    day = first_day(publication.date)
    return (True, -day.year, published, -day.toordinal(), publication.number)


def _oldness(publication: Publication) -> tuple[date, bool, int]:
    published = publication.status is Status.PUBLISHED
    day = first_day(publication.date) if publication.date else date.min if published else date.max
    return (day, not published, publication.number)


def _grouped(members: Sequence[Publication], group_by: str) -> list[tuple[str, list[Publication]]]:
    groups: dict[str, list[Publication]] = {}
    for publication in members:
        groups.setdefault(_group(publication, group_by), []).append(publication)
    return list(groups.items())


def _group(publication: Publication, group_by: str) -> str:
    match group_by:
        case "type":
            return type_group(publication.type)
        case "status":
            return publication.status.value
        case "year":
            return str(first_day(publication.date).year) if publication.date else ""
    return ""


def _numbered(
    groups: Iterable[tuple[str, list[Publication]]], request: ListRequest, start: int
) -> tuple[tuple[str, tuple[Listed, ...]], ...]:
    groups = list(groups)
    total = sum(len(members) for _, members in groups)
    backwards = request.numbering.reverse and request.order != "oldest"
    position, numbered = 0, []
    for heading, members in groups:
        items = []
        for publication in members:
            position += 1
            number = start + (total + 1 - position if backwards else position)
            items.append(_listed(publication, number, position, request))
        numbered.append((heading, tuple(items)))
    return tuple(numbered)


def _listed(publication: Publication, number: int, position: int, request: ListRequest) -> Listed:
    numbering = request.numbering
    anchor = f"{request.anchor}.{position}"
    if numbering.scheme == "none":
        return Listed(publication, 0, "", anchor)
    return Listed(publication, number, make_label(numbering, str(number)), anchor)


def make_label(numbering: Numbering, numbers: str) -> str:
    """Return the label template filled with a number, or with several as a citation shows them."""
    return re.sub(r"\{n\}", lambda _: numbering.prefix + numbers, numbering.label)
