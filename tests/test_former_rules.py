"""Former codes of rules that are part of others now: they select, ignore, suppress and explain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Cvtex
from cvtex.diagnostics.catalogue.retired import MERGED
from cvtex.lint.registry import rules

CV = "name: Emmy Noether\nsections: [{kind: text, title: Summary, body: Invariants.}]\n"
FORMER = [
    ("CV347", "html-in-field", "CV230", "<i>Ideals</i>"),
    ("CV347", "html-in-field", "CV231", "Rings &amp; Ideals"),
    ("CV366", "pasted-character-in-field", "CV209", "Ideals\u200b"),
    ("CV366", "pasted-character-in-field", "CV212", "Ide\u0301als"),
    ("CV366", "pasted-character-in-field", "CV214", "\ufb01elds"),
    ("CV367", "look-alike-in-field", "CV213", "Ide\u0430ls"),
    ("CV368", "doubled-word-in-field", "CV211", "The Theory of of Ideals"),
    ("CV369", "placeholder-in-field", "CV232", "XXXX"),
    ("CV370", "garbled-letters-in-field", "CV241", "M\u00c3\u00bcller"),
]
"""A former code and name, the code of the rule it is part of, and a title with its finding."""
CASES = pytest.mark.parametrize(("code", "name", "kept", "title"), FORMER)
OPTIONS = ("--format", "concise", "--no-cache")


def write(title: str, cv: str = CV, comment: str = "") -> None:
    Path("cv.yaml").write_text(cv, encoding="utf-8")
    entry = f"@misc{{a, author = {{Noether, Emmy}}, title = {{{title}}}}}{comment}\n"
    Path("refs.bib").write_text(entry, encoding="utf-8")


def test_the_table_of_former_codes() -> None:
    assert {(code, name) for code, (name, _) in MERGED.items()} == {row[:2] for row in FORMER}
    assert {code for _, codes in MERGED.values() for code in codes} == {row[2] for row in FORMER}


@CASES
def test_select(cvtex: Cvtex, code: str, name: str, kept: str, title: str) -> None:
    write(title)
    for selector in (code.lower(), name.title(), kept):
        assert f" {kept} " in cvtex("lint", "cv.yaml", "--select", selector, *OPTIONS).out


@CASES
def test_ignore(cvtex: Cvtex, code: str, name: str, kept: str, title: str) -> None:
    for selector in (code, name):
        write(title, CV + f"lint: {{ignore: [{selector}]}}\n")
        found = cvtex("lint", "cv.yaml", *OPTIONS).out
        assert kept not in found
        assert "CV191" not in found
        asked = cvtex("lint", "cv.yaml", "--extend-select", kept, *OPTIONS).out
        assert f" {kept} " in asked
        write(title)
        assert kept not in cvtex("lint", "cv.yaml", "--ignore", selector, *OPTIONS).out


@CASES
def test_suppress(cvtex: Cvtex, code: str, name: str, kept: str, title: str) -> None:
    for selector in (code, name):
        write(title, comment=f" % cvtex: ignore[{selector}]")
        found = cvtex("lint", "cv.yaml", *OPTIONS).out
        assert kept not in found
        assert "CV19" not in found
        write("Ideals", comment=f" % cvtex: ignore[{selector}]")
        assert " CV190 " in cvtex("lint", "cv.yaml", *OPTIONS).out


@CASES
def test_explain(cvtex: Cvtex, code: str, name: str, kept: str, title: str) -> None:  # noqa: ARG001
    for word in (code, name):
        said = cvtex("explain", word, "--format", "json")
        assert said.code == 0
        assert kept in [page["code"] for page in json.loads(said.out)]
        assert said.err.startswith(f"`{word}` is now part of CV2")
        assert kept in said.err


def test_former_codes_are_not_listed(cvtex: Cvtex) -> None:
    former = {code for code, *_ in FORMER}
    assert former.isdisjoint(rule.code for rule in rules())
    assert not any(code in cvtex("rules").out for code in former)
    page = (Path(__file__).parent.parent / "docs/rules.md").read_text("utf-8")
    row = "| CV367 | look-alike-in-field | [CV213](rules/CV213.md) |"
    assert row in page
