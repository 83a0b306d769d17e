"""The GitHub action and the hooks for pre-commit: their commands are run as they stand."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from cvtex.tex.engines.engine import Engine

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / ".github/actions/cvtex/action.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
STEPS = ACTION["runs"]["steps"]

USES = frozenset(
    (
        "actions/setup-python@v5",
        "actions/upload-artifact@v4",
        "github/codeql-action/upload-sarif@v3",
    )
)
"""The foreign actions that ours may use, with their major versions."""

EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
CONDITION = re.compile(r"inputs\.([\w-]+) (==|!=) '([^']*)'")


@dataclass
class Job:
    """What GitHub does with the steps of the action: the shell ones are run, others are noted."""

    folder: Path
    inputs: dict[str, str]
    outputs: dict[str, str] = field(default_factory=dict)
    used: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    said: str = ""
    code: int = 0

    def run(self) -> Job:
        self.inputs = {name: i["default"] for name, i in ACTION["inputs"].items()} | self.inputs
        for step in STEPS:
            if self.code == 0 and self._wanted(step.get("if")):
                self._step(step)
        return self

    @property
    def summary(self) -> str:
        return (self.folder / "summary.md").read_text("utf-8")

    def _wanted(self, condition: str | None) -> bool:
        if condition is None:
            return True
        match = CONDITION.fullmatch(condition)
        assert match is not None
        return (self.inputs[match[1]] == match[3]) == (match[2] == "==")

    def _value(self, text: str) -> str:
        known = {f"inputs.{name}": value for name, value in self.inputs.items()}
        known |= self.outputs | {"github.action_path": str(ROOT / ".github/actions/cvtex")}
        return EXPRESSION.sub(lambda match: known[match[1]], text)

    def _step(self, step: dict[str, Any]) -> None:
        if "uses" in step:
            given = {name: self._value(value) for name, value in step["with"].items()}
            self.used.append((step["uses"], given))
            return
        output = self.folder / "output.txt"
        output.write_text("")
        command = ["bash", "--noprofile", "--norc", "-euo", "pipefail", "-c", step["run"]]
        env = {name: self._value(value) for name, value in step["env"].items()}
        done = subprocess.run(
            command,
            cwd=self.folder / "checkout",
            env={**self._environment(), **env},
            capture_output=True,
            text=True,
            check=False,
        )
        self.said += done.stdout + done.stderr
        self.code = done.returncode
        for line in output.read_text("utf-8").splitlines():
            name, _, value = line.partition("=")
            self.outputs[f"steps.{step['id']}.outputs.{name}"] = value

    def _environment(self) -> dict[str, str]:
        """A cvtex on the path, so that nothing is installed."""
        shim = self.folder / "bin/cvtex"
        shim.parent.mkdir(exist_ok=True)
        shim.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m cvtex "$@"\n')
        shim.chmod(0o755)
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return {
            **kept,
            "PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.folder),
            "GITHUB_OUTPUT": str(self.folder / "output.txt"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
        }


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The reference CV, checked out."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    for name in ("cv.yaml", "refs.bib"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def test_the_action_builds_the_reference_cv(checkout: Path, pdftex: Engine) -> None:
    job = Job(checkout.parent, {"args": f"--engine {pdftex.name}"}).run()
    assert job.code == 0, job.said
    assert "cvtex is installed" in job.said
    assert "built " in job.said
    assert [name for name, _ in job.used] == [
        "actions/setup-python@v5",
        "actions/upload-artifact@v4",
    ]
    kept = job.used[-1][1]
    assert kept["name"] == "cv"
    assert Path(kept["path"]).name == "cv.pdf"
    assert Path(kept["path"]).read_bytes().startswith(b"%PDF-")
    assert job.summary.startswith("### cvtex lint\n")
    assert sorted(path.name for path in checkout.iterdir()) == ["cv.yaml", "refs.bib"]


def test_the_action_stops_at_an_error_and_annotates_it(checkout: Path) -> None:
    with (checkout / "cv.yaml").open("a", encoding="utf-8") as file:
        file.write("headlin: x\n")
    job = Job(checkout.parent, {"sarif": "true", "python-version": ""}).run()
    assert job.code == 1
    assert "::error file=cv.yaml,line=" in job.said
    assert "error[CV103]: " in job.summary
    ((name, given),) = job.used
    assert name == "github/codeql-action/upload-sarif@v3"
    log = json.loads(Path(given["sarif_file"]).read_text("utf-8"))
    assert "CV103" in [result["ruleId"] for result in log["runs"][0]["results"]]


def test_inputs_are_never_run(checkout: Path) -> None:
    nasty = "a; touch hacked $(touch hacked) `touch hacked` \"'*.yaml"
    (checkout / "cv.yaml").rename(checkout / nasty)
    job = Job(checkout.parent, {"cv": nasty, "lint-args": "--select  CV1\n--strict", "name": ""})
    job.run()
    assert not (checkout / "hacked").exists()
    assert "there is no file" not in job.said


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step["name"])
def test_steps_of_the_action(step: dict[str, Any]) -> None:
    if "uses" in step:
        assert step["uses"] in USES
    else:
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
    named = EXPRESSION.findall(json.dumps(step)) + [
        f"inputs.{match[1]}" for match in CONDITION.finditer(step.get("if", ""))
    ]
    inputs = {name.removeprefix("inputs.") for name in named if name.startswith("inputs.")}
    assert inputs <= set(ACTION["inputs"])


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
