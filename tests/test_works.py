"""Preprints and what was published of them."""

from __future__ import annotations

from typing import Any

from cvtex.names.name import Name
from cvtex.publications.publication import Contributor, Publication
from cvtex.publications.works import merge_works, same_works
from cvtex.richtext.nodes import Str

ARXIV = {"arxiv": "https://arxiv.org/abs/2404.09816"}
DOI = {"doi": "https://doi.org/10.1000/1"}


def entry(key: str, title: str = "Federated Pruning", **facts: Any) -> Publication:
    authors = tuple(Contributor(Name(family)) for family in facts.pop("authors", ["Yi", "Lyu"]))
    facts.setdefault("type", "online" if facts.get("links") == ARXIV else "article")
    return Publication(key=key, number=0, title=(Str(title),), authors=authors, **facts)


def published(key: str, title: str = "Federated Pruning", **facts: Any) -> Publication:
    return entry(key, title, fields={"journaltitle": (Str("J"),)}, **facts)


def pairs(*publications: Publication) -> list[tuple[str, str]]:
    return [(work.preprint.key, work.published.key) for work in same_works(publications)]


def test_same_authors_and_title() -> None:
    assert pairs(entry("a", links=ARXIV), published("b", links=DOI)) == [("a", "b")]
    assert pairs(published("b"), entry("a", links=ARXIV)) == [("a", "b")]


def test_case_accents_and_punctuation_do_not_matter() -> None:
    one = entry("a", "Federated pruning: Müller's way", links=ARXIV, authors=["Müller"])
    other = published("b", "Federated Pruning — Muller’s Way", authors=["Muller"])
    assert pairs(one, other) == [("a", "b")]


def test_the_same_archive_number_outweighs_another_title() -> None:
    other = published("b", "Renamed for the Journal", links=ARXIV | DOI, authors=["Yi"])
    assert pairs(entry("a", links=ARXIV), other) == [("a", "b")]


def test_other_authors_or_another_title_are_another_work() -> None:
    preprint = entry("a", links=ARXIV)
    assert pairs(preprint, published("b", authors=["Hild", "Bo"])) == []
    assert pairs(preprint, published("b", "Federated Pruning of Very Large Models")) == []


def test_another_version_of_the_same_archive_number() -> None:
    url = "https://arxiv.org/abs/2404.09816v3"
    assert pairs(entry("a", links=ARXIV), published("b", "Other", links={"arxiv": url})) == [
        ("a", "b")
    ]


def test_a_preprint_server_is_no_venue() -> None:
    for server in ("bioRxiv", "medRxiv", "arXiv", "SSRN Electronic Journal", "ChemRxiv"):
        preprint = entry("a", type="article", fields={"journaltitle": (Str(server),)})
        assert pairs(preprint, published("b")) == [("a", "b")]
    exported = {"publisher": (Str("arXiv"),), "doi": (Str("10.48550/arXiv.2404.09816"),)}
    assert pairs(entry("a", type="misc", fields=exported), published("b")) == [("a", "b")]


def test_the_same_title_with_an_author_more() -> None:
    assert pairs(entry("a", links=ARXIV), published("b", authors=["Yi", "Lyu", "Hild"])) == [
        ("a", "b")
    ]


def test_two_published_versions_are_not_merged() -> None:
    assert pairs(published("a", links=DOI), published("b")) == []


def test_merged_the_published_one_has_both_links() -> None:
    both = (entry("a", links=ARXIV), published("b", links=DOI))
    (merged,) = merge_works(both, same_works(both))
    assert merged.key == "b"
    assert merged.links == ARXIV | DOI
