"""Fixing: what is written, what is left alone, and that not a byte beside it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import yaml

from cvtex.diagnostics.diagnostic import Diagnostic, Edit, Fix, Rule, Safety, Severity, Sink
from cvtex.lint.context import LintContext
from cvtex.lint.fixes.apply import FixResult
from cvtex.lint.selection import RuleSelection
from cvtex.pipeline.usecases.fix import ALL, fix_file
from cvtex.pipeline.usecases.request import Request
from cvtex.project.overrides import Overrides
from cvtex.source import Source

FOLDER = Path(__file__).parent / "cases/fixes"


@dataclass(frozen=True)
class Case:
    """A case: files, fixes that are made up for it, and what comes of them."""

    name: str
    fixes: list[dict[str, Any]]
    cv: str = ""
    bib: str | None = None
    encoding: str = "utf-8"
    set: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    mended: int | None = None

    @property
    def files(self) -> dict[str, str]:
        bib = {} if self.bib is None else {"refs.bib": self.bib}
        return {"cv.yaml": self.cv, **bib} if self.cv else bib

    def encoded(self, name: str, text: str) -> bytes:
        encoding = "utf-8" if name == "cv.yaml" else self.encoding
        return text.encode(encoding, "surrogateescape")

    def __str__(self) -> str:
        return self.name


def cases() -> list[Case]:
    paths = sorted(FOLDER.glob("*.yaml"))
    return [Case(**one) for path in paths for one in yaml.safe_load(path.read_text("utf-8"))]


@pytest.mark.parametrize("case", cases(), ids=str)
def test_case(case: Case, tmp_path: Path) -> None:
    for name, text in case.files.items():
        (tmp_path / name).write_bytes(case.encoded(name, text))
    request = Request(
        tmp_path / next(iter(case.files)), overrides=Overrides(values=tuple(case.set.items()))
    )
    with patch("cvtex.pipeline.usecases.fix.lint", _MadeUp(case.fixes).lint):
        fixed = fix_file(request, RuleSelection(select=("ALL",)), ALL)
    written = {path.name: data for path, data in fixed.after.files.items()}
    texts = {**case.files, **case.fixed}
    _check_left_alone(case, fixed)
    assert {n: written[n] for n in texts} == {n: case.encoded(n, t) for n, t in texts.items()}
    assert case.mended in (None, len(fixed.fixed))


def _check_left_alone(case: Case, fixed: FixResult) -> None:
    left = [one.why for one in fixed.left_alone]
    assert len(left) == len(case.left)
    for part in case.left:
        assert any(part in why for why in left), (part, left)


@dataclass(frozen=True)
class _MadeUp:
    """Finds what regular expressions match; a fix replaces their last group."""

    fixes: list[dict[str, Any]]

    def lint(self, subject: LintContext, found: Sink, _asked: RuleSelection) -> Sink:
        sink, project = Sink(), subject.project
        sink.take(found.found)
        sources = [*project.sources, *_elsewhere(subject)]
        for i, fix in enumerate(self.fixes):
            rule = Rule(f"CV9{i:02}", f"made-up-{i}", Severity.WARNING)
            sink.take(self._findings(rule, fix, sources))
        return sink

    def _findings(
        self, rule: Rule, fix: dict[str, Any], sources: list[Source]
    ) -> Iterator[Diagnostic]:
        matches = [
            (s, m.span(m.lastindex or 0)) for s in sources for m in re.finditer(fix["find"], s.text)
        ]
        safety = Safety.SAFE if fix.get("safe", True) else Safety.UNSAFE
        edits = [Edit(source.span(*place), fix["put"]) for source, place in matches]
        for group in [edits] if fix.get("together") else [[edit] for edit in edits]:
            if group:
                mend = Fix("mend", tuple(group), safety)
                yield Diagnostic(rule, fix["find"], group[0].span, fix=mend)


def _elsewhere(subject: LintContext) -> list[Source]:
    """The sources of values of the command line."""
    headline = subject.project.cv.headline
    span = headline.span if headline is not None else None
    known = subject.project.sources
    return [span.source] if span is not None and span.source not in known else []
