"""Styles of the Citation Style Language, and names that are no style."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvtex.diagnostics.diagnostic import Sink
from cvtex.pipeline.usecases.check import check
from cvtex.pipeline.usecases.request import Request
from cvtex.publications.styles.errors import StyleError
from cvtex.publications.styles.registry import find_style
from references import options, read, shown, write


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
    assert csl_fault("page.csl", tmp_path).message == "`page.csl` is not a CSL style"


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
