"""Identifiers: DOIs that are written as something else, and check digits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from cvtex.dates.partial_date import first_day
from cvtex.diagnostics.diagnostic import Edit, Fix, Safety, Severity
from cvtex.lint.bib_prose import edit_of_value, written
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.bibliography.fields import entries, is_filled, name_place, own_values
from cvtex.lint.rules.shared import fix_at, fix_of_all
from cvtex.publications.publication import Publication, Status
from cvtex.readers.bibtex.bibliography import BibRecord
from cvtex.readers.bibtex.identifiers import are_dois, doi_of, leads_to_page
from cvtex.readers.bibtex.verbatim import verbatim
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

_RESOLVER = lazy_re(r"(?:https?://)?(?:www\.|dx\.)?doi\.org/", re.IGNORECASE)
_ADDRESS = lazy_re(r"\s*\{?\s*(?:https?:|(?:www\.|dx\.)?doi\.org/)", re.IGNORECASE)
_CLEAN = lazy_re(r"10\.[\w.-]*/[\w.-]*\w(?<!\.full)(?<!\.abstract)", re.ASCII)
"""A DOI and nothing else; with more slashes it may go on to one of the paper's pages."""
_NOT_IN_BRACES = lazy_re(r"[{}%\\\s]")
_PRINTED_PAPERS = frozenset(("article", "inproceedings"))
_FIRST_YEAR = 2000
_CODE = lazy_re(r"(?<![\w.-])\d[\d –-]{0,20}[\dXx](?![\w-])")


@rule("CV338", fix=Safety.SAFE)
def doi_as_url(context: LintContext) -> RuleFindings:
    """The field `doi` holds the address of the DOI.

    cvtex reads it. Most styles of BibTeX and biblatex put `https://doi.org/` before what they
    find, and the link then leads nowhere.

    Bad:

    ```bibtex
    doi = {https://doi.org/10.1007/BF01464225},
    ```

    Good:

    ```bibtex
    doi = {10.1007/BF01464225},
    ```

    Fix: writes the bare DOI, which is safe: it means the same. From the address of a publisher's
    page it is unsafe, as it is not certain where in the address the DOI ends.
    """
    for _, text in own_values(context, "doi"):
        if _ADDRESS.match(text.value):
            yield from _unclean(text, "is an address")


@rule("CV340", fix=Safety.SAFE)
def unclean_doi(context: LintContext) -> RuleFindings:
    """The field `doi` holds the DOI and more, such as `doi:` before or `/full` behind it.

    cvtex reads it. Other programs make an address of all of it, and the link then leads nowhere.
    Of two DOIs, with a semicolon or a comma between them, cvtex reads the first.

    Bad:

    ```bibtex
    doi = {doi:10.1007/BF01464225.},
    ```

    Good:

    ```bibtex
    doi = {10.1007/BF01464225},
    ```

    Fix: writes the bare DOI, which is safe: it means the same. To delete `/full` and the like is
    unsafe, and of two DOIs none is deleted.
    """
    for _, text in own_values(context, "doi"):
        if not _CLEAN.fullmatch(text.value) and not _ADDRESS.match(text.value):
            yield from _unclean(text, "is more than a DOI")


def _unclean(text: Text, what: str) -> Iterator[Finding]:
    """Yield a finding for a DOI with more around it; CV311 reports a value without a DOI."""
    said = verbatim(text.value)
    doi = doi_of(said)
    if doi is None or said == doi:
        return
    if " " in said and said.rstrip(" .,;").partition(doi)[2]:
        return
    if are_dois(said):
        hint = f"write one of them, such as `{doi}`"
        yield Finding(f"`{said}` is more than one DOI", text.span, hint)
        return
    place = None if _NOT_IN_BRACES.search(doi) else written(text)
    safety = Safety.UNSAFE if leads_to_page(said) else Safety.SAFE
    fix = fix_at(place, doi, "write the bare DOI", safety)
    yield Finding(f"`{said}` {what}", text.span, f"write `{doi}`", fix=fix)


@rule("CV339", Severity.INFO, fix=Safety.UNSAFE)
def doi_in_url(context: LintContext) -> RuleFindings:
    """An entry has its DOI in `url`, and no `doi`.

    cvtex finds it there. Other programs do not: they print the address in full, and cannot look
    the work up by its DOI.

    Bad:

    ```bibtex
    url = {https://doi.org/10.1007/BF01464225},
    ```

    Good:

    ```bibtex
    doi = {10.1007/BF01464225},
    ```

    Fix: makes it a field `doi`. It is unsafe, as other programs may print the entry differently.
    """
    for record, text in own_values(context, "url"):
        said = verbatim(text.value) if "doi.org" in text.value else ""
        doi = doi_of(said) if _RESOLVER.match(said) else None
        if doi is not None and "doi" not in record.values:
            fix = _as_doi(text, doi)
            yield Finding(f"`{said}` is a DOI", text.span, f"write `doi = {{{doi}}}`", fix=fix)


def _as_doi(text: Text, doi: str) -> Fix | None:
    name = name_place(text)
    if name is None or _NOT_IN_BRACES.search(doi):
        return None
    edits = (Edit(name, "doi"), edit_of_value(text, 0, len(text.value), doi))
    return fix_of_all("make it the field `doi`", edits, Safety.UNSAFE)


@rule("CV341", Severity.INFO, default=False)
def missing_doi(context: LintContext) -> RuleFindings:
    """A paper has no DOI, while most others have one.

    A DOI leads to a paper for good. The rule looks at articles and papers in proceedings that came
    out since 2000, and is off unless you select it: many venues give no DOIs.

    Bad:

    ```bibtex
    @article{noether2021, title = {Ideals}, journal = {Annals}, year = 2021}
    ```

    Good:

    ```bibtex
    @article{noether2021, title = {Ideals}, journal = {Annals}, year = 2021, doi = {10.4007/x}}
    ```
    """
    papers = [(p, record) for p, record in entries(context) if _may_have_doi(p, record)]
    has_doi = Counter(record.type for publication, record in papers if "doi" in publication.links)
    total = Counter(record.type for _, record in papers)
    for publication, record in papers:
        if "doi" not in publication.links and 2 * has_doi[record.type] > total[record.type]:
            hint = "look it up at https://search.crossref.org"
            yield Finding(f"`{record.key}` has no DOI", record.key.span, hint)


def _may_have_doi(publication: Publication, record: BibRecord) -> bool:
    if record.canonical_type() not in _PRINTED_PAPERS or publication.date is None:
        return False
    return (
        publication.status is Status.PUBLISHED
        and first_day(publication.date).year >= _FIRST_YEAR
        and any(is_filled(record.values, name) for name in ("journaltitle", "booktitle"))
    )


@rule("CV342")
def wrong_check_digit(context: LintContext) -> RuleFindings:
    """An ISBN or ISSN is mistyped: its check digit does not fit.

    The last digit is computed from the others, so that one wrong digit, or two that are swapped,
    can be found. Libraries and shops do not find the book under such a number.

    Bad:

    ```bibtex
    isbn = {978-3-16-148410-1},
    ```

    Good:

    ```bibtex
    isbn = {978-3-16-148410-0},
    ```
    """
    for name in ("isbn", "issn"):
        for _, text in own_values(context, name):
            for start, end in _misfits(name, text.value):
                said = f"`{text.value[start:end]}` is not an {name.upper()}"
                message = f"{said}: its check digit does not fit"
                yield Finding(message, text.place(start, end), "compare it with the book")


@lru_cache(maxsize=1 << 10)
def _misfits(name: str, value: str) -> tuple[tuple[int, int], ...]:
    found = _CODE.finditer(value)
    return tuple(m.span() for m in found if not _fits(name, re.sub(r"[ –-]", "", m[0])))


def _fits(name: str, digits: str) -> bool:
    """Return whether a check digit fits; of what has another length nothing is known.

    Source: ISO 2108 (ISBN) and ISO 3297 (ISSN).
    """
    values = [10 if digit in "Xx" else int(digit) for digit in digits]
    if len(digits) == (8 if name == "issn" else 10):
        weights = range(len(digits), 0, -1)
        return sum(w * v for w, v in zip(weights, values, strict=True)) % 11 == 0
    if name == "isbn" and len(digits) == 13:
        return sum(values[::2] + [3 * v for v in values[1::2]]) % 10 == 0
    return True
