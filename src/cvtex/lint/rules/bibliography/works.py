"""Entries that are one work, and entries that share an identifier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.bibliography.fields import entries
from cvtex.lint.rules.bibliography.same_venue import may_be_one_venue
from cvtex.lint.rules.bibliography.spelling import slips
from cvtex.lint.rules.shared import doubles, notes_at
from cvtex.locale import type_group
from cvtex.publications.publication import Publication, Status
from cvtex.publications.works import author_key, is_preprint, title_key
from cvtex.readers.bibtex.bibliography import BibRecord
from cvtex.richtext.plain import plain_text
from cvtex.source import Span
from cvtex.support.lazy_re import lazy_re

_EARLY = frozenset(Status) - {Status.PUBLISHED, Status.PREPUBLISHED}
_TELLING = (
    "pages volume number issue part chapter edition eid articleno booktitle journaltitle maintitle"
    " institution isbn doi series type language translator year month date eprint"
).split()
"""Fields that tell two works apart when both entries have them and they differ."""

_TELLING_OF_OTHERS = ("note", "howpublished", "url")
"""Fields that also tell software, talks and the like apart."""

_VENUES = ("journaltitle", "booktitle", "maintitle", "series")
_FIRST_NUMBER = lazy_re(r"[0-9]{1,9}")
_OF_TIME = frozenset(("year", "month", "date", "type", "doi", "eprint"))
_PAPERS = frozenset(("articles", "conference_papers", "chapters", "books", "manuscripts"))
_LEAST_LETTERS = 12
_LEAST_WORDS = 4
_LONG_WORD = 6
_MOST_COMPARED = 6
"""The most works of one title and people that a work is compared with, for linear time."""


class _EntryWork(Struct, frozen=True, dict=True):
    """An entry by what makes a work: its people, and the words of its title."""

    publication: Publication
    record: BibRecord

    @cached_property
    def people(self) -> tuple[str, ...]:
        return author_key(self.publication) or tuple(
            sorted(editor.name.family.casefold() for editor in self.publication.editors)
        )

    @property
    def first(self) -> str:
        """The family name that comes first."""
        people = self.publication.authors or self.publication.editors
        return people[0].name.family.casefold() if people else ""

    @cached_property
    def title(self) -> tuple[str, ...]:
        return title_key(self.publication)

    @property
    def doi(self) -> str:
        """The address of the DOI; case does not count in it."""
        return self.publication.links.get("doi", "").lower()

    def printed(self, name: str) -> str:
        """Return a field as it is printed, without its markup."""
        return plain_text(self.publication.fields.get(name, ()))

    @property
    def year(self) -> str:
        date = self.record.values.get("date") or self.record.values.get("year")
        return date.value.strip("{} ")[:4] if date else ""


@rule("CV336")
def duplicate_work(context: LintContext) -> RuleFindings:
    """Two entries are the same work under two keys.

    It happens when a paper is exported twice, or once before and once after it was printed. The CV
    counts and prints it twice. Two entries are one work if they have nearly the same title, the
    same people, and no field that tells them apart, such as another volume or another conference;
    or the same DOI and nearly the same title. One venue may be written in two ways, such as `ICML`
    and "International Conference on Machine Learning"; where title, people, year and pages are the
    same, the venue does not count. Preprints are reported by CV315.

    Bad:

    ```bibtex
    @article{noether1921, author = {Noether, Emmy}, title = {Idealtheorie in Ringbereichen}}
    @article{noether21, author = {Noether, E.}, title = {Idealtheorie in {Ringbereichen}}}
    ```

    Good:

    ```bibtex
    @article{noether1921, author = {Noether, Emmy}, title = {Idealtheorie in Ringbereichen}}
    ```
    """
    works = _works(context)
    seen: set[str] = set()
    for earlier, later in (*_same_titles(works), *_similar_titles(works), *_same_doi(works)):
        if later.publication.key not in seen and _may_be_one(earlier, later):
            seen.add(later.publication.key)
            yield _duplicate(earlier, later)


def _works(context: LintContext) -> list[_EntryWork]:
    """Return the entries that can be a second time there; parents and relations are meant to be."""
    parents = context.project.bibliography.parents
    return [
        _EntryWork(publication, record)
        for publication, record in entries(context)
        if publication.key not in parents and "related" not in record.values
    ]


def _same_titles(
    works: Iterable[_EntryWork],
) -> Iterator[tuple[_EntryWork, _EntryWork]]:
    """Yield works whose titles have the same letters, wherever their words end."""
    groups: dict[str, list[_EntryWork]] = defaultdict(list)
    for work in works:
        letters = "".join(work.title)
        if len(letters) >= _LEAST_LETTERS:
            groups[letters].append(work)
    return (pair for pair in _pairs(groups.values()) if _have_same_people(*pair))


def _similar_titles(
    works: Iterable[_EntryWork],
) -> Iterator[tuple[_EntryWork, _EntryWork]]:
    """Yield works of the same people and year whose titles differ by a slip."""
    groups: dict[tuple[str, str, int], list[_EntryWork]] = defaultdict(list)
    for work in works:
        if len(work.title) >= _LEAST_WORDS:
            groups[work.first, work.year, len(work.title)].append(work)
    several = (group for group in groups.values() if len(group) > 1)
    pairs = (pair for group in several for pair in _neighbours(group))
    return (pair for pair in pairs if _differ_by_a_slip(*pair) and _have_same_people(*pair))


def _have_same_people(one: _EntryWork, other: _EntryWork) -> bool:
    return bool(one.people) and one.people == other.people


def _neighbours(group: list[_EntryWork]) -> Iterator[tuple[_EntryWork, _EntryWork]]:
    """Yield works whose titles begin or end alike, as two do that differ in one word."""
    place = {id(work): i for i, work in enumerate(group)}
    for key in (lambda work: work.title, lambda work: work.title[::-1]):
        ordered = sorted(group, key=key)
        for pair in pairwise(ordered):
            earlier, later = sorted(pair, key=lambda work: place[id(work)])
            yield earlier, later


def _same_doi(works: Iterable[_EntryWork]) -> Iterator[tuple[_EntryWork, _EntryWork]]:
    groups: dict[str, list[_EntryWork]] = defaultdict(list)
    for work in works:
        if work.doi:
            groups[work.doi].append(work)
    return (pair for pair in _pairs(groups.values()) if _alike(*pair))


def _pairs(
    groups: Iterable[Sequence[_EntryWork]],
) -> Iterator[tuple[_EntryWork, _EntryWork]]:
    for group in groups:
        for i, later in enumerate(group):
            for earlier in group[max(0, i - _MOST_COMPARED) : i]:
                yield earlier, later


def _differ_by_a_slip(one: _EntryWork, other: _EntryWork) -> bool:
    different = [(a, b) for a, b in zip(one.title, other.title, strict=True) if a != b]
    if len(different) != 1:
        return False
    a, b = different[0]
    return min(len(a), len(b)) >= _LONG_WORD and a.isalpha() and b.isalpha() and slips(a, b, 1) < 2


def _alike(one: _EntryWork, other: _EntryWork) -> bool:
    """Return whether titles share most words, or one is the beginning of the other."""
    short, long = sorted((one.title, other.title), key=len)
    shared = set(short) & set(long)
    return long[: len(short)] == short or 2 * len(shared) > len(set(short) | set(long))


def _may_be_one(one: _EntryWork, other: _EntryWork) -> bool:
    a, b = one.publication, other.publication
    groups = {type_group(a.type), type_group(b.type)}
    if one.doi and one.doi == other.doi:
        return len(groups) == 1 and is_preprint(a) == is_preprint(b)
    early = (a.status in _EARLY) != (b.status in _EARLY)
    if len(groups) > 1 and not (early and groups <= _PAPERS):
        return False
    if groups == {"theses"} and a.type != b.type:
        return False
    telling = _TELLING if groups & _PAPERS else (*_TELLING, *_TELLING_OF_OTHERS)
    asked = [name for name in telling if not (early and name in _OF_TIME)]
    if _is_one_but_for_venue(one, other):
        asked = [name for name in asked if name not in _VENUES]
    return not _told_apart(one.record, other.record, asked) and is_preprint(a) == is_preprint(b)


def _is_one_but_for_venue(one: _EntryWork, other: _EntryWork) -> bool:
    """Return whether works of one year differ at most in how their venues are written."""
    if not one.year or one.year != other.year or "".join(one.title) != "".join(other.title):
        return False
    return any(_agree(one, other, name) for name in ("pages", "volume")) or all(
        may_be_one_venue(one.printed(name), other.printed(name))
        for name in _VENUES
        if name in one.record.values and name in other.record.values
    )


def _agree(one: _EntryWork, other: _EntryWork, name: str) -> bool:
    """Return whether both have the same pages or volume, other than 1, where much begins."""
    values = [_FIRST_NUMBER.search(work.printed(name)) for work in (one, other)]
    if not all(match and int(match[0]) > 1 for match in values):
        return False
    return _plain(one.record, name) == _plain(other.record, name)


def _told_apart(one: BibRecord, other: BibRecord, names: Iterable[str]) -> bool:
    return any(
        one.values[name] != other.values[name] and _plain(one, name) != _plain(other, name)
        for name in names
        if name in one.values and name in other.values
    )


def _plain(record: BibRecord, name: str) -> str:
    """Return a value without the signs in which two ways of writing it differ."""
    return "".join(char for char in record.values[name].value.casefold() if char.isalnum())


def _duplicate(earlier: _EntryWork, later: _EntryWork) -> Finding:
    one, other = earlier.publication, later.publication
    notes = notes_at(one.span, "the other entry")
    message = f"`{other.key}` seems to be the same work as `{one.key}`"
    return Finding(message, other.span, "delete one of the two", notes)


@rule("CV337")
def shared_doi(context: LintContext) -> RuleFindings:
    """Two articles with different titles have the same DOI.

    A DOI names one work. One of the two was copied from the other entry and not changed, and its
    link leads to the wrong paper.

    Bad:

    ```bibtex
    @article{a, title = {Idealtheorie in Ringbereichen}, doi = {10.1007/BF01464225}}
    @article{b, title = {Abstrakter Aufbau der Idealtheorie}, doi = {10.1007/BF01464225}}
    ```

    Good:

    ```bibtex
    @article{a, title = {Idealtheorie in Ringbereichen}, doi = {10.1007/BF01464225}}
    @article{b, title = {Abstrakter Aufbau der Idealtheorie}, doi = {10.1007/BF01209152}}
    ```
    """
    works = (work for work in _works(context) if work.publication.type == "article" and work.doi)
    for first, second in doubles(works, lambda work: work.doi):
        if not _alike(first, second):
            earlier, later = first.publication, second.publication
            notes = notes_at(_doi_place(earlier), "the same DOI")
            message = f"`{later.key}` has the DOI of `{earlier.key}`"
            hint = "look up which of the two it names"
            yield Finding(message, _doi_place(later), hint, notes)


def _doi_place(publication: Publication) -> Span | None:
    return publication.places.get("doi") or publication.span
