"""Whole CVs and the TeX they give; `make goldens` accepts what changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cvtex.diagnostics.diagnostic import Sink
from cvtex.pipeline.usecases.check import check
from cvtex.pipeline.usecases.request import Request
from cvtex.project.overrides import Overrides
from cvtex.writers.latex.write import tex_file

TESTS = Path(__file__).parent
CASES = {
    "reference": (TESTS.parent / "cv.yaml", Overrides()),
    "example": (TESTS / "example/cv.yaml", Overrides()),
    "example-short": (TESTS / "example/cv.yaml", Overrides(variant="short")),
    "example-de": (TESTS / "example/cv.yaml", Overrides(language="de")),
    "starter": (TESTS.parent / "src/cvtex/cli/starter/cv.yaml", Overrides()),
}


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1730419200")
    cv, overrides = CASES[name]
    sink = Sink()
    checked = check(Request(cv, overrides=overrides), sink)
    assert checked is not None
    tex = tex_file(checked)
    golden = TESTS / f"golden/{name}.tex"
    if os.environ.get("CVTEX_ACCEPT"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(tex.text, encoding="utf-8")
    assert tex.text == golden.read_text(encoding="utf-8")
    assert [d.message for d in sink] == []
