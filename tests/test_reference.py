"""The reference CV: its PDF shows the transcript, line by line, on every engine."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from cvtex.lower.ledger import EntryState
from cvtex.pipeline.usecases.build import build_cv
from cvtex.pipeline.usecases.request import Request
from cvtex.pipeline.usecases.result import Result
from cvtex.project.overrides import Overrides
from cvtex.tex.engines.engine import Engine
from pdf_links import link_targets

ROOT = Path(__file__).parent.parent
TRANSCRIPT = (ROOT / "tests/reference/transcript.txt").read_text(encoding="utf-8")

LINKS = """
https://scholar.google.com/citations?user=r08j39wAAAAJ
https://kaiyi.me/
https://richtarik.org/
https://cemse.kaust.edu.sa/vision-cair
http://www.mohamed-elhoseiny.com/home
http://www.aiar.xjtu.edu.cn/info/1015/1071.htm
https://ngazagna.github.io/
https://cs.uwaterloo.ca/~y328yu/
https://arxiv.org/abs/2008.05095
https://arxiv.org/abs/1803.05263
https://ieeexplore.ieee.org/abstract/document/8646389/
https://link.springer.com/chapter/10.1007/978-3-319-92007-8_11
https://cemse.kaust.edu.sa/events/open-house
https://cemse.kaust.edu.sa/ai/aii-symp-2023
https://cemse.kaust.edu.sa/ai/aii-conf-2021
""".split()
"""The targets of the hyperlinks in the original PDF."""

LINE_END_HYPHEN = "\0"
"""Stands for a hyphen at the end of a line, which is the text's or only the line's."""

ASCII = str.maketrans({"–": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "\xa0": " "})
"""The transcript is typed in ASCII; the page has real dashes and quotes."""


@pytest.fixture(scope="module")
def built(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    target = tmp_path_factory.mktemp("reference") / "cv.pdf"
    overrides = Overrides(values=(("engine", engine.name),))
    return target, build_cv(Request(ROOT / "cv.yaml", target, overrides=overrides))


def page_text(pdf: Path) -> str:
    """The text of the page in reading order, without header, footers, bullets and legend."""
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        pytest.skip("pdftotext is not installed (Debian: poppler-utils)")
    run = subprocess.run([pdftotext, "-layout", pdf, "-"], capture_output=True, check=True)
    text = run.stdout.decode().translate(ASCII)
    text = text[text.index("SUMMARY") :]
    text = re.sub(r"(?m)^\f?\s*Kai Yi\s+\d+\s*/\s*\d+\s*$", "", text)
    text = re.sub(r"(?m)^\s*\*\s*equal contribution\s*$", "", text)
    text = re.sub(r"(?m)^\f?\s*•\s", "", text)
    return re.sub(r"\b(Highlighted|Other)\s+(?=\[\d+\])", "", text)


def squeezed(text: str) -> str:
    """The text without white space, in which a hyphen at the end of a line is marked."""
    return re.sub(r"[\s\f]", "", re.sub(r"-[ ]*\n", LINE_END_HYPHEN, text))


def first_difference(page: str, expected: str) -> str | None:
    """What the page shows in place of what it should; none when they agree."""
    at = 0
    for i, char in enumerate(page):
        here = expected[at : at + 1]
        if char == here or (char == LINE_END_HYPHEN and here == "-"):
            at += 1
        elif char != LINE_END_HYPHEN:
            return f"{page[i - 40 : i + 40]!r} in place of {expected[at - 40 : at + 40]!r}"
    return f"nothing in place of {expected[at:]!r}" if expected[at:] else None


def test_the_page_shows_the_transcript_in_its_order(built: tuple[Path, Result]) -> None:
    expected = squeezed(TRANSCRIPT.replace(" | ", "\n").translate(ASCII).replace("-\n", "- \n"))
    expected = expected.replace(LINE_END_HYPHEN, "-")
    assert first_difference(squeezed(page_text(built[0])), expected) is None


def test_three_pages_in_one_pass_without_a_finding(built: tuple[Path, Result]) -> None:
    _, result = built
    assert result.diagnostics == ()
    assert [written.pages for written in result.outputs] == [3]
    assert result.outputs[0].passes == 1


def test_the_ledger_counts_every_publication(built: tuple[Path, Result]) -> None:
    ledger = built[1].ledger
    assert (ledger.count(), ledger.count(EntryState.PRINTED)) == (22, 22)


def test_three_pages_on_letter_paper(engine: Engine, tmp_path: Path) -> None:
    overrides = Overrides(values=(("engine", engine.name), ("theme.paper", "letter")))
    result = build_cv(Request(ROOT / "cv.yaml", tmp_path / "cv.pdf", overrides=overrides))
    assert result.diagnostics == ()
    assert result.outputs[0].pages == 3


def test_every_link_of_the_original_is_a_link(built: tuple[Path, Result]) -> None:
    targets = link_targets(built[0])
    missing = [url for url in LINKS if url not in targets]
    assert missing == []


def test_title_author_language_and_outline_are_set(built: tuple[Path, Result]) -> None:
    pdf = pypdfium2.PdfDocument(built[0])
    metadata = pdf.get_metadata_dict()
    assert metadata["Author"] == "Kai Yi"
    assert metadata["Title"] == "Kai Yi – Curriculum Vitae"
    assert "Computer Science" in metadata["Subject"]
    titles = [item.get_title() for item in pdf.get_toc()]
    assert titles == [
        "Summary",
        "Education",
        "Highlighted Publications",
        "Research Experience",
        "Other Publications",
        "Teaching & Services",
        "Talks",
        "Awards & Honors",
        "Activities",
        "Additional Information",
    ]


def test_the_same_input_gives_the_same_bytes(
    built: tuple[Path, Result], engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1730419200")
    overrides = Overrides(values=(("engine", engine.name),))
    pdfs = []
    for name in ("one.pdf", "two.pdf"):
        build_cv(Request(ROOT / "cv.yaml", tmp_path / name, overrides=overrides))
        pdfs.append((tmp_path / name).read_bytes())
    assert pdfs[0] == pdfs[1]
    assert built[1].ok
