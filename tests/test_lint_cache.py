"""What is remembered of a lint: the same findings, and only as long as nothing has changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cvtex.diagnostics.diagnostic import Diagnostic
from cvtex.lint.registry import rules
from cvtex.lint.selection import RuleSelection
from cvtex.pipeline.persistence.fingerprints import LintRecord
from cvtex.pipeline.usecases import lint_cache
from cvtex.pipeline.usecases.lint_cache import lint_again
from cvtex.pipeline.usecases.request import Request
from cvtex.report.formats import sarif
from cvtex.report.formats.findings import Findings
from cvtex.report.machine import diagnostics_json
from cvtex.support.cache import Cache

CV = """\
name: Emmy Noether
headline: The the é
phoen: 1
sections:
- {kind: text, title: T, body: B}
"""
BIB = "@misc{a, author={Noether, Emmy}, title={A &amp; B}, year=1921}\n@misc{a, title={X}}\n"


@pytest.fixture
def lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Diagnostic]]:
    monkeypatch.chdir(tmp_path)
    Path("cv.yaml").write_text(CV, encoding="utf-8")
    Path("refs.bib").write_text(BIB, encoding="utf-8")

    def run(*, known: bool, asked: RuleSelection = RuleSelection()) -> list[Diagnostic]:  # noqa: B008
        """Lint, and make sure that it was remembered or was not."""
        before = find_known()
        found = lint_again(Request(Path("cv.yaml")), asked, Cache(tmp_path / "cache"))
        assert (find_known() > before) is known
        return found

    replays: list[bool] = []
    known_findings = lint_cache._known

    def counted(record: LintRecord) -> list[Diagnostic] | None:
        found = known_findings(record)
        replays.extend([True] if found is not None else [])
        return found

    def find_known() -> int:
        return len(replays)

    monkeypatch.setattr(lint_cache, "_known", counted)
    return run


def test_the_findings_are_the_same(lint: Callable[..., list[Diagnostic]]) -> None:
    first = lint(known=False)
    again = lint(known=True)
    assert {one.rule.code for one in first} >= {"CV103", "CV211", "CV302"}
    assert diagnostics_json(again) == diagnostics_json(first)
    assert [one.rule for one in again] == [one.rule for one in first]
    assert sarif.render(of(again)) == sarif.render(of(first))


def of(found: list[Diagnostic]) -> Findings:
    return Findings(tuple(found), (), rules())


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'{"inputs": 1}', b"null"])
def test_a_damaged_record_does_no_harm(
    lint: Callable[..., list[Diagnostic]], data: bytes, tmp_path: Path
) -> None:
    first = lint(known=False)
    for record in (tmp_path / "cache/builds").iterdir():
        record.write_bytes(data)
    assert diagnostics_json(lint(known=False)) == diagnostics_json(first)
    lint(known=True)


@pytest.mark.skipif(sys.platform != "linux", reason="paths are Unicode there")
def test_a_folder_whose_name_is_no_unicode(
    lint: Callable[..., list[Diagnostic]], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = lint(known=False)
    folder = Path(os.fsdecode(b"caf\xe9")).absolute()
    folder.mkdir()
    for name in ("cv.yaml", "refs.bib"):
        Path(name).rename(folder / name)
    monkeypatch.chdir(folder)
    assert [one.rule for one in lint(known=False)] == [one.rule for one in first]
    lint(known=False)


@pytest.mark.parametrize(
    ("path", "text"),
    [("cv.yaml", CV.replace("The the", "The")), ("refs.bib", BIB + "%"), ("refs.bib", None)],
)
def test_a_change_is_seen(
    lint: Callable[..., list[Diagnostic]], path: str, text: str | None
) -> None:
    lint(known=False)
    if text is None:
        Path(path).unlink()
    else:
        Path(path).write_text(text, encoding="utf-8")
    lint(known=False)
    lint(known=True)


def test_a_file_that_was_only_touched_has_not_changed(
    lint: Callable[..., list[Diagnostic]],
) -> None:
    lint(known=False)
    os.utime("cv.yaml", (1, 1))
    lint(known=True)


def test_other_rules_and_another_day_are_another_question(
    lint: Callable[..., list[Diagnostic]], monkeypatch: pytest.MonkeyPatch
) -> None:
    lint(known=False)
    lint(known=False, asked=RuleSelection(select=("CV2",)))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2000000000")
    lint(known=False)
    lint(known=True)


def test_a_file_in_another_encoding_is_read_again(
    lint: Callable[..., list[Diagnostic]],
) -> None:
    Path("cv.yaml").write_bytes(CV.encode("utf-16"))
    lint(known=False)
    lint(known=False)
