"""The wheel, as a user gets it: installed into an empty environment, it builds a CV."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from cvtex.tex.find import find_engines

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    run = subprocess.run([*command, str(ROOT)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_themes_and_starter(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "cvtex/templates/classic/theme.yaml",
        "cvtex/templates/classic/cvtex-classic.sty",
        "cvtex/templates/common/cvtex-common.sty",
        "cvtex/diagnostics/catalogue/texts/CV201.md",
        "cvtex/cli/starter/cv.yaml",
        "cvtex/cli/starter/refs.bib",
        "cvtex/py.typed",
    } <= names
    assert not [name for name in names if name.startswith(("tests", "src"))]


def test_a_cv_builds_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """The dependencies are those of this environment, so that nothing is downloaded."""
    assert find_engines(), "no TeX engine: install the extra `tinytex`"
    python = empty_environment(tmp_path / "venv")
    install = [
        str(python),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    (site,) = (tmp_path / "venv").glob("**/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    cv = tmp_path / "cv"
    assert cvtex(python, tmp_path, "new", "cv").returncode == 0
    built = cvtex(python, cv, "build", "--format", "json")
    assert built.returncode == 0, built.stdout + built.stderr
    assert json.loads(built.stdout)["ok"]
    assert (cv / "cv.pdf").read_bytes().startswith(b"%PDF-")


def empty_environment(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    return folder / ("Scripts" if os.name == "nt" else "bin") / "python"


def cvtex(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run cvtex of the new environment, from which the checkout cannot be imported."""
    code = "import cvtex.cli.run as m, cvtex; assert 'site-packages' in cvtex.__file__; m.run()"
    command = [str(python), "-c", code, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
