"""Every rule: its cases, its documentation, its code and name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import installed_engine
from cvtex.diagnostics import catalogue
from cvtex.diagnostics.catalogue.retired import MERGED, RETIRED
from cvtex.lint.registry import checks, rules
from rule_cases import Case, cases, expected_place, fix_case, place, run_case


@pytest.mark.parametrize("case", cases(), ids=str)
def test_rule(case: Case, tmp_path: Path) -> None:
    if case.needs:
        installed_engine(case.needs)
    found = run_case(case, tmp_path)
    expected = [expected_place(one["at"], one.get("file", case.file)) for one in case.found]
    assert [place(one.span) for one in found] == expected
    for diagnostic, one in zip(found, case.found, strict=True):
        assert one.get("message", "") in diagnostic.message
        assert one.get("hint", "") in (diagnostic.hint or "")
        assert one.get("path") == (diagnostic.path and Path(diagnostic.path).name)
        assert one.get("safety") in (None, diagnostic.fix and diagnostic.fix.safety.value)
        notes = [expected_place(at, case.file) for at in one.get("notes", [])]
        assert not notes or [place(note.span) for note in diagnostic.notes] == notes
    assert fix_case(case, tmp_path) == {**case.files, **case.fixed}


def test_codes_and_names_are_unique() -> None:
    codes, names = ([getattr(rule, key) for rule in rules()] for key in ("code", "name"))
    codes += RETIRED.keys() | MERGED.keys()
    names += [*RETIRED.values(), *(name for name, _ in MERGED.values())]
    assert len(codes) == len(set(codes))
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"CV[1-4]\d\d", code) for code in codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)


def test_a_rule_is_found_by_where_it_stands() -> None:
    folder = Path(catalogue.__file__).parents[2] / "lint/rules"
    texts = [path.read_text("utf-8") for path in folder.rglob("*.py")]
    written = [code for text in texts for code in re.findall(r'^@rule\(\s*"(CV\d+)"', text, re.M)]
    found = [check.rule.code for check in checks() if check.rule not in catalogue.RULES]
    assert found == sorted(written)
