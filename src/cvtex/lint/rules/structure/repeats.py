"""Entries, items and sections that a CV has twice."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from cvtex.diagnostics.diagnostic import Fix, Needs, Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.shared import doubles, notes_at
from cvtex.lint.rules.structure.timeline import SectionEntry, entries, shown, title_of
from cvtex.lint.rules.structure.tree import without_item
from cvtex.schema.base import Model
from cvtex.schema.scalars import DateValue
from cvtex.schema.sections import Degree, Group
from cvtex.source import Text

_ASIDE = frozenset({"tags", "url"})
_DETAILS = frozenset({"details", "summary"})
"""Fields that may differ in two entries of the same date which are the same."""


@rule("CV134", fix=Safety.UNSAFE, needs=Needs.COMPLETE_CV)
def doubled_entry(context: LintContext) -> RuleFindings:
    """A section has the same entry twice.

    Title, place, role and date are the same. Entries with different tags are accepted, as each may
    be meant for another variant.

    Bad:

    ```yaml
    - {title: Best Paper Award, by: ACM, date: 2021}
    - {title: Best Paper Award, by: ACM, date: 2021}
    ```

    Good:

    ```yaml
    - {title: Best Paper Award, by: ACM, date: 2021}
    ```

    Fix: deletes the second one. It is unsafe, as the two may differ in their details.
    """
    for section in context.project.cv.sections:
        found = [e for e in entries(section) if not isinstance(e, Group)]
        for first, second in doubles(found, _identity):
            if first.tags == second.tags:
                title = title_of(second)
                message = f"`{shown(title)}` is in this section twice"
                yield _doubled(context, message, (title_of(first), title))


@rule("CV135", fix=Safety.UNSAFE, needs=Needs.COMPLETE_CV)
def doubled_item(context: LintContext) -> RuleFindings:
    """A list of skills, service or interests has the same item twice.

    Items with the same name and different years are accepted, though one item with all years prints
    better.

    Bad:

    ```yaml
    - {label: Languages, items: [Python, C++, Rust, Python]}
    ```

    Good:

    ```yaml
    - {label: Languages, items: [Python, C++, Rust]}
    ```

    Fix: deletes the second one. It is unsafe, as the list gets shorter.
    """
    for section in context.project.cv.sections:
        for entry in entries(section):
            for (first, _), (second, _) in doubles(_items(entry), _item_identity):
                message = f"`{shown(second)}` is in this list twice"
                yield _doubled(context, message, (first, second))


@rule("CV136", needs=Needs.COMPLETE_CV)
def ambiguous_section(context: LintContext) -> RuleFindings:
    """Two sections have the same title, or the title of one is the id of another.

    A variant that names it prints both, and readers cannot tell them apart in the outline of the
    PDF. Sections with different tags are accepted, as each may be meant for another variant.

    Bad:

    ```yaml
    - {kind: publications, title: Publications, select: {keywords: [journal]}}
    - {kind: publications, title: Publications, select: {rest: true}}
    ```

    Good:

    ```yaml
    - {kind: publications, title: Journal Articles, select: {keywords: [journal]}}
    - {kind: publications, title: Other Publications, select: {rest: true}}
    ```
    """
    taken: dict[str, tuple[Text, tuple[str, ...]]] = {}
    for section in context.project.cv.sections:
        names = dict.fromkeys(name.strip() for name in section.names())
        same = next((taken[name] for name in names if name in taken), None)
        if same is not None and same[1] == section.tags:
            message = f"another section is called `{shown(section.title)}` as well"
            notes = notes_at(same[0].span, "the other one")
            yield Finding(message, section.title.span, "give it a title of its own", notes)
        taken |= {name: (section.title, section.tags) for name in names if name not in taken}


def _items(entry: SectionEntry) -> Iterator[tuple[Text, tuple[int, ...]]]:
    """Yield the items of the list in an entry, with their years."""
    if isinstance(entry, Group):
        yield from ((item.name, item.years) for item in entry.items)
    elif isinstance(entry, Degree):
        yield from ((interest, ()) for interest in entry.interests)


def _item_identity(item: tuple[Text, tuple[int, ...]]) -> Hashable:
    name, years = item
    return _frozen(name), years


def _identity(entry: SectionEntry) -> Hashable:
    """Return the contents of an entry; of one that has a date, without its details."""
    aside = _ASIDE if getattr(entry, "date", None) is None else _ASIDE | _DETAILS
    return tuple(_frozen(getattr(entry, n)) for n in type(entry).model_fields if n not in aside)


def _frozen(value: object) -> Hashable:
    """Return a value of an entry without its place, and texts without case and extra blanks."""
    match value:
        case Text():
            return " ".join(value.value.split()).casefold(), _frozen(value.translations)
        case DateValue():
            return value.value
        case Model():
            return tuple(_frozen(getattr(value, name)) for name in type(value).model_fields)
        case tuple():
            return tuple(map(_frozen, value))
    return value if isinstance(value, Hashable) else repr(value)


def _doubled(context: LintContext, message: str, places: tuple[Text, Text]) -> Finding:
    first, second = places
    place = second.span if second.span != first.span else None  # an alias has none of its own
    edit = without_item(context.project.root, place) if place else None
    fix = Fix("delete the second one", (edit,), Safety.UNSAFE) if edit else None
    notes = notes_at(first.span, "the first one")
    return Finding(message, second.span, "delete one of them", notes, fix)
