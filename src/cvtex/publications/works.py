"""Entries that are one work: a preprint, and what was published of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from cvtex.publications.addresses import resource_of
from cvtex.publications.publication import Publication, Status
from cvtex.richtext.plain import plain_text
from cvtex.support.lazy_re import lazy_re

SIMILAR = 0.8
"""The share of words that two titles must have in common, of all that either has."""

SHARED = 0.5
"""The share of authors that two entries with the same title must have in common."""

_PREPRINT_TYPES = frozenset(("online", "misc", "unpublished", "preprint", "article", "report"))
_SERVERS = lazy_re(
    r"(arxiv|corr|(bio|med|chem|psy|soc|eart?h|eng)\s*a?rxiv|ssrn)\b.*", re.IGNORECASE
)
_SERVER_DOIS = lazy_re(r"10\.(48550|1101|2139|26434|31234|21203|20944|31219|31223)/")
"""Names of archives for preprints, and the DOI prefixes of arXiv, bioRxiv and medRxiv, SSRN,
ChemRxiv, PsyArXiv, Research Square, Preprints.org, OSF and EarthArXiv (doi.org registry)."""


class SameWork(Struct, frozen=True):
    """Two entries for one work."""

    preprint: Publication
    published: Publication


def same_works(publications: Sequence[Publication]) -> tuple[SameWork, ...]:
    """Return every preprint whose published version is there as well, in the order of the files.

    They are one work if they have the same DOI or arXiv number, whichever version of it; or the
    same authors and nearly the same title; or the same title and most authors. A preprint is an
    entry that stands in an archive and in no other venue.
    """
    by_state = [(is_preprint(p), p) for p in publications]
    preprints = [p for waits, p in by_state if waits]
    if not preprints:
        return ()
    published = [p for waits, p in by_state if not waits]
    by_number = {number: p for p in reversed(published) for number in _numbers(p)}
    by_authors = _grouped(published, author_key)
    by_title = _grouped(published, title_key)
    works = []
    for preprint in preprints:
        found = (
            next((by_number[n] for n in _numbers(preprint) if n in by_number), None)
            or _same_title(preprint, by_authors.get(author_key(preprint), ()))
            or _same_people(preprint, by_title.get(title_key(preprint), ()))
        )
        if found is not None:
            works.append(SameWork(preprint, found))
    return tuple(works)


def is_preprint(publication: Publication) -> bool:
    """Return whether an entry is a work in an archive that has no other venue yet."""
    if publication.status is Status.PREPUBLISHED:
        return True
    fields = publication.fields
    venues = [plain_text(fields[name]) for name in ("journaltitle", "booktitle") if name in fields]
    issuers = [plain_text(fields[n]) for n in ("publisher", "institution") if n in fields]
    in_archive = (
        "arxiv" in publication.links
        or "eprint" in fields
        or any(map(_SERVERS.fullmatch, venues + issuers))
        or bool(_SERVER_DOIS.match(plain_text(fields.get("doi", ()))))
    )
    return (
        in_archive
        and publication.type in _PREPRINT_TYPES
        and all(map(_SERVERS.fullmatch, venues + issuers))
    )


def _numbers(publication: Publication) -> Iterator[str]:
    """Yield what identifies a work: its DOI, and its arXiv number without the version."""
    if "arxiv" in publication.links:
        yield resource_of(publication.links["arxiv"])
    doi = plain_text(publication.fields.get("doi", ())).lower()
    if doi:
        yield doi


def merge_works(
    publications: Sequence[Publication], works: Sequence[SameWork]
) -> tuple[Publication, ...]:
    """Return the publications without preprints, whose links go to the published version."""
    gone = {work.preprint.key for work in works}
    links: dict[str, Mapping[str, str]] = {}
    for work in works:
        key = work.published.key
        links[key] = {**work.preprint.links, **work.published.links, **links.get(key, {})}
    return tuple(
        replace(p, links=links[p.key]) if p.key in links else p
        for p in publications
        if p.key not in gone
    )


def _same_title(preprint: Publication, others: Iterable[Publication]) -> Publication | None:
    return next((p for p in others if _similar(_words(preprint), _words(p))), None)


def _same_people(preprint: Publication, others: Iterable[Publication]) -> Publication | None:
    people = set(author_key(preprint))
    for other in others:
        theirs = set(author_key(other))
        if people and len(people & theirs) >= SHARED * max(len(people), len(theirs)):
            return other
    return None


def _grouped(
    publications: Iterable[Publication], key: Callable[[Publication], tuple[str, ...]]
) -> Mapping[tuple[str, ...], list[Publication]]:
    """Return the publications by a key; one that has none is in no group."""
    groups: dict[tuple[str, ...], list[Publication]] = {}
    for publication in publications:
        if found := key(publication):
            groups.setdefault(found, []).append(publication)
    return groups


def title_key(publication: Publication) -> tuple[str, ...]:
    """Return the words of a title, without case and accents."""
    return tuple(_folded(plain_text(publication.title)))


def author_key(publication: Publication) -> tuple[str, ...]:
    """Return the family names of the authors, sorted, without case and accents."""
    return tuple(sorted(" ".join(_folded(a.name.family)) for a in publication.authors))


def _words(publication: Publication) -> frozenset[str]:
    return frozenset(_folded(plain_text(publication.title)))


def _folded(text: str) -> Iterator[str]:
    if not text.isascii():
        text = re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text))
    return iter(re.findall(r"\w+", text.casefold()))


def _similar(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one | other) and len(one & other) >= SIMILAR * len(one | other)
