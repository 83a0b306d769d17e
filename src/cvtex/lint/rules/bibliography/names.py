"""Names of people: one person's in several spellings, and one name twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from cvtex.diagnostics.diagnostic import Edit, Fix, Note, Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.shared import doubles, notes_at
from cvtex.lower.selection import owner_names
from cvtex.names.format import full_name
from cvtex.names.matching import spelling_key
from cvtex.names.name import Name
from cvtex.publications.publication import Contributor
from cvtex.source import Span
from cvtex.support.lazy_re import lazy_re

_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)
_GIVEN = lazy_re(r"[^\W\d_]{2,}")
_WORDS = lazy_re(r"(?:[^\W\d_]|[\s.'’-])+")
_SPELT_OUT = lazy_re(r"[^\W\d_]{2}")
_SIGNS = lazy_re(r"[\s.~]+")
_CAPITALS = 4
"""From this length on, a family name in capitals is not an acronym or a Chinese name."""

Spellings = dict[Name, list[Span]]
"""The ways of writing one name, each with its places."""


def people(context: LintContext) -> Iterator[Contributor]:
    """Yield the authors and editors of all publications, but for organisations."""
    for publication in context.project.bibliography.publications:
        for person in (*publication.authors, *publication.editors):
            if not person.name.corporate:
                yield person


@rule("CV357", fix=Safety.UNSAFE)
def name_in_several_spellings(context: LintContext) -> RuleFindings:
    """A person's name is written with accents here and without there, or with other hyphens.

    Readers and search engines take them for two people. Only names are compared that have a given
    name in full; initials may be another person's. The spelling that occurs most often counts, and
    of two that occur equally often the one with accents.

    Bad:

    ```bibtex
    @misc{a, author = {Richtárik, Peter}}
    @misc{b, author = {Richtarik, Peter}}
    ```

    Good:

    ```bibtex
    @misc{a, author = {Richtárik, Peter}}
    @misc{b, author = {Richtárik, Peter}}
    ```

    Fix: writes the name everywhere as it is spelt most often. It is unsafe: two people may share
    the letters of a name.
    """
    known = {full_name(name) for name in owner_names(context.project.cv)}
    for spellings in _people_by_letters(context):
        meant = max(spellings, key=lambda name: (len(spellings[name]), *_care(name)))
        for name, places in spellings.items():
            same = _letters(name) == _letters(meant) or full_name(name) in known
            if not same and places:
                yield _other_spelling(name, meant, places, spellings[meant])


def _people_by_letters(context: LintContext) -> list[Spellings]:
    """Return the spellings of every name that has several."""
    places: Spellings = defaultdict(list)
    for person in people(context):
        if person.span is not None:
            places[person.name].append(person.span)
    groups: dict[str, Spellings] = defaultdict(dict)
    for name, spans in places.items():
        if _GIVEN.search(name.given) and not name.family.isupper():
            groups[spelling_key(name)][name] = spans
    for key, spellings in list(groups.items()):
        for name in spellings:
            spelt_out = _spelt_out(name)
            if spelt_out != key and spelt_out in groups:
                groups[key] = groups.pop(spelt_out) | groups[key]
                break
    return [spellings for spellings in groups.values() if len(spellings) > 1]


def _spelt_out(name: Name) -> str:
    """Return the letters of a name with umlauts in two letters each: "Mueller" for "Müller"."""
    said = full_name(name)
    spelt_out = said if said.isascii() else said.translate(_UMLAUTS)
    return spelling_key(name if spelt_out == said else Name(spelt_out))


def _care(name: Name) -> tuple[int, int]:
    """Return how many accents a spelling has, and how many capitals."""
    said = full_name(name)
    return sum(not char.isascii() for char in said), sum(map(str.isupper, said))


def _letters(name: Name) -> str:
    """Return a name but for stops and spaces between its parts, which are the style's affair."""
    return _SIGNS.sub(" ", full_name(name)).strip()


def _other_spelling(name: Name, meant: Name, places: list[Span], others: list[Span]) -> Finding:
    said, best = full_name(name), full_name(meant)
    return Finding(
        f"`{said}` is written `{best}` elsewhere",
        places[0],
        "write the name in the same way",
        (Note(others[0], "written so here"),),
        respelt(name, meant, places),
    )


def respelt(name: Name, meant: Name, places: list[Span]) -> Fix | None:
    """Return the fix that spells a name otherwise, in the same order; None where it is in LaTeX."""
    forms = {full_name(name): full_name(meant), inverted(name): inverted(meant)}
    edits = tuple(Edit(span, forms[span.text]) for span in places if span.text in forms)
    if len(edits) < len(places) or set(full_name(meant)) & set('{}\\&%$#"'):
        return None
    return Fix(f"write `{full_name(meant)}`", edits, Safety.UNSAFE)


def inverted(name: Name) -> str:
    """Return a name as BibTeX sorts it: "van der Berg, Jr., Jan"."""
    family = " ".join(part for part in (name.prefix, name.family) if part)
    return ", ".join(part for part in (family, name.suffix, name.given) if part)


@rule("CV359", fix=Safety.UNSAFE)
def name_in_capitals(context: LintContext) -> RuleFindings:
    """A family name is written in capitals.

    It stands out from all others in the CV, and no style sets it in small letters. Short names are
    let through: they may be acronyms.

    Bad:

    ```bibtex
    author = {RICHTÁRIK, Peter},
    ```

    Good:

    ```bibtex
    author = {Richtárik, Peter},
    ```

    Fix: writes small letters after the first one of each part. It is unsafe, because of names such
    as `McDonald`.
    """
    for person in people(context):
        name = person.name
        if _is_shouted(name):
            given = name.given.title() if _is_capital_word(name.given) else name.given
            meant = Name(name.family.title(), given, name.prefix, name.suffix)
            places = [person.span] if person.span else []
            fix = respelt(name, meant, places)
            message = f"`{full_name(name)}` is written in capitals"
            yield Finding(message, person.span, f"write `{full_name(meant)}`", fix=fix)


def _is_shouted(name: Name) -> bool:
    """Return whether a family name is in capitals; what has signs in it may be an organisation."""
    return (
        name.family.isupper()
        and len(name.family) >= _CAPITALS
        and bool(_SPELT_OUT.search(name.family))
        and bool(_WORDS.fullmatch(name.given))
    )


def _is_capital_word(given: str) -> bool:
    return given.isupper() and len(given) >= _CAPITALS and "." not in given


@rule("CV363")
def repeated_name(context: LintContext) -> RuleFindings:
    """A person stands twice among the authors of one work.

    It happens when lists of authors are put together by hand; the second name stands where
    another one was meant to be, or is too many. Two people of one name can be told apart by the
    numbers that DBLP gives them: `Wei Wang 0001`.

    Bad:

    ```bibtex
    author = {Brauer, Richard and Noether, Emmy and Brauer, Richard},
    ```

    Good:

    ```bibtex
    author = {Brauer, Richard and Noether, Emmy},
    ```
    """
    for publication in context.project.bibliography.publications:
        for group in (publication.authors, publication.editors):
            if len({person.name.family for person in group}) == len(group):
                continue
            for earlier, person in doubles(group, lambda person: person.name):
                is_numbered = person.span is not None and person.span.text[-1:].isdecimal()
                if not is_numbered and _GIVEN.search(person.name.given):
                    notes = notes_at(earlier.span, "first here")
                    message = f"`{full_name(person.name)}` stands here again"
                    yield Finding(message, person.span, "delete one of the two", notes)
