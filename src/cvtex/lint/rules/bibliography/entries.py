"""Entries: what they lack, their types, their keys."""

from __future__ import annotations

from collections import defaultdict

from cvtex.diagnostics.diagnostic import Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.bibliography.fields import (
    entries,
    is_filled,
    is_for_biblatex,
    records,
    type_place,
)
from cvtex.lint.rules.bibliography.known import OTHER_TYPES, TYPES
from cvtex.lint.rules.bibliography.spelling import misspelling_of
from cvtex.lint.rules.shared import doubles, fix_at, notes_at
from cvtex.publications.publication import Publication, Status
from cvtex.publications.works import is_preprint
from cvtex.readers.bibtex.bibliography import BibRecord

_ALL_TYPES = TYPES | OTHER_TYPES
_VENUELESS = (Status.PREPARATION, Status.SUBMITTED, Status.UNDER_REVIEW, Status.PREPUBLISHED)
_JOURNAL = "journaltitle shortjournal booktitle howpublished eprint issuetitle".split()
_BOOK = "booktitle shortbooktitle maintitle eventtitle journaltitle howpublished series".split()
_SCHOOL = "institution publisher organization howpublished".split()
_ISSUER = [*_SCHOOL, "series", "eprint"]
_PLACE_OF_PART = [*_BOOK, "chapter", "pages", "publisher"]
_ADDRESS = "url doi eprint howpublished note organization".split()
_DATE = "date year eventdate origdate shorthand".split()
"""Works that are cited by a shorthand, such as ancient ones, may have no date."""

_WANTED: dict[str, tuple[tuple[str, list[str]], ...]] = {
    "article": (("journal", _JOURNAL),),
    "inproceedings": (("booktitle", _BOOK),),
    "incollection": (("booktitle", _BOOK),),
    "inreference": (("booktitle", _BOOK),),
    "inbook": (("booktitle", _PLACE_OF_PART),),
    "thesis": (("institution", _SCHOOL),),
    "online": (("url", _ADDRESS),),
    "patent": (("number", ["number"]),),
}
"""By type what an entry must have, under the name to write, and all names under which it will do.

Source: biblatex manual, 2.1.1; btxdoc, 3.1. A publisher may be missing, as biblatex lets it,
and so may the institution of a report in biblatex's dialect, which prints well without it.
"""

_DATED = frozenset(
    (
        "article inproceedings incollection inreference inbook thesis patent book mvbook"
        " collection mvcollection proceedings mvproceedings report"
    ).split()
)
"""The types whose works came out at some time."""


@rule("CV330")
def missing_required_field(context: LintContext) -> RuleFindings:
    """An entry lacks what every entry of its type must have.

    An article without its journal, a paper without the title of its proceedings, a thesis without
    its school, a report without its institution, a published work or a preprint without its year:
    the line in the CV breaks off, and a reader cannot find the work. What an entry inherits by
    `crossref` counts. Preprints need no journal, and works that are not published yet need no year.
    A book may lack its publisher, which BibTeX wants and biblatex does not; so may a report its
    institution where the entry is written for biblatex, with a `date`.

    Bad:

    ```bibtex
    @inproceedings{yi2024fedp3,
      author = {Yi, Kai and Lyu, Lingjuan},
      title  = {Federated Network Pruning},
      year   = 2024,
    }
    ```

    Good:

    ```bibtex
    @inproceedings{yi2024fedp3,
      author    = {Yi, Kai and Lyu, Lingjuan},
      title     = {Federated Network Pruning},
      booktitle = {ICLR},
      year      = 2024,
    }
    ```
    """
    for publication, record in entries(context):
        for missing in _missing(publication, record):
            name = _as_written(record, missing)
            message = f"`@{record.type}` `{record.key}` has no `{name}`"
            yield Finding(message, record.key.span, f"write `{name} = {{...}}`")


def _as_written(record: BibRecord, name: str) -> str:
    """Return the name of a field in the dialect of its entry."""
    is_school = name == "institution" and record.type in ("phdthesis", "mastersthesis")
    return "school" if is_school and not is_for_biblatex(record) else name


def _missing(publication: Publication, record: BibRecord) -> list[str]:
    kind, values = record.canonical_type(), record.values
    missing = [
        name
        for name, accepted in _WANTED.get(kind, ())
        if not any(is_filled(values, other) for other in accepted)
        and not _needs_no_venue(publication, name)
    ]
    if _lacks_issuer(record):
        missing.append("institution")
    if record.type == "thesis" and not is_filled(values, "type"):
        missing.append("type")
    is_dated = kind in _DATED or is_preprint(publication)
    is_out = publication.status is Status.PUBLISHED
    if is_dated and is_out and not any(is_filled(values, name) for name in _DATE):
        missing.append("year")
    return missing


def _lacks_issuer(record: BibRecord) -> bool:
    """Return whether a report for BibTeX, which warns of it, does not say whose it is."""
    if record.type != "techreport" or is_for_biblatex(record):
        return False
    return not any(is_filled(record.values, name) for name in _ISSUER)


def _needs_no_venue(publication: Publication, name: str) -> bool:
    if name == "url":
        return bool(publication.links)
    if name not in ("journal", "booktitle"):
        return False
    in_archive = name == "journal" and "arxiv" in publication.links
    return in_archive or publication.status in _VENUELESS


@rule("CV331", fix=Safety.UNSAFE)
def unknown_entry_type(context: LintContext) -> RuleFindings:
    """An entry has a type that no program knows.

    It is treated as `@misc`, so that its venue may be missing from the line, and it stands under
    the wrong heading where a list is grouped by type. Types of biblatex, of BibTeX and of common
    reference managers are known.

    Bad:

    ```bibtex
    @inproceeding{yi2024fedp3, title = {Federated Network Pruning}}
    ```

    Good:

    ```bibtex
    @inproceedings{yi2024fedp3, title = {Federated Network Pruning}}
    ```

    Fix: writes the type that was meant, where one is near; it is a guess, so it is unsafe.
    """
    unknown: dict[str, list[BibRecord]] = defaultdict(list)
    for record in records(context):
        if record.type not in _ALL_TYPES:
            unknown[record.type].append(record)
    for name, found in unknown.items():
        meant = misspelling_of(name, TYPES | {"bachelorsthesis"})
        for record in found if meant else found[:1]:
            yield _unknown_type(record, meant, len(found))


def _unknown_type(record: BibRecord, meant: str | None, count: int) -> Finding:
    place = type_place(record)
    message = f"`@{record.type}` is not a known type of entry"
    if meant is None:
        more = f" ({count} entries)" if count > 1 else ""
        hint = "it is printed as `@misc`; common types are `@article`, `@inproceedings`, `@book`"
        return Finding(message + more, place, hint)
    fix = fix_at(place, meant, f"write `@{meant}`", Safety.UNSAFE)
    return Finding(message, place, f"did you mean `@{meant}`?", fix=fix)


@rule("CV334")
def keys_differing_in_case(context: LintContext) -> RuleFindings:
    """Two keys differ in nothing but capitals.

    cvtex tells them apart, BibTeX does not: it calls the second one a repeated entry and leaves it
    out. It is also easy to cite the one and mean the other.

    Bad:

    ```bibtex
    @book{noether1921, title = {Idealtheorie}}
    @book{Noether1921, title = {Ringbereiche}}
    ```

    Good:

    ```bibtex
    @book{noether1921a, title = {Idealtheorie}}
    @book{noether1921b, title = {Ringbereiche}}
    ```
    """
    for earlier, record in doubles(records(context), lambda one: one.key.value.lower()):
        notes = notes_at(earlier.key.span, "the other key")
        message = f"the key `{record.key}` differs from `{earlier.key}` only in case"
        yield Finding(message, record.key.span, "give one of them another key", notes)
