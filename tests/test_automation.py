"""The GitHub action and the hooks for pre-commit: their commands are run as they stand."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from cvtex.tex.engines.engine import Engine

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / ".github/actions/cvtex/action.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}

USES = frozenset(
    (
        "actions/setup-python@v5",
        "actions/upload-artifact@v4",
        "github/codeql-action/upload-sarif@v3",
    )
)
"""The foreign actions that ours may use, with their major versions."""


def run(name: str, checkout: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run the script of a step as GitHub does, with values for the variables that it is given."""
    step = STEPS[name]
    assert set(given) == set(step["env"])
    shim = checkout.parent / "bin/cvtex"
    shim.parent.mkdir(exist_ok=True)
    shim.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m cvtex "$@"\n')
    shim.chmod(0o755)
    kept = {variable: value for variable, value in os.environ.items() if variable != "PYTHONPATH"}
    files = {
        "RUNNER_TEMP": checkout.parent,
        "GITHUB_OUTPUT": checkout.parent / "output.txt",
        "GITHUB_STEP_SUMMARY": checkout.parent / "summary.md",
    }
    path = f"{shim.parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-euo", "pipefail", "-c", step["run"]],
        cwd=checkout,
        env={**kept, **{key: str(file) for key, file in files.items()}, "PATH": path, **given},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def output(checkout: Path, name: str) -> Path:
    """The file that a step says it has written."""
    said = (checkout.parent / "output.txt").read_text("utf-8")
    return Path(said.removeprefix(f"{name}=").rstrip("\n"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The reference CV, checked out."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    for name in ("cv.yaml", "refs.bib"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def test_cvtex_is_not_installed_twice(checkout: Path) -> None:
    done = run("Install cvtex", checkout, WANTED="", OWN=str(ROOT))
    assert done.returncode == 0
    assert done.stdout.startswith("cvtex is installed\ncvtex ")


def test_the_build_writes_the_pdf_elsewhere(checkout: Path, pdftex: Engine) -> None:
    done = run("Build", checkout, CV="cv.yaml", ARGS=f"--engine {pdftex.name}")
    assert done.returncode == 0, done.stdout
    pdf = output(checkout, "pdf")
    assert pdf.name == "cv.pdf"
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert sorted(path.name for path in checkout.iterdir()) == ["cv.yaml", "refs.bib"]


def test_the_check_annotates_errors_and_stops(checkout: Path) -> None:
    assert run("Check", checkout, CV="cv.yaml", ARGS="").returncode == 0
    with (checkout / "cv.yaml").open("a", encoding="utf-8") as file:
        file.write("headlin: x\n")
    done = run("Check", checkout, CV="cv.yaml", ARGS="")
    assert done.returncode == 1
    assert "::error file=cv.yaml,line=" in done.stdout
    summary = (checkout.parent / "summary.md").read_text("utf-8")
    assert summary.startswith("### cvtex lint\n")
    assert "error[CV103]: " in summary


def test_findings_for_code_scanning_stop_nothing(checkout: Path) -> None:
    (checkout / "cv.yaml").write_text("name: E\nsections: []\nheadlin: x\n", "utf-8")
    done = run("Findings for code scanning", checkout, CV="cv.yaml", ARGS="")
    assert done.returncode == 0, done.stdout
    log = json.loads(output(checkout, "file").read_text("utf-8"))
    assert "CV103" in [result["ruleId"] for result in log["runs"][0]["results"]]


@pytest.mark.parametrize("step", ["Findings for code scanning", "Check", "Build"])
def test_inputs_are_never_run(checkout: Path, step: str) -> None:
    nasty = "a; touch hacked $(touch hacked) `touch hacked` \"'*.yaml"
    (checkout / "cv.yaml").rename(checkout / nasty)
    arguments = "--select  CV1\n--strict" if step != "Build" else "--to  tex\n--quiet"
    done = run(step, checkout, CV=nasty, ARGS=arguments)
    assert not (checkout / "hacked").exists()
    assert "there is no file" not in done.stdout
    assert "No such option" not in done.stdout


def test_the_action_step_by_step() -> None:
    """In which order, under which condition, and with which input each step is run."""
    given = {
        name: (step.get("if"), step.get("uses"), step.get("env") or step["with"])
        for name, step in STEPS.items()
    }
    linted = {"CV": "${{ inputs.cv }}", "ARGS": "${{ inputs.lint-args }}"}
    sarif = "inputs.sarif == 'true'"
    expected = {
        "Set up Python": (
            "inputs.python-version != ''",
            "actions/setup-python@v5",
            {"python-version": "${{ inputs.python-version }}"},
        ),
        "Install cvtex": (
            None,
            None,
            {"WANTED": "${{ inputs.cvtex }}", "OWN": "${{ github.action_path }}/../../.."},
        ),
        "Findings for code scanning": (sarif, None, linted),
        "Upload findings": (
            sarif,
            "github/codeql-action/upload-sarif@v3",
            {"sarif_file": "${{ steps.sarif.outputs.file }}", "category": "cvtex"},
        ),
        "Check": (None, None, linted),
        "Build": (None, None, {"CV": "${{ inputs.cv }}", "ARGS": "${{ inputs.args }}"}),
        "Keep the PDF": (
            "inputs.name != ''",
            "actions/upload-artifact@v4",
            {
                "name": "${{ inputs.name }}",
                "path": "${{ steps.build.outputs.pdf }}",
                "if-no-files-found": "error",
            },
        ),
    }
    assert given == expected
    assert list(given) == list(expected)
    assert {name: step["id"] for name, step in STEPS.items() if "id" in step} == {
        "Findings for code scanning": "sarif",
        "Build": "build",
    }


@pytest.mark.parametrize("name", [name for name, step in STEPS.items() if "run" in step])
def test_scripts_contain_no_expressions(name: str) -> None:
    assert STEPS[name]["shell"] == "bash"
    assert "${{" not in STEPS[name]["run"]


def test_workflows_use_the_same_versions() -> None:
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        jobs = yaml.safe_load(path.read_text("utf-8"))["jobs"].values()
        used = {step["uses"] for job in jobs for step in job["steps"] if "uses" in step}
        assert used <= USES | {"actions/checkout@v4"}


def test_every_input_is_documented_and_used() -> None:
    used = re.findall(r"inputs\.([\w-]+)", json.dumps(STEPS))
    assert set(used) == set(ACTION["inputs"])
    page = (ROOT / "docs/lint.md").read_text("utf-8")
    assert all(f"`{name}`" in page for name in ACTION["inputs"])


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_hooks(hook: dict[str, Any], checkout: Path) -> None:
    before = {path.name: path.read_bytes() for path in checkout.iterdir()}
    command = shlex.split(hook["entry"])
    assert command.pop(0) == "cvtex"
    done = subprocess.run(
        [sys.executable, "-m", "cvtex", *command], cwd=checkout, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert {path.name: path.read_bytes() for path in checkout.iterdir()} == before


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("cv.yaml", True),
        ("papers/refs.bib", True),
        ("cv/me.yml", True),
        ("styles/nature.csl", True),
        ("README.md", False),
        ("cv.yaml.orig", False),
    ],
)
def test_the_files_that_run_hooks(path: str, wanted: bool) -> None:
    for hook in HOOKS:
        assert bool(re.search(hook["files"], path)) == wanted
        assert hook["language"] == "python"
        assert hook["pass_filenames"] is False
