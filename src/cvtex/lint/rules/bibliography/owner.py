"""The owner of the CV among the authors, and the labels by which the CV cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cvtex.diagnostics.diagnostic import Needs
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.bibliography.spelling import slips
from cvtex.lower.document import chosen_sections
from cvtex.lower.selection import owner_names, owner_test
from cvtex.names.format import full_name
from cvtex.names.lists import RawName, split_names
from cvtex.names.marks import strip_marks
from cvtex.names.matching import same_person, spelling_key
from cvtex.names.name import Name
from cvtex.names.parse import parse_name
from cvtex.publications.citations import CitationIndex, index_citations
from cvtex.publications.publication import Contributor, Publication
from cvtex.readers.bibtex.bibliography import BibRecord
from cvtex.readers.bibtex.people import family_first, two_in_one
from cvtex.readers.bibtex.record import NAME_LISTS
from cvtex.richtext.markdown import CITEKEY
from cvtex.richtext.tokens import CITATION
from cvtex.schema.sections import PublicationsSection
from cvtex.source import Span

_OTHER_PEOPLE = NAME_LISTS - {"author", "editor"}
_MOST_SLIPS = 2
_LONG_NAME = 7


@rule("CV356", needs=Needs.COMPLETE_CV)
def paper_without_owner(context: LintContext) -> RuleFindings:
    """The owner of the CV is not among the authors of a work that it prints.

    Either the name is written in another way, so that it is not set in bold, or "and others"
    hides it, or the entry belongs to someone else. Works of organisations are not reported, those
    whose names cannot be told apart (CV312), and CVs in which most works are by others.

    Bad:

    ```bibtex
    @article{brauer1932, author = {Brauer, Richard and Hasse, Helmut and Nöther, Emmi}}
    ```

    Good:

    ```bibtex
    @article{brauer1932, author = {Brauer, Richard and Hasse, Helmut and Noether, Emmy}}
    ```
    """
    names = owner_names(context.project.cv)
    is_owner = owner_test(names)
    printed = {i.publication.key: i.publication for one in context.lowered.lists for i in one.items}
    by_others = [
        p
        for p in printed.values()
        if (p.authors or p.editors) and not any(is_owner(c.name) for c in _people(p))
    ]
    if 2 * len(by_others) >= len(printed):
        return
    own = frozenset(map(spelling_key, names))
    records = context.project.bibliography.records
    for publication in by_others:
        unclear = any(_is_unclear(person.name, own) for person in _people(publication))
        unclear = unclear or not _is_understood(records[publication.key])
        if not unclear and not _OTHER_PEOPLE & publication.fields.keys():
            yield _without_owner(publication, names)


def _people(publication: Publication) -> Iterator[Contributor]:
    yield from publication.authors
    yield from publication.editors


def _is_unclear(name: Name, own: frozenset[str]) -> bool:
    """Return whether a name is an organisation, or the owner's name and another, read as one."""
    parts = (name.family, name.given, name.suffix)
    return name.corporate or any(spelling_key(Name(part)) in own for part in parts if part)


def _is_understood(record: BibRecord) -> bool:
    """Return whether it is plain where each name of an entry ends."""
    values = (record.values.get(name) for name in ("author", "editor"))
    lists = [split_names(text.value) for text in values if text is not None]
    return not any(
        two_in_one(names) or family_first(names) or any(map(_is_faulty, names)) for names in lists
    )


def _is_faulty(name: RawName) -> bool:
    return bool(parse_name(strip_marks(name.raw)[0]).faults)


def _without_owner(publication: Publication, names: Sequence[Name]) -> Finding:
    near = next((c for c in _people(publication) if _is_near(c.name, names)), None)
    if near is not None:
        said = full_name(near.name)
        message = f"no author of `{publication.key}` is the owner of the CV, but `{said}` is near"
        return Finding(message, near.span, f"correct the name, or add `{said}` under `me:`")
    if publication.and_others:
        message = f"the owner of the CV is not among the authors of `{publication.key}` by name"
        return Finding(message, publication.span, "write the names in place of `and others`")
    message = f"the owner of the CV is not among the authors of `{publication.key}`"
    hint = "add the form of the name in the .bib file under `me:`, or leave the entry out"
    return Finding(message, publication.span, hint)


def _is_near(name: Name, names: Sequence[Name]) -> bool:
    """Return whether a name looks like a misspelt one of the owner's."""
    said = spelling_key(name)
    own = [spelling_key(one) for one in names]
    return len(said) >= _LONG_NAME and any(slips(said, o, _MOST_SLIPS) <= _MOST_SLIPS for o in own)


@rule("CV365", needs=Needs.COMPLETE_CV)
def owner_by_initial(context: LintContext) -> RuleFindings:
    """An author is taken for the owner of the CV by an initial, though the name is another.

    `me: [Kai Yi, "Yi, K."]` lets "K. Yi" be the owner, and so "Kay Yi" too. Either that name is
    mistyped, or it is somebody else's, who is then set in bold.

    Bad:

    ```bibtex
    @misc{yi2024cohort, author = {Yi, Kay and Richtárik, Peter}, title = {Cohort Squeeze}}
    ```

    Good:

    ```bibtex
    @misc{yi2024cohort, author = {Yi, Kai and Richtárik, Peter}, title = {Cohort Squeeze}}
    ```
    """
    names = owner_names(context.project.cv)
    is_owner = owner_test(names)
    spelt_out = [name for name in names if _is_spelt_out(name)]
    for publication in context.project.bibliography.publications if spelt_out else ():
        for person in _people(publication):
            other = _taken_for(person.name, spelt_out) if is_owner(person.name) else None
            if other is not None:
                said = full_name(person.name)
                message = f"`{said}` is taken for `{full_name(other)}` by the initial"
                hint = f"correct the name; if it is another of yours, add `{said}` under `me:`"
                yield Finding(message, person.span, hint)


def _taken_for(name: Name, spelt_out: Sequence[Name]) -> Name | None:
    """Return the spelt-out name of the owner for which another of the same family is taken.

    A name without a given name in full agrees with any; one of another family is not compared.
    """
    if not _is_spelt_out(name) or any(same_person(name, own) for own in spelt_out):
        return None
    family = spelling_key(Name(name.family, prefix=name.prefix))
    return next(
        (n for n in spelt_out if spelling_key(Name(n.family, prefix=n.prefix)) == family), None
    )


def _is_spelt_out(name: Name) -> bool:
    """Return whether the first given name is more than an initial or an abbreviation."""
    first = name.given.partition(" ")[0]
    return len(first) > 1 and not first.isupper() and not first.endswith(".")


@rule("CV364", needs=Needs.COMPLETE_CV)
def ambiguous_label(context: LintContext) -> RuleFindings:
    """A text cites a label that two lists have, and the lists have the same short title.

    Where two lists count from 1, cvtex puts the title of the list before the number, as in
    "Highlighted [2]". If the titles are the same, the reader cannot tell which is meant.

    Bad:

    ```yaml
    sections:
    - {kind: text, title: Summary, body: "I began with forms [@noether1908]."}
    - {kind: publications, title: Papers, select: {keywords: [old]}}
    - {kind: publications, title: Papers, select: {rest: true}}
    ```

    Good:

    ```yaml
    sections:
    - {kind: text, title: Summary, body: "I began with forms [@noether1908]."}
    - {kind: publications, title: Early papers, select: {keywords: [old]}}
    - {kind: publications, title: Papers, select: {rest: true}, numbering: {prefix: P}}
    ```
    """
    if len(context.lowered.lists) < 2:
        return
    index = _index(context)
    unclear = _unclear(index)
    for key, place in _citations(context) if unclear else ():
        cited = index.cited.get(key)
        if cited is not None and (index.names[cited.list_index], cited.item.label) in unclear:
            name = index.names[cited.list_index]
            message = f"`{name} {cited.item.label}` may be either of two publications"
            hint = "give one list another `short_title`, or a `prefix` under `numbering`"
            yield Finding(message, place, hint)


def _index(context: LintContext) -> CitationIndex:
    chosen = chosen_sections(context.project)
    sections = [s for s in chosen if isinstance(s, PublicationsSection)]
    titles = [(section.short_title or section.title).value for section in sections]
    return index_citations(context.lowered.lists, titles, {})


def _unclear(index: CitationIndex) -> frozenset[tuple[str, str]]:
    """Return the names of lists, with a label, that stand for two publications."""
    first: dict[tuple[str, str], str] = {}
    unclear = set()
    for name, printed in zip(index.names, index.lists, strict=True):
        for item in printed.items:
            key = item.publication.key
            if item.label and first.setdefault((name, item.label), key) != key:
                unclear.add((name, item.label))
    return frozenset(unclear)


def _citations(context: LintContext) -> Iterator[tuple[str, Span | None]]:
    for prose in context.texts:
        for citation in CITATION.finditer(prose.text.value):
            for key in CITEKEY.finditer(prose.text.value, *citation.span(1)):
                yield key[1], prose.text.place(*key.span(1))
