"""Faults that people make: nearly all are found, and nearly all at the line that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvtex.pipeline.usecases.lint import lint_file
from cvtex.pipeline.usecases.request import Request
from injection import Injected, injected

ROOT = Path(__file__).parents[1]
FILES = {name: (ROOT / name).read_bytes() for name in ("cv.yaml", "refs.bib")}
FAULTS = injected(*(data.decode() for data in FILES.values()))
WANTED = 0.95


@pytest.fixture(autouse=True)
def _late_in_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")


def lines(fault: Injected | None) -> list[int]:
    """The lines of the findings in the file that has the fault, or in both files."""

    def disk(path: Path) -> bytes:
        broken = fault is not None and path.name == fault.file
        return fault.text.encode() if fault and broken else FILES[path.name]

    found = lint_file(Request(ROOT / "cv.yaml"), disk=disk).found
    places = [one.span for one in found if one.span is not None]
    return [
        place.first.line
        for place in places
        if fault is None or Path(place.source.path).name == fault.file
    ]


def test_the_reference_cv_has_no_finding() -> None:
    assert lines(None) == []


def test_faults_are_found_at_their_lines() -> None:
    assert len(FAULTS) >= 200
    results = {fault: lines(fault) for fault in FAULTS}
    found = [fault for fault, at in results.items() if at]
    exact = [fault for fault in found if fault.line in results[fault]]
    missed = [f"{fault.kind}, line {fault.line}" for fault in FAULTS if fault not in found]
    assert len(found) >= WANTED * len(FAULTS), missed
    assert len(exact) >= WANTED * len(found)
