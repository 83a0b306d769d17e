"""Citation styles: the style guides' own examples, and what a CV asks of every style."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cvtex.publications.publication import Publication
from cvtex.publications.styles.elements import short_range
from cvtex.publications.styles.parts import addresses, badges
from cvtex.publications.styles.registry import style_names
from cvtex.publications.styles.terms import edition
from cvtex.richtext.nodes import Emph, Inlines, Link
from cvtex.richtext.plain import plain_text
from references import options, read, shown, write

CASES = Path(__file__).parent / "cases/styles"
LINKS = ("doi", "arxiv", "url", "code")
GUIDES = {
    "ieee": "ieee",
    "acm": "acm",
    "apa": "apa",
    "chicago": "chicago-author-date",
    "nature": "nature",
}


def cases(name: str) -> Any:
    return yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))


def guide_cases() -> Iterable[Any]:
    for file, style in GUIDES.items():
        for case in cases(file):
            yield pytest.param(style, case, id=f"{file}: {case['section']}")


def labels(publication: Publication, body: Inlines) -> list[str]:
    """What the badges behind an entry say."""
    return [plain_text((badge,)) for badge in badges(publication, LINKS, body)]


def links(inlines: Inlines) -> list[tuple[str, str]]:
    """Targets and texts of all links that are not inside other nodes than italics."""
    found = []
    for node in inlines:
        if isinstance(node, Link):
            found.append((node.url, plain_text(node.children)))
        elif isinstance(node, Emph):
            found += links(node.children)
    return found


@pytest.mark.parametrize(("style", "case"), list(guide_cases()))
def test_an_example_of_the_style_guide(style: str, case: dict[str, str]) -> None:
    assert shown(write(read(case["bib"]), style)) == case["prints"]


@pytest.mark.parametrize(
    ("style", "case"),
    [
        pytest.param(style, case, id=f"{case['says']}: {style}")
        for case in cases("cv")
        for style in case["prints"]
    ],
)
def test_what_a_cv_asks_of_a_style(style: str, case: dict[str, Any]) -> None:
    body = write(read(case["bib"]), style, options(**case.get("options", {})))
    assert shown(body).replace("\xa0", " ") == case["prints"][style]


def test_the_documentation_shows_what_is_printed() -> None:
    page = (Path(__file__).parent.parent / "docs/publications.md").read_text(encoding="utf-8")
    bib = page[page.index("@article{brauer1932") : page.index("```\n\n| style")]
    for style in style_names():
        printed = re.sub(
            r"\[(.*?)\]", r"**\1**", shown(write(read(bib), style)).replace("\xa0", " ")
        )
        assert f"| `{style}` | {printed} |\n" in page


DOI = """@article{a, author = {Noether, Emmy}, title = {T}, journal = {J}, year = 1921,
  doi = {10.1007/BF01464225}, code = {https://example.org/code}}"""


@pytest.mark.parametrize("style", [*style_names(), "nature"])
def test_the_title_is_a_link(style: str) -> None:
    body = write(read(DOI), style)
    assert ("https://doi.org/10.1007/BF01464225", "T") in links(body)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("ieee", "10.1007/BF01464225"),
        ("acm", "https://doi.org/10.1007/BF01464225"),
        ("apa", "https://doi.org/10.1007/BF01464225"),
        ("chicago-author-date", "https://doi.org/10.1007/BF01464225"),
        ("plos", "10.1007/BF01464225"),
        ("harvard-cite-them-right", "https://doi.org/10.1007/BF01464225"),
    ],
)
def test_a_doi_that_is_printed_is_a_link_and_has_no_badge(style: str, text: str) -> None:
    publication = read(DOI)
    body = write(publication, style)
    assert ("https://doi.org/10.1007/BF01464225", text) in links(body)
    assert labels(publication, body) == ["code"]


def test_a_doi_that_is_not_printed_has_a_badge() -> None:
    publication = read(DOI)
    body = write(publication, "plain")
    assert labels(publication, body) == ["doi", "code"]


def test_an_arxiv_number_that_is_printed_has_no_badge() -> None:
    publication = read(
        "@misc{a, author={A, B}, title={T}, eprint={2406.01115}, archiveprefix={arXiv}}"
    )
    assert badges(publication, LINKS, write(publication, "ieee")) == ()
    assert len(badges(publication, LINKS, write(publication, "plain"))) == 1


def test_a_sici_doi_is_spelled_out_as_it_is_written() -> None:
    publication = read(
        "@article{a, author={A, B}, title={T}, year=1996,"
        " doi={10.1175/1520-0477(1996)077<0437:TNYRP>2.0.CO;2}}"
    )
    body = write(publication, "apa")
    assert shown(body).endswith("https://doi.org/10.1175/1520-0477(1996)077<0437:TNYRP>2.0.CO;2")
    assert badges(publication, LINKS, body) == ()


TYPES = (
    "article review suppperiodical periodical book mvbook inbook bookinbook suppbook booklet"
    " collection mvcollection incollection suppcollection dataset manual misc online patent"
    " proceedings mvproceedings inproceedings reference mvreference inreference report software"
    " standard thesis unpublished conference electronic mastersthesis phdthesis techreport www"
    " artwork audio bibnote image jurisdiction legal letter movie music performance video custom"
).split()
"""Every type of biblatex's manual (2.1) that is printed, and one that is none."""

FIELDS = {
    "author": "Noether, Emmy and Hasse, Helmut",
    "editor": "Weyl, Hermann and Hilbert, David",
    "translator": "Artin, Emil",
    "title": "A Title",
    "subtitle": "A Subtitle",
    "maintitle": "A Main Title",
    "journaltitle": "A Journal",
    "booktitle": "A Book",
    "series": "A Series",
    "volume": "5",
    "number": "7",
    "pages": "12--34",
    "eid": "e89",
    "chapter": "6",
    "edition": "2",
    "version": "1.2",
    "date": "1932-05-14",
    "publisher": "A Publisher",
    "location": "Zürich",
    "institution": "A University",
    "organization": "A Society",
    "howpublished": "A Leaflet",
    "eventtitle": "A Congress",
    "venue": "Bern",
    "type": "A Type",
    "note": "A Note",
    "addendum": "An Addendum",
    "pubstate": "underreview",
    "doi": "10.1007/BF01464225",
    "eprint": "2406.01115",
    "eprinttype": "arxiv",
    "url": "https://example.org/a_b",
}
STRAY = re.compile(
    r"[,;:.] ?[,;:]|[,;:] ?\.|\. ?\.|[(\[] |[(\[][,;:.)\]]| [,;:.)\]]|  |“”|„“|«»"
    r"|^[ ,;:.]|[ ,;:(\[]$"
)
"""Punctuation that belongs to a part that is not there."""

ABBREVIATED = re.compile(r"(?<=[A-Za-z])\.(?=[,;:])")
"""The stop of an abbreviation, which another sign may follow."""


@given(
    type_=st.sampled_from(TYPES),
    names=st.sets(st.sampled_from(sorted(FIELDS))),
    style=st.sampled_from(style_names()),
    language=st.sampled_from(["en", "de", "fr", "es"]),
)
@settings(max_examples=300, deadline=None)
def test_whatever_is_missing_leaves_no_stray_punctuation(
    type_: str, names: set[str], style: str, language: str
) -> None:
    fields = ", ".join(f"{name} = {{{FIELDS[name]}}}" for name in sorted(names))
    body = write(read(f"@{type_}{{a, {fields}}}"), style, options(language))
    text = plain_text(body)
    assert STRAY.search(ABBREVIATED.sub("", text)) is None
    assert not body or text.rstrip("”“» \xa0").endswith((".", ")", "]")) or [*addresses(body)]
    assert text.count("Noether") == ("author" in names)
    assert ("A Title" in text) == ("title" in names)


@pytest.mark.parametrize("style", style_names())
@pytest.mark.parametrize("type_", TYPES)
def test_every_type_prints_its_authors_title_year_and_place(type_: str, style: str) -> None:
    fields = "author={Noether, Emmy}, title={Ideale}, date={1921}"
    place = {"article": "journaltitle", "inproceedings": "booktitle", "thesis": "institution"}
    field = place.get(type_, "organization" if type_ in ("online", "misc", "video") else "title")
    publication = read(f"@{type_}{{a, {fields}, {field}={{Ideale}}}}")
    text = plain_text(write(publication, style))
    assert "Noether" in text
    assert "Ideale" in text
    assert "1921" in text


def test_the_ranges_of_pages_that_chicago_shortens() -> None:
    # The Chicago Manual of Style, 17th edition, 9.61.
    ranges = (
        "3–10 71–72 96–117 100–104 1100–1113 101–8 808–33 1103–4 321–28 498–532 1087–89 1496–500"
        " 11564–615 12991–3001"
    )
    whole = (
        "3–10 71–72 96–117 100–104 1100–1113 101–108 808–833 1103–1104 321–328 498–532 1087–1089"
        " 1496–1500 11564–11615 12991–13001"
    )
    pairs = [pages.split("–") for pages in whole.split()]
    assert [f"{a}–{short_range(a, b)}" for a, b in pairs] == ranges.split()


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("2", "2nd ed."),
        ("3rd", "3rd ed."),
        ("11", "11th ed."),
        ("21", "21st ed."),
        ("Second", "2nd ed."),
        ("fourth edition", "4th ed."),
        ("2nd ed.", "2nd ed."),
        ("Revised", "Revised ed."),
        ("Revised and expanded edition", "Revised and expanded ed."),
    ],
)
def test_editions(written: str, printed: str) -> None:
    assert edition(written, "en") == printed
