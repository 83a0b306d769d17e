"""Comments that suppress findings: where they stand, what they stand for, and which are no use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from cvtex.diagnostics.diagnostic import Diagnostic, Rule, Severity
from cvtex.lint.registry import rules
from cvtex.lint.selection import RuleSelection, fits, unknown
from cvtex.pipeline.usecases.lint import lint_file
from cvtex.pipeline.usecases.request import Request
from rule_cases import complete

CASES = yaml.safe_load((Path(__file__).parent / "cases/suppressions.yaml").read_text("utf-8"))
ASKED = RuleSelection(extend=("CV190", "CV191"), ignore=("CV3", "CV115"))
"""What is asked of a cv.yaml: nothing of the bibliography, for there is none."""


def found_in(case: dict[str, Any], folder: Path) -> list[Diagnostic]:
    (folder / "cv.yaml").write_bytes(complete(case.get("cv", "")).encode())
    if "bib" in case:
        (folder / "refs.bib").write_bytes(case["bib"].encode())
    asked = RuleSelection(select=("CV305", "CV306", "CV190", "CV191")) if "bib" in case else ASKED
    return list(lint_file(Request(folder / "cv.yaml"), asked).found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_suppression(case: dict[str, Any], tmp_path: Path) -> None:
    found = found_in(case, tmp_path)
    name = "refs.bib" if "bib" in case else "cv.yaml"
    places = {f"{one.rule.code} {_place(one, name)}" for one in found}
    assert places == set(case["found"])
    if "fixed" in case:
        (fix,) = (one.fix for one in found if one.fix is not None and one.rule.code == "CV190")
        (edit,) = fix.edits
        text = edit.span.source.text
        fixed = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
        assert fixed == complete(case["fixed"])


def _place(diagnostic: Diagnostic, name: str) -> str:
    span = diagnostic.span
    assert span is not None
    assert Path(span.source.path).name == name
    return f"{span.first.line}:{span.first.column}"


@pytest.mark.parametrize("case", [c for c in CASES if "fixed" in c], ids=lambda case: case["name"])
def test_what_is_fixed_stays_fixed(case: dict[str, Any], tmp_path: Path) -> None:
    again = found_in({**case, "cv": case["fixed"]}, tmp_path)
    assert not [one for one in again if one.rule.code == "CV190"]


def test_in_a_bib_file_alone(tmp_path: Path) -> None:
    bib = tmp_path / "refs.bib"
    bib.write_text(
        "@article{a, title = {One \\nosuch x}, % cvtex: ignore[CV305]\n  year = 1918}\n"
        "% cvtex: ignore[CV299, CV316]\n@article{b, title = {Two}, year = 1918}\n",
        "utf-8",
    )
    found = [
        (d.rule.code, d.message)
        for d in lint_file(Request(bib), RuleSelection(("CV1", "CV305"))).found
    ]
    assert found == [("CV191", "there is no rule `CV299`")]


ON = Rule("CV211", "doubled-word", Severity.WARNING)
OFF = Rule("CV212", "taste", Severity.INFO, default=False)
ERROR = Rule("CV201", "unknown-citekey", Severity.ERROR)


@pytest.mark.parametrize(
    ("selection", "enabled"),
    [
        (RuleSelection(), {ON, ERROR}),
        (RuleSelection(select=("CV1",)), set()),
        (RuleSelection(select=("CV2",)), {ON, ERROR}),
        (RuleSelection(select=("ALL",)), {ON, OFF, ERROR}),
        (RuleSelection(select=("all",)), {ON, OFF, ERROR}),
        (RuleSelection(select=("taste",)), {OFF}),
        (RuleSelection(extend=("CV2",)), {ON, ERROR}),
        (RuleSelection(extend=("cv212",)), {ON, OFF, ERROR}),
        (RuleSelection(ignore=("CV2",)), set()),
        (RuleSelection(ignore=("Doubled-Word",)), {ERROR}),
        (RuleSelection(select=("ALL",), ignore=("CV2",)), set()),
        (RuleSelection(select=("ALL",), ignore=("CV212",)), {ON, ERROR}),
        (RuleSelection(select=("CV21",), ignore=("CV2",)), {ON}),
        (RuleSelection(extend=("CV212",), ignore=("CV2",)), {OFF}),
        (RuleSelection(extend=("CV212",), ignore=("CV212",)), {ON, ERROR}),
        (RuleSelection(select=("CV211",), ignore=("ALL",)), {ON}),
    ],
)
def test_selection(selection: RuleSelection, enabled: set[Rule]) -> None:
    assert {rule for rule in (ON, OFF, ERROR) if selection.enables(rule)} == enabled
    assert selection.shows(ERROR)


def test_what_is_a_selector() -> None:
    assert all(fits(s, ON) for s in ("CV211", "cv211", "CV", "CV2", "ALL", "doubled-WORD"))
    assert not any(fits(s, ON) for s in ("", "C", "CV22", "CV2111", "doubled", "2"))
    assert all(unknown(selector, rules()) for selector in ("", "C", "CV9", "nonsense"))
