"""`cvtex refs`: every entry is accounted for, and the printed ones can be taken along."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from cvtex.cli import run as entry
from cvtex.diagnostics.diagnostic import Sink
from cvtex.lower.listing import h_index
from cvtex.readers.bibtex.convert import read_bib
from cvtex.source import Source

CASE = Path(__file__).parent / "cases/refs"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(CASE, tmp_path, dirs_exist_ok=True))


def cvtex(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["cvtex", *arguments])
    with pytest.raises(SystemExit) as exit_:
        entry.run()
    return int(exit_.value.code or 0)


def test_the_ledger_adds_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cvtex(monkeypatch, "refs", "--format", "json") == 1
    ledger: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert ledger["totals"] == {"total": 5, "printed": 2, "left_out": 2, "rejected": 1}
    fates = {e["key"]: (e["state"], e["list"], e["label"], e["rule"]) for e in ledger["entries"]}
    assert fates == {
        "a": ("printed", "Articles", "[1]", None),
        "b": ("left_out", None, None, "select"),
        "c": ("printed", "Core", "[C1]", None),
        "broken": ("rejected", None, None, "rejected"),
        "d": ("left_out", None, None, "merge_preprints"),
    }
    assert [e["line"] for e in ledger["entries"]] == [2, 3, 4, 5, 6]
    assert list(ledger["entries"][0]) == [
        "key", "type", "path", "line", "state", "list", "label", "rule", "why",
    ]  # fmt: skip
    assert (folder / "refs.bib").read_bytes() == (CASE / "refs.bib").read_bytes()


def test_unused_shows_what_is_not_printed_and_why(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cvtex(monkeypatch, "refs", "--unused")
    out = capsys.readouterr().out
    assert "a  " not in out
    assert "`Articles` selects by types; `Core` selects by keywords" in " ".join(out.split())
    assert "5 entries: 2 printed, 2 left out, 1 rejected" in out
    assert folder.is_dir()


def test_exported_entries_are_clean_and_read_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cvtex(monkeypatch, "refs", "--export", "out.bib")
    text = (folder / "out.bib").read_text(encoding="utf-8")
    assert "journaltitle = {Mathematische Annalen}" in text
    assert "booktitle    = {Algebra}" in text
    assert "crossref" not in text
    assert "doi          = {10.1007/BF01464225}" in text
    assert "month        = {8}" in text
    assert "Zotero" not in text
    sink = Sink()
    again = read_bib([Source("out.bib", text)], sink)
    assert [p.key for p in again.publications] == ["a", "c"]
    assert not sink.found


def test_numbers_and_merged_citations_in_texts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (folder / "refs.bib").read_text(encoding="utf-8").replace("@article{broken", "% {")
    (folder / "refs.bib").write_text(text, encoding="utf-8")
    assert cvtex(monkeypatch, "build", "--to", "tex") == 0
    tex = (folder / "cv.tex").read_text(encoding="utf-8")
    assert r"\cvparagraph{2 1 2 2 1 Apr 1935 \cvref{articles.1}{[1]}}" in tex
    assert r"\cvbadge{https://arxiv.org/abs/1234.56789}{arXiv}" in tex


@pytest.mark.parametrize(
    ("citations", "h"), [([], 0), ([0], 0), ([9, 1], 1), ([3, 3, 3], 3), ([10, 8, 5, 4, 3], 4)]
)
def test_h_index(citations: list[int], h: int) -> None:
    assert h_index(citations) == h
