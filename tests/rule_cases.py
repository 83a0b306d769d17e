"""The cases of a rule: data under `cases/rules`, one file a rule, and how a case is run.

A case has `cv` (cv.yaml), `bib` (refs.bib) or both, and other `files` by name. What a CV must have
and the case does not say is put below it, so that lines count from the first of the case: a name, a
section that prints all of refs.bib, and the date 2024-06-01. `found` lists every finding of the
rule: `at` is [line, column, end line, end column], `file` is refs.bib for CV3 and cv.yaml
otherwise, `message` and `hint` are parts of these, `notes` are places `at` in the same file or
[file, ...]. `fixed` has the files after the fixes of the rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from cvtex.diagnostics.model import Diagnostic
from cvtex.lint.selection import Selection
from cvtex.pipeline.lint import lint_file
from cvtex.pipeline.request import Request
from cvtex.source import Span

FOLDER = Path(__file__).parent / "cases/rules"
NEEDED = {
    "name": "name: Emmy Noether\n",
    "date": "date: 2024-06-01\n",
    "sections": "sections:\n- {kind: publications, title: Papers, select: {rest: true}}\n",
}


@dataclass(frozen=True)
class Case:
    """One case of a rule: its files, and what is found in them."""

    code: str
    name: str
    files: dict[str, str]
    found: list[dict[str, Any]] = field(default_factory=list)
    fixed: dict[str, str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The file that findings are in if nothing else is said."""
        return "refs.bib" if self.code.startswith("CV3") else "cv.yaml"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


def cases() -> list[Case]:
    """Every case of every rule."""
    return [case for path in sorted(FOLDER.glob("CV*.yaml")) for case in cases_of(path.stem)]


def cases_of(code: str) -> list[Case]:
    """The cases of one rule."""
    data = yaml.safe_load((FOLDER / f"{code}.yaml").read_text(encoding="utf-8"))
    passing = [_case(code, one) for one in data["pass"]]
    failing = [_case(code, one) for one in data["fail"]]
    assert all(case.found for case in failing), f"a failing case of {code} finds nothing"
    assert not any(case.found for case in passing), f"a passing case of {code} finds something"
    return passing + failing


def _case(code: str, one: dict[str, Any]) -> Case:
    files = {**one.get("files", {}), "cv.yaml": complete(one.get("cv", ""))}
    if "bib" in one:
        files["refs.bib"] = one["bib"]
    fixed = dict(one.get("fixed", {}))
    if "cv.yaml" in fixed:
        fixed["cv.yaml"] = complete(fixed["cv.yaml"])
    known = {"name", "cv", "bib", "files", "found", "fixed"}
    assert set(one) <= known, f"{code}: unknown keys {set(one) - known}"
    return Case(code, one["name"], files, one.get("found", []), fixed)


def complete(cv: str) -> str:
    """The CV with what every CV must have below it."""
    if cv and not cv.endswith("\n"):
        cv += "\n"
    missing = [line for key, line in NEEDED.items() if not re.search(f"^{key}:", cv, re.MULTILINE)]
    return cv + "".join(missing)


def run_case(case: Case, folder: Path) -> list[Diagnostic]:
    """What the rule of a case finds in its files."""
    for name, text in case.files.items():
        (folder / name).write_bytes(text.encode())
    shown = lint_file(Request(folder / "cv.yaml"), Selection(select=(case.code,)))
    return [found for found in shown if found.rule.code == case.code]


def place(span: Span | None) -> list[Any] | None:
    """A place as the cases write it, behind the name of its file."""
    if span is None:
        return None
    first, last = span.first, span.last
    file = Path(span.source.path).name
    return [file, first.line, first.column, last.line, last.column]


def expected_place(at: list[Any] | None, file: str) -> list[Any] | None:
    """A place of a case, with its file."""
    return at if at is None or isinstance(at[0], str) else [file, *at]
