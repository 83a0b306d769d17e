"""Lists of names: the parts of them that are not names of people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cvtex.diagnostics.diagnostic import Safety
from cvtex.lint.bib_prose import written
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.bibliography.fields import own_values
from cvtex.lint.rules.bibliography.names import people
from cvtex.lint.rules.shared import fix_at
from cvtex.lower.selection import owner_names
from cvtex.names.faults import SURE_DEGREE, has_degree_between_commas
from cvtex.names.format import full_name
from cvtex.names.lists import split_names
from cvtex.names.marks import strip_marks
from cvtex.names.matching import spelling_key
from cvtex.names.parse import name_of
from cvtex.publications.publication import Contributor
from cvtex.readers.bibtex.people import two_in_one
from cvtex.source import Span, Text
from cvtex.support.lazy_re import lazy_re

_ET_AL = lazy_re(
    r"(?P<sign>,?\s+(?:and\s+)?)(?:\{\s*)?(?:\\(?:emph|textit)\{)?(?:et\.?[\s~]*al\b\.?|\\etal\b|…)"
    r"\s*\}?\s*\Z",
    re.IGNORECASE,
)
_TITLE = lazy_re(r"(?:(?:Dr|Prof|Professor|Doctor|Mr|Mrs|Ms)\b\.?|(?:Dipl\.-)?Ing\.)\s+")
_TITLE_IN_NAME = lazy_re(rf"(?:\A|(?<=,\s)|(?<=\s)){_TITLE.pattern}")
_DEGREE = lazy_re(rf",?\s+{SURE_DEGREE}(?!\w)")
_NOTE = lazy_re(
    r"\s*[⁰¹²³⁴-⁹]+(?:\s*,?\s*[⁰¹²³⁴-⁹]+)*"
    r"|\s*\((?:eds?\.?|editors?|(?:co-?)?(?:corresponding|first|last|presenting|senior) authors?"
    r"|hrsg\.?|equal contribution|deceased|translator|trans\.)\)",
    re.IGNORECASE,
)
"""A note behind a name: the number of a footnote, or a role."""
_CONTACT = lazy_re(r"@|[^\W\d]\d{1,2}\Z|https?:")
_ORGANISATION = lazy_re(
    r"\b(?:University|Universität|Université|Institute|Laborator(?:y|ies)|Corporation|Consortium"
    r"|Collaboration|Association|Society|Committee|Foundation|Department|Ministry|Agency"
    r"|Organi[sz]ation|Inc\.|Ltd|GmbH|Project Team|Working Group|Task Force"
    r"|Collaborators|Investigators|Trialists|Institutes|Institution|Academy|Federation"
    r"|Institut|Bundesministerium|Ministerium|Stiftung|Hochschule|Forschungszentrum"
    r"|(?:Bundes|Landes|Umweltbundes)(?:amt|anstalt)|[^\W\d_]+(?:gemeinschaft|gesellschaft)"
    r"|Ministère|Académie|Société|Fondation|Laboratoire|Comité"
    r"|Institut[ou]|Istituto|Ministerio|Ministério|Ministero|Universidade?|Università|Universiteit"
    r"|Universitet|Sociedade?|Società|Fundación|Fundação|Fondazione|Asociación|Associação"
    r"|Associazione)(?!\w)"
    r"|\A(?:on behalf of|for the)\s"
    r"|\s(?:Research|Labs?|Group|Team|Inc|LLC|DeepMind)\Z|\bGoogle Brain\Z"
)
_FIRST_HALF = lazy_re(r"[^,{}]*[\s-]\d{2,4}\s+[^\W\d_][^,{}]*")
"""The text before an "and" inside the name of a group, with a number as no person has it."""

_SECOND_HALF = lazy_re(r"\b(?:Collaborators|Investigators|Consortium|Collaboration|Group)\Z")
_ACRONYMS = frozenset(
    (
        "AAAI ACM AIAA AMS ANSI ASTM BBC CDC CERN CNRS CTAN DARPA DESY DLR ECMWF EPA ESA ESO ETSI"
        " FAO FBI FDA GNU IAEA IBM ICAO IEC IEEE IETF IMF INRIA INSEE IPCC ISO ITU JAXA MIT NASA"
        " NATO NHS NIH NIST NOAA NSA NSF NVIDIA OECD OPEC SIAM SIL TUG UNDP UNEP UNESCO UNHCR"
        " UNICEF USDA USGS WHO WIPO WMO WTO"
    ).split()
)
"""Organisations that are cited by their letters, of three letters or more."""
_TWO_NAMES = lazy_re(r"\s*(?P<one>[^\s,{}]+(?:[\s~]+[^\s,{}]+)+)(?P<sign>\s*,\s*)(?P<two>[^,{}]+)")

_MAY_BE_JOINED = lazy_re(r"(?:\A|\sand\s)\s*[^\s,{}]+[\s~]+[^\s,{}][^,]{0,200},")
"""A list that may have such a name: a comma stands behind its second word or later."""


@rule("CV358", fix=Safety.SAFE)
def et_al_as_name(context: LintContext) -> RuleFindings:
    """A list of names ends in "et al.", typed as if it were a name.

    cvtex understands it where it stands alone. BibTeX and biblatex take it for an author whose
    family name is "al."; they want `and others`, and print it as the style says.

    Bad:

    ```bibtex
    author = {Noether, Emmy and Brauer, Richard and et al.},
    ```

    Good:

    ```bibtex
    author = {Noether, Emmy and Brauer, Richard and others},
    ```

    Fix: writes `and others`, which is safe: it means the same.
    """
    for text in _lists(context):
        may_match = text.value.rstrip(" .}\r\n\t").endswith(("al", "AL", "…"))
        if may_match and (match := _ET_AL.search(text.value)):
            place, hint = text.place(*match.span()), "write `and others`"
            fix = fix_at(written(text, *match.span()), " and others", hint, Safety.SAFE)
            said = match[0].strip(" ,\r\n\t")
            yield Finding(f"`{said}` is not a name", place, hint, fix=fix)


def _lists(context: LintContext) -> Iterator[Text]:
    """Yield the lists of names that stand in the entries themselves."""
    return (text for _, text in own_values(context, "author", "editor"))


@rule("CV360", fix=Safety.UNSAFE)
def title_in_name(context: LintContext) -> RuleFindings:
    """A name has an academic title before it, a degree behind it, or a number or an address in it.

    All of it becomes part of the name: "Dr." is taken for a given name, and printed as the initial
    "D." where given names are shortened. Numbers of footnotes and notes such as "(ed.)" come from
    copied title pages. A degree behind a given name and a comma, `Noether, Emmy, PhD`, is reported
    by CV312.

    Bad:

    ```bibtex
    author = {Prof. Peter Richtárik and Kai Yi2},
    ```

    Good:

    ```bibtex
    author = {Peter Richtárik and Kai Yi},
    ```

    Fix: deletes a title, a degree or a note. It is unsafe: it may be a name after all.
    """
    for person in people(context):
        if person.span is not None:
            yield from _extras(person, person.span)


def _extras(person: Contributor, span: Span) -> Iterator[Finding]:
    titles, more = _no_names(span.text)
    for start, end in titles:
        place = span.source.span(span.start + start, span.start + end)
        said = place.text.strip(" ,\r\n\t")
        fix = fix_at(place, "", "delete it", Safety.UNSAFE)
        yield Finding(f"`{said}` is not part of a name", place, "delete it", fix=fix)
    if more:
        message = f"`{full_name(person.name)}` is more than a name"
        yield Finding(message, span, "write the given names and the family name only")


@lru_cache(maxsize=1 << 13)
def _no_names(raw: str) -> tuple[tuple[tuple[int, int], ...], bool]:
    """Return the places of titles and degrees, and whether there is a number or an address."""
    degree = _DEGREE.search(raw)
    if degree and has_degree_between_commas(strip_marks(raw)[0]):
        degree = None
    note = _NOTE.search(raw) if "(" in raw or not raw.isascii() else None
    found = (_TITLE_IN_NAME.search(raw), degree, note)
    return tuple(match.span() for match in found if match), _CONTACT.search(raw) is not None


@rule("CV361", fix=Safety.UNSAFE)
def unbraced_organisation(context: LintContext) -> RuleFindings:
    """The name of an organisation stands without braces in a list of people.

    Its last word is taken for a family name and the others for given names; a style that shortens
    these prints "A. M. Society". A well-known acronym alone, such as "NASA", is printed as it is,
    but is sorted and compared as a person's family name. An "and" in the name of a group, as in
    `GBD 2019 Diseases and Injuries Collaborators`, makes it two names.

    Bad:

    ```bibtex
    author = {American Mathematical Society},
    ```

    Good:

    ```bibtex
    author = {{American Mathematical Society}},
    ```

    Fix: puts it into braces. It is unsafe: it may be a person's name.
    """
    for publication in context.project.bibliography.publications:
        for group in (publication.authors, publication.editors):
            before = None
            for person in group:
                if not person.name.corporate and _is_unbraced(person):
                    yield _unbraced(person, before)
                before = person


def _is_unbraced(person: Contributor) -> bool:
    span, name = person.span, person.name
    if span is None or "," in span.text or span.text.endswith("}"):
        return False
    several = name.given or name.prefix
    return _is_organisation(span.text) if several else span.text in _ACRONYMS


def _unbraced(person: Contributor, before: Contributor | None) -> Finding:
    whole = _with_first_half(person, before)
    if whole is None:
        whole, message = person.span, f"`{full_name(person.name)}` is read as the name of a person"
    else:
        message = f"`{' '.join(whole.text.split())}` is read as the names of two people"
    better = f"{{{whole.text if whole else ''}}}"
    fix = fix_at(whole, better, "put it into braces", Safety.UNSAFE)
    return Finding(message, whole, f"write `{better}`", fix=fix)


def _with_first_half(person: Contributor, before: Contributor | None) -> Span | None:
    """Return the place of a group with an "and", such as `GBD Diseases and Injuries Group`."""
    first, span = before.span if before else None, person.span
    if first is None or span is None or first.source is not span.source:
        return None
    if not (_SECOND_HALF.search(span.text) and _FIRST_HALF.fullmatch(first.text)):
        return None
    return span.source.span(first.start, span.end) if first.end < span.start else None


@lru_cache(maxsize=1 << 13)
def _is_organisation(raw: str) -> bool:
    return _ORGANISATION.search(raw) is not None


@rule("CV362", fix=Safety.UNSAFE)
def comma_between_names(context: LintContext) -> RuleFindings:
    """Two names are joined by a comma, and are read as one.

    `Kai Yi, Laurent Condat` is a person with the family name "Kai Yi" and the given names "Laurent
    Condat". Only names are reported of which the CV knows one otherwise: the owner's, or one that
    stands elsewhere in the bibliography. Where another name of the list has no comma, no such
    knowledge is needed, and CV312 reports it.

    Bad:

    ```bibtex
    author = {Kai Yi, Laurent Condat},
    ```

    Good:

    ```bibtex
    author = {Kai Yi and Laurent Condat},
    ```

    Fix: writes `and` for the comma. It is unsafe, as names are guesswork.
    """
    suspects = [text for text in _lists(context) if _MAY_BE_JOINED.search(text.value)]
    found = [(text, match) for text in suspects for match in _joined(text)]
    known = _known(context) if found else frozenset()
    for text, match in found:
        both = (spelling_key(name_of(match[part])) for part in ("one", "two"))
        if not known.isdisjoint(both):
            place = text.place(match.start("one"), match.end("two"))
            sign = written(text, *match.span("sign"))
            fix = fix_at(sign, " and ", "write `and` for the comma", Safety.UNSAFE)
            message = f"`{match[0].strip()}` is read as one name"
            yield Finding(message, place, "join names with ` and `", fix=fix)


def _joined(text: Text) -> Iterator[re.Match[str]]:
    """Yield the names of a list that may be two: several words before the comma, and behind it.

    Those that reading the list reports (CV312) are left out.
    """
    names = split_names(text.value)
    reported = two_in_one(names)
    for name in names:
        if name in reported:
            continue
        match = _TWO_NAMES.fullmatch(text.value, name.start, name.end)
        if match and len(match["two"].split()) > 1:
            yield match


def _known(context: LintContext) -> frozenset[str]:
    """Return the letters of the names of all people, the owner of the CV among them."""
    own_names = {spelling_key(name) for name in owner_names(context.project.cv)}
    return frozenset(own_names | {spelling_key(p.name) for p in people(context) if p.name.given})
