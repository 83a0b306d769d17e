"""Every rule: its cases, its documentation, its code and name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cvtex.diagnostics.model import Edit
from cvtex.lint.registry import rules
from rule_cases import Case, cases, expected_place, place, run_case


@pytest.mark.parametrize("case", cases(), ids=str)
def test_rule(case: Case, tmp_path: Path) -> None:
    found = run_case(case, tmp_path)
    expected = [expected_place(one["at"], one.get("file", case.file)) for one in case.found]
    assert [place(one.span) for one in found] == expected
    for diagnostic, one in zip(found, case.found, strict=True):
        assert one.get("message", "") in diagnostic.message
        assert one.get("hint", "") in (diagnostic.hint or "")
        notes = [expected_place(at, case.file) for at in one.get("notes", [])]
        assert not notes or [place(note.span) for note in diagnostic.notes] == notes
    edits = [edit for one in found if one.fix for edit in one.fix.edits]
    fixed = {name: edited(text, name, edits) for name, text in case.files.items()}
    assert fixed == {**case.files, **case.fixed}


def edited(text: str, name: str, edits: list[Edit]) -> str:
    here = [edit for edit in edits if Path(edit.span.source.path).name == name]
    for edit in sorted(here, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text


def test_codes_and_names_are_unique() -> None:
    codes, names = ([getattr(rule, key) for rule in rules()] for key in ("code", "name"))
    assert len(codes) == len(set(codes))
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"CV[1-4]\d\d", code) for code in codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)
