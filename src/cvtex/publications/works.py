"""Entries that are one work: a preprint, and what was published of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cvtex.publications.model import Publication, Status
from cvtex.richtext.plain import plain_text

SIMILAR = 0.8
"""The share of words that two titles must have in common, of all that either has."""

_PREPRINT_TYPES = frozenset(("online", "misc", "unpublished", "preprint", "article", "report"))
_VENUES = ("journaltitle", "booktitle", "publisher", "institution")


@dataclass(frozen=True)
class SameWork:
    """Two entries for one work."""

    preprint: Publication
    published: Publication


def same_works(publications: Sequence[Publication]) -> tuple[SameWork, ...]:
    """Every preprint whose published version is there as well, in the order of the files.

    They are one work if they have the same arXiv number, or the same authors and nearly the same
    title. A preprint is an entry without venue that stands in an archive.
    """
    published = [p for p in publications if not is_preprint(p)]
    by_archive = {p.links["arxiv"]: p for p in reversed(published) if "arxiv" in p.links}
    by_authors = _grouped_by_authors(published)
    pairs = (
        (p, by_archive.get(p.links.get("arxiv", "")) or _same_title(p, by_authors))
        for p in publications
        if is_preprint(p)
    )
    return tuple(SameWork(preprint, found) for preprint, found in pairs if found is not None)


def is_preprint(publication: Publication) -> bool:
    """Whether an entry is a work as it stands in an archive, and nowhere else yet."""
    if publication.status is Status.PREPUBLISHED:
        return True
    in_archive = "arxiv" in publication.links or "eprint" in publication.fields
    return (
        in_archive
        and publication.type in _PREPRINT_TYPES
        and not any(venue in publication.fields for venue in _VENUES)
    )


def merge_works(
    publications: Sequence[Publication], works: Sequence[SameWork]
) -> tuple[Publication, ...]:
    """The publications without the preprints, whose links go over to what was published."""
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


def _same_title(
    preprint: Publication, by_authors: Mapping[tuple[str, ...], list[Publication]]
) -> Publication | None:
    candidates = by_authors.get(_author_key(preprint), [])
    return next((p for p in candidates if _similar(_words(preprint), _words(p))), None)


def _grouped_by_authors(
    publications: Sequence[Publication],
) -> Mapping[tuple[str, ...], list[Publication]]:
    groups: dict[tuple[str, ...], list[Publication]] = {}
    for publication in publications:
        if publication.authors:
            groups.setdefault(_author_key(publication), []).append(publication)
    return groups


def _author_key(publication: Publication) -> tuple[str, ...]:
    return tuple(sorted(" ".join(_folded(a.name.family)) for a in publication.authors))


def _words(publication: Publication) -> frozenset[str]:
    return frozenset(_folded(plain_text(publication.title)))


def _folded(text: str) -> Iterator[str]:
    bare = unicodedata.normalize("NFKD", text).casefold()
    return (m[0] for m in re.finditer(r"\w+", re.sub(r"[\u0300-\u036f]", "", bare)))


def _similar(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one | other) and len(one & other) >= SIMILAR * len(one | other)
