"""Completion in the shell: it is asked as the scripts of the shells ask."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cvtex.writers.registry import WRITERS

TESTS = Path(__file__).parent
CV = """\
name: Emmy Noether
language: en
headline: {en: Mathematician, da: Matematiker}
sections:
- {kind: text, id: summary, title: Summary, body: Invariants.}
- {kind: text, title: Research, body: Rings.}
variants: {short: {sections: [summary]}, long: {}}
"""
FAULTY = CV + "headlin: x\nphoto: a: b\n"


def ask(shell: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Ask as the script of a shell does behind these words, of which the last is incomplete."""
    line = ("cvtex", *words)
    if shell == "bash":
        asked = {"COMP_WORDS": "\n".join(line), "COMP_CWORD": str(len(words))}
    else:
        asked = {"_TYPER_COMPLETE_ARGS": " ".join(line)}
    asked |= {"_CVTEX_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    return subprocess.run(
        [sys.executable, "-m", "cvtex"],
        env={**os.environ, **asked},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def offered(*words: str) -> list[str]:
    said = ask("bash", *words)
    assert (said.returncode, said.stderr) == (0, "")
    return said.stdout.split("\n")[:-1]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cv.yaml").write_text(CV, encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("bu", ["build"]),
        ("build --va", ["--variant"]),
        ("cache cl", ["clear"]),
        ("build --variant ", ["short", "long"]),
        ("watch --variant s", ["short"]),
        ("refs --variant l", ["long"]),
        ("doctor --lang d", ["da", "de", "de-CH"]),
        ("lint --lang e", ["en", "en-GB", "en-US", "es"]),
        ("build --theme cl", ["classic"]),
        ("build --format ", ["text", "json"]),
        ("lint --format gi", ["github", "gitlab"]),
        ("rules --format m", ["markdown"]),
        ("lint --select CV10", [f"CV10{number}" for number in range(10)]),
        ("lint --ignore CV102,invalid-y", ["CV102,invalid-yaml"]),
        ("explain doubled-w", ["doubled-word"]),
        ("build --set limits.", ["limits.pages=", "limits.publications="]),
        ("build --set variants.s", ["variants.short.sections="]),
        ("build zz", []),
    ],
)
def test_what_is_offered(line: str, values: list[str]) -> None:
    assert offered(*line.split(" ")) == (values or [""])


def test_outputs_are_the_writers() -> None:
    assert offered("build", "--to", "") == [writer.name for writer in WRITERS]


def test_engines_are_those_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "bin/xelatex"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    found = offered("build", "--engine", "")
    assert [name for name in found if name != "tinytex"] == ["auto", "xelatex"]


def test_a_theme_beside_the_cv_is_offered_with_its_options() -> None:
    classic = TESTS.parent / "templates/classic"
    shutil.copytree(classic, "templates/mine")
    assert offered("build", "--theme", "") == ["mine", "classic"]
    assert offered("build", "--set", "theme.pap") == ["theme.paper="]


@pytest.mark.parametrize("place", ["people/emmy.yaml", "people"])
def test_the_cv_that_is_named_counts(place: str) -> None:
    Path("people").mkdir()
    for name in ("emmy.yaml", "cv.yaml"):
        Path("people", name).write_text(CV.replace("short:", "brief:"), encoding="utf-8")
    assert offered("build", place, "--variant", "") == ["brief", "long"]
    assert offered("watch", place, "--quiet", "--variant", "b") == ["brief"]


def test_zsh_and_fish_take_values_behind_the_sign() -> None:
    line = ("build", "--set", "variants.short.sections=")
    assert ask("zsh", *line).stdout == (
        '_arguments \'*: :(("variants.short.sections=summary"\n'
        '"variants.short.sections=Research"))\'\n'
    )
    words = ask("fish", "build", "--set", "theme.font=x").stdout
    assert words == "theme.font=xcharter\n"
    assert ask("fish", "build", "--set", "engine=au").stdout == "engine=auto\n"
    assert ask("fish", "lint", "--set", "language=d").stdout.split() == [
        "language=da",
        "language=de",
        "language=de-CH",
    ]


def test_help_is_shown_where_the_shell_shows_it() -> None:
    assert ask("zsh", "build", "--to", "te").stdout.startswith('_arguments \'*: :(("tex":"')
    assert ask("fish", "build", "--theme", "c").stdout == "classic\tClassic\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("text", [FAULTY, CV + "me: [", "", "- a\n", "\0", None])
def test_a_cv_with_an_error_does_not_disturb(shell: str, text: str | None) -> None:
    Path("cv.yaml").unlink()
    if text is not None:
        Path("cv.yaml").write_text(text, encoding="utf-8")
    for option in ("--variant", "--lang", "--theme", "--set"):
        said = ask(shell, "build", option, "")
        assert (said.returncode, said.stderr) == (0, "")
        assert "rror" not in said.stdout
    if text == FAULTY:
        assert "short" in ask(shell, "build", "--variant", "").stdout


def test_a_bug_prints_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import cvtex.cli.completion as c\nc._tree = lambda path: 1 / 0\n", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    said = ask("bash", "build", "--variant", "")
    assert (said.returncode, said.stdout, said.stderr) == (3, "", "")


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_the_script_for_bash() -> None:
    shim = Path("bin/cvtex")
    shim.parent.mkdir()
    shim.write_text(f"#!{sys.executable}\nfrom cvtex.cli.run import run\nrun()\n", "utf-8")
    shim.chmod(0o755)
    script = (
        'eval "$(_CVTEX_COMPLETE=source_bash cvtex)"\n'
        "COMP_WORDS=(cvtex build --variant s) COMP_CWORD=3\n"
        "_cvtex_completion cvtex\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    said = subprocess.run(
        ["bash", "--norc", "-c", script],
        env={**os.environ, "PATH": f"{shim.parent.absolute()}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (said.stdout, said.stderr) == ("short\n", "")
