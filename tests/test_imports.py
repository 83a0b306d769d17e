"""The few imports of the commands that scripts and editors repeat."""

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
    *("cvtex.readers", "cvtex.lower", "cvtex.schema", "cvtex.theme", "cvtex.writers.latex"),
}
"""Modules that take long to import."""

CVTEX = (sys.executable, "-m", "cvtex")
RUN = """
import sys
from cvtex.cli.run import run
try:
    run()
finally:
    print("\\n" + " ".join(sys.modules))
"""


def slow_imports(words: list[str], folder: Path, environment: dict[str, str]) -> set[str]:
    said = subprocess.run(
        [sys.executable, "-c", RUN, *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return SLOW.intersection(said.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_imports_of_the_version(option: str, tmp_path: Path) -> None:
    assert slow_imports([option], tmp_path, dict(os.environ)) == set()


def test_imports_of_a_build_that_has_nothing_to_do(tmp_path: Path) -> None:
    for name in ("cv.yaml", "refs.bib"):
        shutil.copy(ROOT / name, tmp_path)
    environment = {**os.environ, "CVTEX_CACHE_DIR": str(tmp_path / "cache")}
    subprocess.run([*CVTEX, "build"], cwd=tmp_path, check=True, env=environment)
    assert slow_imports(["build"], tmp_path, environment) == {"typer"}


def test_no_plugin_of_pydantic_has_a_say(tmp_path: Path) -> None:
    folder = tmp_path / "meddler-1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Name: meddler\nVersion: 1\n", encoding="utf-8")
    (folder / "entry_points.txt").write_text("[pydantic]\nmeddler = meddler:it\n", encoding="utf-8")
    (tmp_path / "meddler.py").write_text("raise SystemExit('meddled')\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    subprocess.run([*CVTEX, "lint", "cv.yaml"], cwd=ROOT, env=environment, check=True)
