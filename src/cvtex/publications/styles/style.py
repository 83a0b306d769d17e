"""A citation style: nothing but data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from cvtex.publications.publication import Publication, Status
from cvtex.publications.styles.options import StyleOptions
from cvtex.publications.styles.template import Template
from cvtex.richtext.nodes import Inlines

Form = Literal["given-family", "initials-family", "family-initials", "family-given"]
"""The form of a name; the last one is "Yi, Kai"."""


class NameRules(Struct, frozen=True):
    """The form of lists of names in a style.

    `first` and `rest` are the forms at the head of an entry, `within` that of names further on,
    such as the editors of a chapter's book. `conjunction` stands before the last name; without one
    there is only a comma. `gap` stands where `max_authors` leaves names out. `editor` says that
    those at the head are editors: for one of them, and for several.
    """

    first: Form = "given-family"
    rest: Form = "given-family"
    within: Form = "given-family"
    conjunction: str = ""
    gap: str = ", …, "
    italic_et_al: bool = False
    editor: tuple[str, str] = (" (ed.)", " (eds.)")


class Style(Struct, frozen=True):
    """A style: a template for each class of entries, and what they have in common.

    `templates` has at least a class `misc`, which serves all others that it lacks. English words
    are translated. `kinds` are the words for theses, reports and the like, by biblatex's keys for
    them. `states` are the words for work that is not published yet, where they are not those of
    the CV; those in `year_states` stand in the year's place. `undated` is printed where published
    work has no year, and for unpublished work as well if `always_dated`. `months` are the English
    names of months, `day` and `month` the order of English dates. After an address at the end
    there is a full stop only if `stop_after_address`; `short_ranges` prints 165–76 for 165–176.
    `notes` is how notes are printed; they stand before the last full stop unless `notes_last`.
    """

    names: NameRules
    templates: Mapping[str, Template]
    kinds: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[Status, str] = field(default_factory=dict)
    year_states: Mapping[Status, str] = field(default_factory=dict)
    undated: str = ""
    always_dated: bool = False
    months: tuple[str, ...] = ()
    day: str = "{month} {day}, {year}"
    month: str = "{month} {year}"
    ordinal_stop: str = ""
    short_ranges: bool = False
    stop_after_address: bool = True
    notes: Template = "({notes})"
    notes_last: bool = False


class StyledEntry(Struct, frozen=True, eq=False):
    """A publication on its way into a style.

    `made` remembers elements: a template asks for most of them more than once.
    """

    publication: Publication
    style: Style
    options: StyleOptions
    made: dict[str, Inlines] = field(default_factory=dict)
