"""Finds the owner among authors, and checks owner and selections against the .bib files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.hints import did_you_mean
from cvtex.lower.header import structured_name
from cvtex.names.format import full_name
from cvtex.names.matching import same_person, spelling_key
from cvtex.names.name import Name
from cvtex.names.parse import name_of
from cvtex.publications import lists
from cvtex.publications.lists import IsOwner
from cvtex.publications.publication import Publication
from cvtex.schema.cv import CV
from cvtex.schema.publications import PublicationSelect
from cvtex.source import Text


def owner_names(cv: CV) -> tuple[Name, ...]:
    """Return every name under which the owner writes: those under `me`, else the CV's own."""
    if cv.me:
        return tuple(name_of(alias.value) for alias in cv.me)
    structured = structured_name(cv.name)
    if structured is not None:
        return (structured,)
    return (name_of(cv.name.display.value),) if cv.name.display else ()


def owner_test(names: Sequence[Name]) -> IsOwner:
    """Return a test whether a name is one of the owner's; it remembers its answers.

    A name without letters matches nobody, as that of the owner of a .bib file alone.
    """
    owned = [name for name in names if spelling_key(name)]
    known: dict[Name, bool] = {}

    def is_owner(name: Name) -> bool:
        if name not in known:
            known[name] = any(same_person(name, own) for own in owned)
        return known[name]

    return is_owner


def check_owner(cv: CV, publications: Sequence[Publication], is_owner: IsOwner, sink: Sink) -> None:
    """Report an owner whom no entry names, as a misspelt `me` would pass unseen."""
    for publication in publications:
        _check_one_owner(publication, is_owner, sink)
        _check_roles(publication, {*cv.bibliography.roles, "senior"}, sink)
    people = [p.name for entry in publications for p in (*entry.authors, *entry.editors)]
    if not people or any(map(is_owner, people)):
        return
    owner = cv.me[0] if cv.me else cv.name.display or cv.name.family or Text("")
    sink.add(
        catalogue.OWNER_NOT_FOUND,
        f"no publication has `{owner}` among its authors",
        owner.span,
        hint="list under `me:` every form of the name that the .bib files use",
    )


def _check_one_owner(publication: Publication, is_owner: IsOwner, sink: Sink) -> None:
    """Report an entry with two authors who may both be the owner, such as two with one initial."""
    owners = [author for author in publication.authors if is_owner(author.name)]
    if len(owners) > 1:
        names = " and ".join(f"`{full_name(author.name)}`" for author in owners)
        sink.add(
            catalogue.AMBIGUOUS_OWNER,
            f"{names} may both be the owner; both are marked",
            owners[1].span,
            hint="write the given names out in the .bib file, or fewer forms under `me:`",
        )


def _check_roles(publication: Publication, known: set[str], sink: Sink) -> None:
    """Report roles that look misspelt; others may be annotated for other programs."""
    for author in publication.authors:
        for role in author.roles:
            hint = None if role in known else did_you_mean(role, known)
            if hint is not None:
                message = f"the role `{role}` has no sign"
                sink.add(catalogue.INVALID_ANNOTATION, message, author.span, hint=hint)


def to_selection(select: PublicationSelect) -> lists.Selection:
    """Return the conditions of a section, without their places."""
    return lists.Selection(
        keys=_words(select.keys),
        keywords=_words(select.keywords),
        types=tuple(word.lower() for word in _words(select.types)),
        years=select.years,
        role=select.role,
        status=select.status,
        rest=select.rest,
        exclude=None if select.exclude is None else to_selection(select.exclude),
    )


def _words(texts: Iterable[Text]) -> tuple[str, ...]:
    return tuple(text.value for text in texts)


def check_selection(
    select: PublicationSelect, publications: Sequence[Publication], sink: Sink
) -> None:
    """Report keys, keywords and types that no publication has; a key is an error."""
    keys = {p.key for p in publications}
    for key in select.keys:
        if key.value not in keys:
            hint = did_you_mean(key.value, keys) or "add it to the .bib file"
            message = f"no publication has the key `{key}`"
            sink.add(catalogue.UNKNOWN_CITEKEY, message, key.span, hint=hint)
    keywords = {word for p in publications for word in p.keywords}
    _check_words("keyword", select.keywords, keywords, sink)
    types = {p.type for p in publications}
    _check_words("type", [t for t in select.types if t.value.lower() not in types], types, sink)
    if select.exclude is not None:
        check_selection(select.exclude, publications, sink)


def _check_words(what: str, asked: Iterable[Text], known: Iterable[str], sink: Sink) -> None:
    known = set(known)
    for word in asked:
        if word.value not in known:
            there = ", ".join(f"`{name}`" for name in sorted(known)) or "none"
            sink.add(
                catalogue.UNUSED_CONDITION,
                f"no publication has the {what} `{word}`",
                word.span,
                hint=did_you_mean(word.value, known) or f"in the .bib files: {there}",
            )
