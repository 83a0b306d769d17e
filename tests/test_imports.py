"""What each command imports of the libraries and packages that are slow to import.

Most of the time a short command takes is that of its imports, so each has a list of those it may
have. What is not on it is imported where it is needed: by another command, or for another CV.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

SLOW = {
    *("babel", "bibtexparser", "citeproc", "ftfy", "lxml", "markdown_it", "pydantic"),
    *("pylatex", "pylatexenc", "rich", "typer", "yaml"),
    *(
        "cvtex.readers.bibtex",
        "cvtex.writers.latex",
        "cvtex.lower",
        "cvtex.schema",
        "cvtex.tex.find",
        "cvtex.theme",
    ),
}

COMMAND = {"typer"}
"""What every command has."""

CHECK = COMMAND | {
    *("bibtexparser", "markdown_it", "pydantic", "pylatexenc", "yaml"),
    *("cvtex.readers.bibtex", "cvtex.lower", "cvtex.schema", "cvtex.theme"),
}
"""What it takes to read a CV and lower it."""

ALLOWED: dict[str, set[str]] = {
    "--version": set(),
    "-V": set(),
    "--help": COMMAND,
    "lint --help": COMMAND,
    "new mine": COMMAND,
    "schema": COMMAND | {"pydantic", "cvtex.schema"},
    "themes": COMMAND | {"rich", "yaml", "pydantic", "cvtex.schema", "cvtex.theme"},
    "lint": CHECK,
    "refs": CHECK | {"rich"},
    "refs --format json": CHECK,
    "build --to tex": CHECK | {"rich", "pylatex", "cvtex.writers.latex", "cvtex.tex.find"},
    "build": CHECK | {"pylatex", "cvtex.writers.latex", "cvtex.tex.find"},
    "build again": COMMAND | {"cvtex.tex.find"},
}
"""What each command may import; `again` is a build that has nothing to do."""

CVTEX = (sys.executable, "-m", "cvtex")
RUN = """
import sys
from cvtex.cli.run import run
try:
    run()
finally:
    print("\\n" + " ".join(sys.modules))
"""


def test_completion_imports_nothing_slow() -> None:
    asked = {"_CVTEX_COMPLETE": "complete_bash", "COMP_WORDS": "cvtex bu", "COMP_CWORD": "1"}
    said = subprocess.run(
        [sys.executable, "-c", RUN],
        env={**os.environ, **asked},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    first, *_, imported = said.stdout.splitlines()
    assert first == "build"
    assert (SLOW | {"msgspec", "pathlib"}).isdisjoint(imported.split())


@pytest.mark.parametrize("command", ALLOWED)
def test_imports(command: str, tmp_path: Path) -> None:
    for name in ("cv.yaml", "refs.bib"):
        shutil.copy(ROOT / name, tmp_path)
    words = command.removesuffix(" again").split()
    environment = {**os.environ, "CVTEX_CACHE_DIR": str(tmp_path / "cache")}
    if command.endswith(" again"):
        subprocess.run([*CVTEX, *words], cwd=tmp_path, check=True, env=environment)
    said = subprocess.run(
        [sys.executable, "-c", RUN, *words],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    imported = said.stdout.splitlines()[-1].split()
    assert SLOW.intersection(imported) <= ALLOWED[command]


def test_no_plugin_of_pydantic_has_a_say(tmp_path: Path) -> None:
    folder = tmp_path / "meddler-1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Name: meddler\nVersion: 1\n", encoding="utf-8")
    (folder / "entry_points.txt").write_text("[pydantic]\nmeddler = meddler:it\n", encoding="utf-8")
    (tmp_path / "meddler.py").write_text("raise SystemExit('meddled')\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    subprocess.run([*CVTEX, "lint", "cv.yaml"], cwd=ROOT, env=environment, check=True)
