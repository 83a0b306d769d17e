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

from cvtex.bib_reader.convert import read_bib
from cvtex.diagnostics.model import Sink
from cvtex.pipeline.build import check
from cvtex.pipeline.request import Request
from cvtex.publications.model import Name, Publication
from cvtex.publications.names import name_of, same_person
from cvtex.publications.styles.elements import short_range
from cvtex.publications.styles.errors import StyleError
from cvtex.publications.styles.options import StyleOptions
from cvtex.publications.styles.parts import addresses, badges
from cvtex.publications.styles.registry import find_style, style_names
from cvtex.publications.styles.terms import edition
from cvtex.richtext.nodes import (
    Emph,
    Inline,
    Inlines,
    Link,
    Mark,
    Owner,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
)
from cvtex.richtext.plain import plain_text
from cvtex.source import Source
from cvtex.words import words

CASES = Path(__file__).parent / "cases/styles"
GUIDES = {
    "ieee": "ieee",
    "acm": "acm",
    "apa": "apa",
    "chicago": "chicago-author-date",
    "nature": "nature",
}
OWNER = name_of("Noether, Emmy")
LINKS = ("doi", "arxiv", "url", "code")


def cases(name: str) -> Any:
    return yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))


def guide_cases() -> Iterable[Any]:
    for file, style in GUIDES.items():
        for case in cases(file):
            yield pytest.param(style, case, id=f"{file}: {case['section']}")


def read(bib: str) -> Publication:
    found = read_bib([Source("refs.bib", bib)], Sink()).publications
    assert len(found) == 1
    return found[0]


def is_owner(name: Name) -> bool:
    return same_person(name, OWNER)


def options(language: str = "en", **values: Any) -> StyleOptions:
    return StyleOptions(words(language), is_owner, language=language, **values)


def write(publication: Publication, style: str, chosen: StyleOptions | None = None) -> Inlines:
    chosen = chosen or options()
    if style not in style_names():
        pytest.importorskip("citeproc", reason="the extra csl is not installed")
    return find_style(style, Path(), chosen.language)(publication, chosen)


def shown(inlines: Inlines) -> str:
    """The text with its markup: *italic*, **bold**, [owner], ^mark^; links are their text."""
    return "".join(map(_shown, inlines))


def _shown(node: Inline) -> str:
    match node:
        case Emph(children):
            return f"*{shown(children)}*"
        case Strong(children):
            return f"**{shown(children)}**"
        case Owner(children):
            return f"[{shown(children)}]"
        case Link(children=children) | SmallCaps(children):
            return shown(children)
        case Superscript(children) | Subscript(children):
            return f"^{shown(children)}^"
        case Mark(text):
            return f"^{text}^"
        case _:
            return plain_text((node,))


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


def csl_fault(name: str, folder: Path = Path()) -> StyleError:
    pytest.importorskip("citeproc", reason="the extra csl is not installed")
    with pytest.raises(StyleError) as caught:
        find_style(name, folder, "en")
    return caught.value


def test_an_unknown_style_is_told_from_the_nearest_ones() -> None:
    assert csl_fault("ieeee").message == "no citation style is called `ieeee`"
    assert csl_fault("ieeee").hint == "did you mean `ieee`?"
    assert "`nature`" in csl_fault("natur").hint
    assert csl_fault("xyzzy").hint.startswith("one of: plain, ieee, acm, apa, chicago-author-date;")


def test_csl_files_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "text.csl").write_text("no XML")
    (tmp_path / "page.csl").write_text("<html><body/></html>")
    assert csl_fault("gone.csl", tmp_path).message == "there is no file `gone.csl`"
    assert csl_fault("text.csl", tmp_path).message.startswith("`text.csl` cannot be read: ")
    assert csl_fault("page.csl", tmp_path).message == "`page.csl` is no CSL style"


def test_a_csl_style_without_a_bibliography_is_refused() -> None:
    fault = csl_fault("bluebook-law-review")
    assert fault.message == "the CSL style `bluebook-law-review` has no bibliography"


STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Mine</title><id>mine</id>{link}</info>{rest}</style>"""
REST = """<citation><layout><text variable="citation-number"/></layout></citation>
  <bibliography et-al-min="2" et-al-use-first="1"><layout suffix="!">
    <text variable="citation-number" suffix=". "/>
    <names variable="author"><name and="text"/></names>
    <text variable="title" prefix=": " text-case="title"/>{more}
  </layout></bibliography>"""


def own_style(folder: Path, more: str = "") -> None:
    rest = REST.format(more=more)
    (folder / "mine.csl").write_text(STYLE.format(link="", rest=rest), encoding="utf-8")


def test_a_csl_file_is_found_beside_the_cv_and_made_fit_for_it(tmp_path: Path) -> None:
    pytest.importorskip("citeproc", reason="the extra csl is not installed")
    own_style(tmp_path)
    publication = read("@misc{a, author={Artin, Emil and Noether, Emmy}, title={a small title}}")
    body = find_style("mine.csl", tmp_path, "en")(publication, options())
    assert shown(body) == "Emil Artin and [Emmy Noether]: a small title!"


def test_a_dependent_csl_file_is_the_style_it_points_to(tmp_path: Path) -> None:
    pytest.importorskip("citeproc", reason="the extra csl is not installed")
    link = '<link rel="independent-parent" href="http://www.zotero.org/styles/{}"/>'
    for name, parent in (("mine", "nature"), ("lost", "nowhere")):
        text = STYLE.format(link=link.format(parent), rest="")
        (tmp_path / f"{name}.csl").write_text(text, encoding="utf-8")
    publication = read("@article{a, author={Noether, Emmy}, title={T}, journal={J}, year=1921}")
    body = find_style("mine.csl", tmp_path, "en")(publication, options())
    assert shown(body) == "[Noether, E.] T. *J* (1921)."
    message = "the style `lost.csl` is that of `nowhere`, which is not installed"
    assert csl_fault("lost.csl", tmp_path).message == message


def test_what_citeproc_cannot_do_is_a_fault_and_no_traceback(tmp_path: Path) -> None:
    pytest.importorskip("citeproc", reason="the extra csl is not installed")
    own_style(tmp_path, '<text macro="nowhere"/>')
    publication = read("@misc{a, author={Noether, Emmy}, title={T}}")
    writer = find_style("mine.csl", tmp_path, "en")
    with pytest.raises(StyleError, match=r"cannot write `a` in the style `mine\.csl`"):
        writer(publication, options())


def test_without_the_extra_the_way_to_install_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cvtex.publications.styles.csl.find_spec", lambda _: None)
    with pytest.raises(StyleError) as caught:
        find_style("nature", Path(), "en")
    assert caught.value.message == "the citation style `nature` needs CSL, which is not installed"
    assert caught.value.hint == "install it: pip install 'cvtex[csl]'"
    with pytest.raises(StyleError, match="no citation style is called `iee`"):
        find_style("iee", Path(), "en")


def test_names_in_every_shape_of_csl_are_whole() -> None:
    shapes = {
        "nature": "[Noether, E. A.]",
        "vancouver-nlm": "[Noether EA]",
        "american-chemical-society": "[Noether, E. A.]",
        "harvard-cite-them-right": "[Noether, E.A.]",
        "modern-language-association": "[Emmy Amalie Noether]",
        "associacao-brasileira-de-normas-tecnicas": "[NOETHER, Emmy Amalie]",
    }
    publication = read(
        "@article{a, author={Artin, Emil and Noether, Emmy Amalie}, title={T}, journal={J}}"
    )
    for style, name in shapes.items():
        assert name in shown(write(publication, style)), style


def test_mathematics_and_markup_of_a_title_survive_csl() -> None:
    publication = read(
        r"@article{a, author={Noether, Emmy}, title={What is $x^2$ in \emph{Ideale}?}, journal={J}}"
    )
    body = write(publication, "nature")
    assert shown(body) == "[Noether, E.] What is x^2 in *Ideale*? *J*."


def test_an_unknown_style_is_reported_at_its_place_in_the_cv(tmp_path: Path) -> None:
    text = (
        "schema: 1\nname: Emmy Noether\nbibliography: {style: ieeee}\n"
        "sections:\n- {kind: publications, title: Papers}\n"
    )
    (tmp_path / "cv.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "refs.bib").write_text(
        "@misc{a, author={Noether, Emmy}, title={T}, year=1921}", encoding="utf-8"
    )
    sink = Sink()
    check(Request(tmp_path / "cv.yaml"), sink)
    [found] = sink
    assert found.rule.code == "CV107"
    assert found.message == "no citation style is called `ieeee`"
    assert found.hint == "did you mean `ieee`?"
    assert found.span is not None
    assert found.span.text == "ieeee"
