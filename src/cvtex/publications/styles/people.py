"""Lists of names, as each style writes them; the owner and the roles are marked.

A CV prints every author, whatever the style guide says of long lists, unless it sets
`max_authors`; then the owner stays in the list all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cvtex.names.format import format_name
from cvtex.names.name import Name
from cvtex.names.parse import name_of
from cvtex.publications.publication import Contributor
from cvtex.publications.styles.options import StyleOptions
from cvtex.publications.styles.style import Form, NameRules, StyledEntry
from cvtex.publications.styles.terms import is_english, translate
from cvtex.richtext.build import joined
from cvtex.richtext.nodes import Emph, Inline, Inlines, Mark, Owner, Str


def lead(entry: StyledEntry) -> Inlines:
    """Return the authors of an entry, or else the editors with a word for their role."""
    publication, rules = entry.publication, entry.style.names
    if publication.authors or not publication.editors:
        people = publication.authors
        return _listed(people, entry, (rules.first, rules.rest), others=publication.and_others)
    people = publication.editors
    listed = _listed(people, entry, (rules.first, rules.rest), others=publication.and_others)
    label = rules.editor[len(people) > 1 or publication.and_others]
    return (*listed, Str(translate(label, entry.options.language)))


def further_editors(entry: StyledEntry) -> Inlines:
    """Return the editors of a work that has authors as well."""
    if not entry.publication.authors:
        return ()
    form = entry.style.names.within
    return _listed(entry.publication.editors, entry, (form, form))


def further_people(entry: StyledEntry, field: str) -> Inlines:
    """Return a field of other names, such as translators, with the owner marked in it."""
    written = entry.publication.fields.get(field, ())
    if len(written) != 1 or not isinstance(written[0], Str):
        return written
    names = written[0].text.split(", ")
    shown: list[Inlines] = [
        (Owner((Str(name),)),) if entry.options.is_owner(name_of(name)) else (Str(name),)
        for name in names
    ]
    comma = len(names) > 2 and _serial_comma(entry.options)
    last = _conjunction(entry.style.names, entry.options, comma=comma)
    return joined((joined(shown[:-1]), shown[-1]), last)


def kept_people(people: Sequence[Contributor], options: StyleOptions) -> list[int]:
    """Return the indices of the names to print: the first ones, the owner and the last."""
    limit = options.max_authors
    everyone = list(range(len(people)))
    if limit == 0 or len(people) <= limit:
        return everyone
    owner = next((i for i in everyone if options.is_owner(people[i].name)), None)
    kept = {everyone[-1]} if limit > 1 else set()
    if owner is not None:
        kept.add(owner)
    for i in everyone:
        if len(kept) >= limit:
            break
        kept.add(i)
    return sorted(kept)


def _listed(
    people: Sequence[Contributor],
    entry: StyledEntry,
    forms: tuple[Form, Form],
    *,
    others: bool = False,
) -> Inlines:
    rules, options = entry.style.names, entry.options
    kept = kept_people(people, options)
    shown = [_person(people[i], forms[number > 0], options) for number, i in enumerate(kept)]
    inverted = [_inverted(people[i].name, forms[n > 0], options) for n, i in enumerate(kept)]
    parts: list[Inline] = [*shown[0]] if shown else []
    for number, (before, i) in enumerate(pairwise(kept), 1):
        is_last = number == len(kept) - 1 and not others
        comma = inverted[number - 1] or (len(kept) > 2 and _serial_comma(options))
        separator = _conjunction(rules, options, comma=comma) if is_last else ", "
        parts += [Str(rules.gap if i > before + 1 else separator), *shown[number]]
    if others and parts:
        parts += _et_al(entry, comma=len(kept) > 1 or inverted[-1])
    return tuple(parts)


def _serial_comma(options: StyleOptions) -> bool:
    return is_english(options.language)


def _conjunction(rules: NameRules, options: StyleOptions, *, comma: bool) -> str:
    if not rules.conjunction:
        return ", "
    return f"{',' if comma else ''} {translate(rules.conjunction, options.language)} "


def _et_al(entry: StyledEntry, *, comma: bool) -> Inlines:
    words: Inlines = (Str(entry.options.words.and_others),)
    if entry.style.names.italic_et_al:
        words = (Emph(words),)
    return (Str(", " if comma else " "), *words)


def _person(person: Contributor, form: Form, options: StyleOptions) -> Inlines:
    name: Inlines = (Str(_name(person.name, form, options)),)
    if options.is_owner(person.name):
        name = (Owner(name),)
    return (*name, *role_marks(person, options))


def role_marks(person: Contributor, options: StyleOptions) -> Inlines:
    """Return the signs of a person's roles, each once."""
    marks = [options.marks[role] for role in person.roles if role in options.marks]
    return tuple(map(Mark, dict.fromkeys(marks)))


def _name(name: Name, form: Form, options: StyleOptions) -> str:
    if options.names is not None:
        return format_name(name, options.names)
    if form != "family-given":
        return format_name(name, form)
    family = f"{name.prefix} {name.family}".strip()
    return ", ".join(part for part in (family, name.given, name.suffix) if part)


def _inverted(name: Name, form: Form, options: StyleOptions) -> bool:
    """Return whether a name contains a comma, so that another one must follow it."""
    return (options.names or form) in ("family-given", "family-initials") and bool(name.given)
