"""`cvtex lint`, `cvtex rules` and `cvtex explain`: their options and how they exit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from conftest import Cvtex
from cvtex.lint.registry import rules

TAIL = "sections:\n- {kind: text, title: Summary, body: Invariants.}\n"
FINE = "name: Emmy Noether\n" + TAIL
WARNING = "name: Emmy Noether\nheadline: the the end\n" + TAIL
ERROR = "name: Emmy Noether\nheadlin: the end\n" + TAIL
BIB = "@article{a,\n  author = {Noether, Emmy},\n  title = {A \\nosuch x},\n  year = 1918,\n}\n"


@pytest.fixture(autouse=True)
def _files(cvtex: Cvtex) -> None:  # noqa: ARG001  # which has changed into an empty directory
    for name, text in {
        "fine.yaml": FINE,
        "warning.yaml": WARNING,
        "error.yaml": ERROR,
        "refs.bib": BIB,
    }.items():
        Path(name).write_text(text, encoding="utf-8")


ONLY = ("--select", "CV211", "--format", "concise")
"""What reading finds is an error or not selected, so that other rules do not matter here."""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("fine.yaml",), 0),
        (("warning.yaml",), 0),
        (("warning.yaml", "--strict"), 1),
        (("fine.yaml", "--strict"), 0),
        (("error.yaml",), 1),
        (("error.yaml", "--exit-zero"), 0),
        (("error.yaml", "--strict", "--exit-zero"), 0),
        (("fine.yaml", "error.yaml", "warning.yaml"), 1),
        (("nosuch.yaml", "--exit-zero"), 2),
        (("error.yaml", "nosuch.yaml", "fine.yaml"), 2),
        (("fine.yaml", "--set", "x"), 2),
        (("fine.yaml", "--variant", "short"), 2),
        (("fine.yaml", "--format", "nosuch"), 2),
        ((), 2),
    ],
)
def test_exit_codes(cvtex: Cvtex, arguments: tuple[str, ...], code: int) -> None:
    assert cvtex("lint", *arguments, *(ONLY if "--format" not in arguments else ())).code == code


def test_infos_are_not_strict(cvtex: Cvtex) -> None:
    info = next(r for r in rules() if r.severity == "info")
    said = cvtex("lint", "fine.yaml", "--select", info.code, "--strict")
    assert said.code == 0


def test_several_files_and_each_finding_once(cvtex: Cvtex) -> None:
    both = FINE.replace("sections:", "bibliography: {files: [refs.bib]}\nsections:")
    Path("both.yaml").write_text(both, encoding="utf-8")
    said = cvtex("lint", "both.yaml", "warning.yaml", "refs.bib", "both.yaml",
                 "--select", "CV211,CV305", "--format", "concise")  # fmt: skip
    places = [line.partition(" ")[0] for line in said.out.splitlines()]
    assert places == ["refs.bib:3:14:", "warning.yaml:2:14:"]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("--select", "CV211"), True),
        (("--select", "cv2"), True),
        (("--select", "CV209"), False),
        (("--select", "CV209,doubled-word"), True),
        (("--select", "CV209", "--select", "CV211"), True),
        (("--select", "CV209", "--extend-select", "CV211"), True),
        (("--select", "CV2", "--ignore", "CV211"), False),
        (("--select", "CV2", "--ignore", "CV209, CV211"), False),
    ],
)
def test_selection(cvtex: Cvtex, arguments: tuple[str, ...], found: bool) -> None:
    said = cvtex("lint", "warning.yaml", "--format", "concise", *arguments)
    assert ("CV211" in said.out) == found


def test_the_command_line_overrules_what_the_cv_ignores(cvtex: Cvtex) -> None:
    Path("warning.yaml").write_text(WARNING + "lint: {ignore: CV211}\n", encoding="utf-8")
    concise = ("lint", "warning.yaml", "--format", "concise")
    assert "CV211" not in cvtex(*concise).out
    assert "CV211" not in cvtex(*concise, "--select", "CV2").out
    assert "CV211" in cvtex(*concise, "--select", "cv211").out
    assert "CV211" in cvtex(*concise, "--extend-select", "CV211").out


@pytest.mark.parametrize("option", ["--select", "--extend-select", "--ignore"])
def test_an_unknown_rule_is_a_wrong_call(cvtex: Cvtex, option: str) -> None:
    said = cvtex("lint", "warning.yaml", option, "CV104,dubled-word")
    assert said.code == 2
    assert "there is no rule `dubled-word`" in said.err
    assert "did you mean `doubled-word`?" in said.err
    assert said.out == ""


@pytest.mark.parametrize("option", ["--select", "--extend-select", "--ignore"])
def test_a_rule_that_was_taken_out_stops_nothing(cvtex: Cvtex, option: str) -> None:
    said = cvtex("lint", "warning.yaml", option, "CV211,CV124", "--format", "concise")
    assert said.code == 0
    assert said.err == "cvtex no longer has the rule `CV124`\n"
    assert ("CV211" in said.out) == (option != "--ignore")


def test_wrong_calls_in_formats_for_machines(cvtex: Cvtex) -> None:
    wrong = ("lint", "nosuch.yaml", "--format")
    (found,) = json.loads(cvtex(*wrong, "json").out)
    assert (found["code"], found["path"]) == ("CV100", "nosuch.yaml")
    assert cvtex(*wrong, "github").out.startswith("::error file=nosuch.yaml,title=CV100 usage::")
    (issue,) = json.loads(cvtex(*wrong, "gitlab").out)
    assert issue["check_name"] == "CV100"
    (run,) = json.loads(cvtex(*wrong, "sarif").out)["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    root = ET.fromstring(cvtex(*wrong, "junit").out.encode())
    assert root.get("failures") == "1"
    for format_ in ("json", "github", "gitlab", "sarif", "junit"):
        for arguments in (wrong, ("lint", "fine.yaml", "--select", "no", "--format")):
            said = cvtex(*arguments, format_)
            assert (said.code, said.err) == (2, "")
    for format_ in ("text", "concise"):
        said = cvtex(*wrong, format_)
        assert (said.code, said.out) == (2, "")
        assert "there is no file `nosuch.yaml`" in said.err


def test_findings_of_other_files_are_shown_beside_a_wrong_one(cvtex: Cvtex) -> None:
    said = cvtex("lint", "nosuch.yaml", "error.yaml", "nor.yaml", *ONLY)
    assert said.code == 2
    assert "error.yaml:2:1: CV103" in said.out
    assert "nosuch.yaml" in said.err
    assert "nor.yaml" in said.err


@pytest.mark.parametrize("output", ["error.yaml", "refs.bib", "new.yml", "./error.txt"])
def test_findings_do_not_replace_a_source(cvtex: Cvtex, output: str) -> None:
    Path("error.txt").write_text(ERROR)
    before = {path: path.read_bytes() for path in Path().iterdir()}
    said = cvtex("lint", "error.yaml", "error.txt", "--fix", "-o", output)
    assert said.code == 2
    assert f"`{Path(output)}` is not a file for findings" in said.err
    assert {path: path.read_bytes() for path in Path().iterdir()} == before


def test_output_goes_to_a_file(cvtex: Cvtex) -> None:
    for format_ in ("text", "json"):
        shown = cvtex("lint", "error.yaml", "--format", format_).out
        said = cvtex("lint", "error.yaml", "--format", format_, "--output", "out.txt")
        assert (said.code, said.out) == (1, "")
        assert Path("out.txt").read_text(encoding="utf-8") == shown
    assert cvtex("lint", "error.yaml", "-o", "nosuch/out.txt").code == 2


def test_statistics(cvtex: Cvtex) -> None:
    two = WARNING.replace("Invariants.", "the the end")
    Path("two.yaml").write_text(two, encoding="utf-8")
    chosen = ("lint", "two.yaml", "error.yaml", "--statistics", "--select", "CV211")
    said = cvtex(*chosen)
    assert said.code == 1
    assert said.out.splitlines()[0] == "2  CV211  [*]  doubled-word"
    assert said.out.splitlines()[1].startswith("1  CV103")
    doubled, unknown = json.loads(cvtex(*chosen, "--format", "json").out)
    assert doubled == {
        "code": "CV211", "name": "doubled-word", "severity": "warning", "count": 2, "fixable": 2,
    }  # fmt: skip
    assert unknown["code"] == "CV103"
    assert cvtex(*chosen, "--format", "sarif").code == 2
    assert cvtex("lint", "fine.yaml", "--statistics", "--select", "CV211").out == ""


def test_colours_are_for_terminals(cvtex: Cvtex, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in cvtex("lint", "error.yaml").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")  # a dumb terminal has no colours
    assert "\x1b[" in cvtex("lint", "error.yaml").out
    cvtex("lint", "error.yaml", "--output", "out.txt")
    assert "\x1b[" not in Path("out.txt").read_text(encoding="utf-8")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in cvtex("lint", "error.yaml").out


@pytest.mark.parametrize("file", ["fine.yaml", "error.yaml"])
def test_text_without_colours_does_without_rich(file: str) -> None:
    code = (
        "import sys; from cvtex.cli.run import run\n"
        "try: run()\n"
        "finally: print('rich' in sys.modules, file=sys.stderr)"
    )
    arguments = [sys.executable, "-c", code, "lint", file, "--select", "CV211"]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.stderr == "False\n"
    assert (done.stdout == "") == (file == "fine.yaml")


def test_explain(cvtex: Cvtex) -> None:
    said = cvtex("explain", "cv211", "Duplicate-Key")
    assert said.code == 0
    assert "CV211 doubled-word\n" in said.out
    assert "A word stands twice in a row." in said.out
    assert "CV102 duplicate-key\n" in said.out
    assert max(map(len, said.out.splitlines())) <= 80
    code = "venues: {Math Annalen: Mathematische Annalen}   # refs.bib has {Math. Annalen}\n"
    assert code in cvtex("explain", "CV143").out
    doubled, _ = json.loads(cvtex("explain", "CV211", "CV102", "--format", "json").out)
    assert list(doubled) == ["code", "name", "severity", "fix", "default", "summary", "doc"]
    assert (doubled["fix"], doubled["default"]) == ("safe", True)
    page = cvtex("explain", "CV211", "--format", "markdown").out
    assert page.startswith(
        "# doubled-word (CV211)\n\nWarning; can be fixed with `--fix`.\n\nA word"
    )


@pytest.mark.parametrize("rule", ["CV2111", "dubled-word", "CV2", ""])
def test_explain_an_unknown_rule(cvtex: Cvtex, rule: str) -> None:
    said = cvtex("explain", rule)
    assert said.code == 2
    assert f"there is no rule `{rule}`" in said.err
    assert "hint" in said.err


def test_explain_a_rule_that_was_taken_out(cvtex: Cvtex) -> None:
    said = cvtex("explain", "heavy-file")
    assert said.code == 2
    assert "cvtex no longer has the rule `heavy-file`" in said.err


def test_rules(cvtex: Cvtex) -> None:
    said = cvtex("rules")
    assert said.code == 0
    assert all(rule.code in said.out and rule.name in said.out for rule in rules())
    assert max(map(len, said.out.splitlines())) <= 80
    some = json.loads(cvtex("rules", "--select", "CV3,doubled-word", "--format", "json").out)
    codes = [rule["code"] for rule in some]
    assert "CV211" in codes
    assert {code[:3] for code in codes} == {"CV2", "CV3"}
    assert cvtex("rules", "--select", "CV9").code == 2


def test_unsafe_fixes_alone_say_that_nothing_is_written(cvtex: Cvtex) -> None:
    said = cvtex("lint", "fine.yaml", "--unsafe-fixes")
    more = "`--fix` writes the fixes, `--diff` shows them"
    assert (said.code, said.err) == (0, f"`--unsafe-fixes` alone writes nothing: {more}\n")
    assert cvtex("lint", "fine.yaml", "--unsafe-fixes", "--fix").err == ""
    assert cvtex("lint", "fine.yaml", "--unsafe-fixes", "--format", "concise").err == ""
