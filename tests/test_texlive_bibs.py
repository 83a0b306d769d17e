"""Every .bib file of a TeX Live: all of it is accounted for, and it builds or says why not.

The ratchet in `cases/texlive.yaml` works both ways: a file that stops building fails, and so does
a file that is listed with faults and no longer has them.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import installed_engine
from cvtex.diagnostics.catalogue import UNPRINTABLE_CHARACTER
from cvtex.diagnostics.diagnostic import Severity, Sink
from cvtex.lower.document import lower
from cvtex.lower.ledger import EntryState
from cvtex.pipeline.usecases.build import build_cv
from cvtex.pipeline.usecases.request import Request
from cvtex.project.load import load_project
from cvtex.project.overrides import Overrides

TREE = Path("/usr/share/texlive/texmf-dist/bibtex/bib")
"""Where Debian's texlive-bibtex-extra and texlive-base put them."""

RATCHET: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "cases/texlive.yaml").read_text(encoding="utf-8")
)
START = re.compile(r"(?im)^[ \t]*@(?!(?:comment|string|preamble)\b)[a-z]+\s*[{(]")
"""An entry begins a line; counted without the reader that is under test."""

SIZES = {path: path.stat().st_size for path in TREE.rglob("*.bib")}
FILES = sorted((path for path, size in SIZES.items() if size > 2048), key=SIZES.__getitem__)
SMALL = [path for path in FILES if SIZES[path] < 300_000]


def cv_for(bib: Path, folder: Path) -> Path:
    cv = folder / "cv.yaml"
    cv.write_text(
        f"name: Nobody\nbibliography: {{files: ['{bib}'], links: []}}\n"
        "sections:\n- {kind: publications, title: All, select: {}}\n",
        encoding="utf-8",
    )
    return cv


def name(path: Path) -> str:
    return path.relative_to(TREE).as_posix()


def known_faults(path: Path) -> dict[str, int]:
    """Return the faults of a file; those of one edition of it are listed with its size."""
    faults: dict[str, dict[str, int]] = RATCHET["faults"]
    edition = f"{name(path)} ({SIZES[path]} bytes)"
    return faults.get(edition) or faults.get(name(path), {})


def test_the_files_are_there() -> None:
    if FILES and any(name(path) == "biblatex/biblatex/biblatex-examples.bib" for path in FILES):
        assert len(FILES) >= RATCHET["files"]
        return
    reason = f"no .bib files below {TREE}: install texlive-bibtex-extra"
    if os.environ.get("CVTEX_TEST_ENGINES") == "all":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.mark.parametrize("bib", FILES, ids=name)
def test_every_entry_is_accounted_for(bib: Path, tmp_path: Path) -> None:
    sink = Sink()
    project = load_project(cv_for(bib, tmp_path), Overrides(), date(2024, 1, 1), sink)
    assert project is not None
    ledger = lower(project, sink).ledger
    starts = len(START.findall(bib.read_bytes().decode("latin-1")))
    assert ledger.count() == starts + RATCHET["uncounted"].get(name(bib), 0)
    assert sum(ledger.count(state) for state in EntryState) == ledger.count()
    assert all(e.why for e in ledger.entries if e.state is not EntryState.PRINTED)
    errors = [d for d in sink if d.severity is Severity.ERROR]
    assert all(d.span is not None for d in errors)
    assert dict(Counter(d.rule.code for d in errors)) == known_faults(bib)


@pytest.mark.parametrize("bib", SMALL, ids=name)
def test_what_has_no_fault_builds(bib: Path, tmp_path: Path) -> None:
    result = build_cv(Request(cv_for(bib, tmp_path)))
    if any(d.rule is UNPRINTABLE_CHARACTER for d in result.diagnostics):
        installed_engine("xelatex")
    assert result.ok == (not known_faults(bib))
    assert not [d for d in result.diagnostics if d.rule.code.startswith("CV4")]
    assert all(output.passes <= 1 for output in result.outputs)


def test_biblatex_examples_print_completely(tmp_path: Path) -> None:
    bib = TREE / "biblatex/biblatex/biblatex-examples.bib"
    if not bib.is_file():
        pytest.skip(f"{bib.name} is not installed (Debian: texlive-bibtex-extra)")
    result = build_cv(Request(cv_for(bib, tmp_path)))
    kept_back = [e for e in result.ledger.entries if e.state is not EntryState.PRINTED]
    assert result.ok
    assert result.ledger.count() == 92
    assert {(e.key, e.type, e.rule) for e in kept_back} == {
        ("set", "set", "not-a-work"),
        ("stdmodel", "set", "not-a-work"),
    }
