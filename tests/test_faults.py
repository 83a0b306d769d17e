"""Faults in cv.yaml: each is reported with its code, place, message and hint."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from cvtex.diagnostics.diagnostic import Diagnostic, Sink
from cvtex.lower.document import lower
from cvtex.project.load import load_project
from cvtex.project.overrides import Overrides

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "cases/faults/schema.yaml").read_text(encoding="utf-8")
)
BASE: str = CASES["base"]
LINES = BASE.count("\n")
TOP = [(case, BASE + case["cv"]) for case in CASES["cases"]]
SECTIONS = [(case, BASE + case["cv"]) for case in CASES["sections"]]


def findings(folder: Path, cv: str) -> list[Diagnostic]:
    (folder / "cv.yaml").write_text(cv, encoding="utf-8")
    sink = Sink()
    project = load_project(folder / "cv.yaml", Overrides(), date(1935, 1, 1), sink)
    if project is not None:
        lower(project, sink)
    return list(sink)


@pytest.mark.parametrize(
    ("case", "cv"),
    TOP + SECTIONS,
    ids=lambda value: value["name"] if isinstance(value, dict) else "",
)
def test_fault(case: dict[str, Any], cv: str, tmp_path: Path) -> None:
    (found,) = findings(tmp_path, cv)
    assert found.rule.code == case["code"]
    assert case.get("message", "") in found.message
    assert case.get("hint", "") in (found.hint or "")
    assert found.span is not None
    first, last = found.span.first, found.span.last
    assert [first.line - LINES, first.column, last.line - LINES, last.column] == case["place"]


def test_all_faults_are_shown_at_once(tmp_path: Path) -> None:
    cv = (
        "nam: E\nengine: x\nsections:\n- {kind: tex, title: T}\n- {kind: text, titel: T, body: B}\n"
    )
    codes = [(d.rule.code, d.span.first.line if d.span else None) for d in findings(tmp_path, cv)]
    assert codes == [
        ("CV105", 1),
        ("CV103", 1),
        ("CV107", 2),
        ("CV107", 4),
        ("CV105", 5),
        ("CV103", 5),
    ]


def test_the_owner_is_missed_or_found_twice(tmp_path: Path) -> None:
    bib = "@misc{a, author={Kai Yi and K. Yi}, title={T}}\n"
    (tmp_path / "refs.bib").write_text(bib, encoding="utf-8")
    section = "sections: [{kind: publications, title: P, select: {keys: [b], keywords: x}}]\n"
    found = findings(tmp_path, f"name: Kai Yi\n{section}")
    places = [(d.rule.code, d.span.first.column if d.span else None) for d in found]
    assert places == [("CV115", 40), ("CV201", 59), ("CV317", 73), ("CV319", 29)]
    codes = [d.rule.code for d in findings(tmp_path, f"name: Kaiyi Wang\n{section}")]
    assert codes == ["CV316", "CV115", "CV201", "CV317"]


UNCLOSED = "@article{a,\n  author = {Noether, Emmy},\n  title = {One {two},\n  year = 1918,\n}\n"
ASKING = (
    "name: E\nsections:\n- {kind: text, title: T, body: 'See [@a] and [@nobody].'}\n"
    "- {kind: publications, title: P, select: {keywords: [highlight], keys: [a, nix]}}\n"
)

REPORTED = frozenset("CV115 CV201 CV207 CV301 CV315 CV317".split())
"""Rules about which these tests are: unread entries, and what would only follow from them."""


@pytest.mark.parametrize(
    ("bib", "said"),
    [
        (UNCLOSED, ["CV201 `nobody`", "CV201 `nix`", "CV301"]),
        ("@article{author = {Noether, Emmy}, title = {One}}\n", ["CV301"]),
        (
            UNCLOSED + "@misc{a, title = {A}, author = {N}, keywords = {highlight}}\n",
            ["CV201 `nobody`", "CV201 `nix`", "CV301"],
        ),
        (
            "@misc{a, title = {A}, author = {N}}\n@misc{a, title = {B}, author = {N}}\n",
            ["CV115", "CV201 `nobody`", "CV201 `nix`", "CV207", "CV317"],
        ),
    ],
    ids=["a fault", "a fault without a key", "again without the fault", "a duplicate"],
)
def test_what_only_follows_from_a_fault_is_not_said(
    bib: str, said: list[str], tmp_path: Path
) -> None:
    (tmp_path / "refs.bib").write_text(bib, encoding="utf-8")
    found = findings(tmp_path, ASKING)
    shown = [
        f"{one.rule.code} {one.message.rpartition(' ')[2]}"
        if one.rule.code == "CV201"
        else one.rule.code
        for one in found
        if one.rule.code in REPORTED
    ]
    assert sorted(shown) == sorted(said)


def test_a_bib_file_that_is_missing_makes_no_citation_unknown(tmp_path: Path) -> None:
    found = findings(tmp_path, f"bibliography: {{files: [nosuch.bib]}}\n{ASKING}")
    assert [one.rule.code for one in found] == ["CV111"]
