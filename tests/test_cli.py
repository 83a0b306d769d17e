"""The command line: what is printed, what is written, and how it exits."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from conftest import Cvtex
from cvtex import __version__
from cvtex.cli import run as entry
from cvtex.tex.engines.registry import ENGINE_NAMES
from cvtex.writers.registry import WRITERS

TESTS = Path(__file__).parent


def write(path: str, text: str) -> None:
    Path(path).write_text(text, encoding="utf-8")


def files() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


MINIMAL = "name: Emmy Noether\nsections:\n- {kind: text, title: Summary, body: Invariants.}\n"


def test_version(cvtex: Cvtex) -> None:
    assert cvtex("--version").out == f"cvtex {__version__}\n"


@pytest.mark.parametrize("command", ["build", "watch", "lint", "new", "schema", "doctor", "themes"])
def test_help_fits_the_terminal(cvtex: Cvtex, command: str) -> None:
    for arguments in ((command, "--help"), ("--help",)):
        said = cvtex(*arguments)
        assert said.code == 0
        assert max(map(len, said.out.splitlines())) <= 80
        assert command in said.out


def test_new_build_lint(cvtex: Cvtex) -> None:
    assert cvtex("new", "mine").code == 0
    os.chdir("mine")
    lint = cvtex("lint")
    assert (lint.code, lint.out) == (0, "")
    built = cvtex("build")
    assert built.code == 0
    assert "built cv.pdf: 1 page" in built.err
    assert files() == ["cv.pdf", "cv.yaml", "refs.bib"]


def test_new_overwrites_nothing(cvtex: Cvtex) -> None:
    write("refs.bib", "mine")
    said = cvtex("new")
    assert said.code == 2
    assert "refs.bib` is there already" in said.err
    assert files() == ["refs.bib"]


def test_no_file(cvtex: Cvtex) -> None:
    said = cvtex("build")
    assert said.code == 2
    assert "there is no file `cv.yaml`" in said.err
    assert "cvtex new" in said.err


def test_a_directory(cvtex: Cvtex) -> None:
    Path("cv.yaml").mkdir()
    said = cvtex("build")
    assert said.code == 2
    assert "is a directory" in said.err


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"", 1, "empty"),
        (b"# only a comment\n", 1, "only comments"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", 1, "CV111"),
        (b"name: Jos\xe9\n", 1, "cv.yaml:1:10"),
        (b"name: a: b\n", 1, 'name: "a: b"'),
        (b"- a\n- b\n", 1, "a CV is a mapping"),
        (b"name: X\nsections: []\nheadlin: x\n", 1, "did you mean `headline`?"),
    ],
)
def test_faults_in_the_file(cvtex: Cvtex, data: bytes, code: int, message: str) -> None:
    Path("cv.yaml").write_bytes(data)
    for command, stream in (("build", "err"), ("lint", "out")):
        said = cvtex(command)
        assert said.code == code
        assert message in getattr(said, stream)
    assert files() == ["cv.yaml"]


def test_a_missing_bib_is_reported_where_it_is_named(cvtex: Cvtex) -> None:
    write("cv.yaml", MINIMAL + "bibliography: {files: [refs.bib]}\n")
    said = cvtex("build")
    assert said.code == 1
    assert "cv.yaml:4:24" in said.err
    assert "`refs.bib` cannot be read: no such file" in said.err


REFERENCES = """\
name: Emmy Noether
links: {hilbert: https://example.org/hilbert}
facts: {students: 14}
sections:
- kind: text
  title: Summary
  body: |-
    [@noether1981]
    [David][hilbrt]
    {student}
- {kind: publications, title: Publications}
"""


def test_unknown_references_name_the_nearest(cvtex: Cvtex) -> None:
    shutil.copy(TESTS / "example/refs.bib", "refs.bib")
    write("cv.yaml", REFERENCES)
    said = cvtex("lint", "--select", "CV201", "--format", "json")
    found = [(d["code"], d["line"], d["column"], d["hint"]) for d in json.loads(said.out)]
    assert said.code == 1
    assert found == [
        ("CV201", 8, 7, "did you mean `noether1918` or `noether1921`?"),
        ("CV202", 9, 13, "did you mean `hilbert`?"),
        ("CV204", 10, 6, "did you mean `students`?"),
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("foo", "'foo' is not one of 'auto', 'pdflatex', 'xelatex', 'lualatex', 'tinytex'."),
        ("tectonic", "'tectonic' is not an engine of cvtex any more; write `auto`, or `xelatex`"),
    ],
)
def test_an_engine_that_cvtex_does_not_have(cvtex: Cvtex, name: str, said: str) -> None:
    answer = cvtex("build", "--engine", name)
    assert answer.code == 2
    assert said in answer.err


def test_an_engine_that_is_not_installed(cvtex: Cvtex, monkeypatch: pytest.MonkeyPatch) -> None:
    write("cv.yaml", MINIMAL)
    monkeypatch.setattr("cvtex.writers.pdf.typeset.find_engines", lambda: ())
    for arguments in (("--engine", "xelatex"), ()):
        said = cvtex("build", *arguments)
        assert said.code == 2
        assert "installed" in said.err
        assert "hint" in said.err
    assert files() == ["cv.yaml"]


def test_an_output_directory_that_is_not_there(cvtex: Cvtex) -> None:
    write("cv.yaml", MINIMAL)
    said = cvtex("build", "-o", "out/cv.pdf")
    assert said.code == 2
    assert "mkdir -p out" in said.err


def test_an_output_directory_that_is_read_only(
    cvtex: Cvtex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may write anywhere, so the refusal of the system is put in its place."""
    write("cv.yaml", MINIMAL)

    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("cvtex.pipeline.persistence.output.tempfile.TemporaryFile", refuse)
    said = cvtex("build")
    assert said.code == 2
    assert "cannot be written: permission denied" in said.err


def test_a_failed_build_leaves_the_old_pdf(cvtex: Cvtex) -> None:
    write("cv.yaml", MINIMAL)
    assert cvtex("build").code == 0
    before = Path("cv.pdf").read_bytes()
    write("cv.yaml", MINIMAL.replace("Invariants.", "$\\nosuchcommand$"))
    said = cvtex("build")
    assert said.code == 1
    assert "error[CV403]" in said.err
    assert "cv.yaml:3:" in said.err
    assert Path("cv.pdf").read_bytes() == before
    assert files() == ["cv.pdf", "cv.yaml"]


def test_interrupting_changes_nothing(cvtex: Cvtex, monkeypatch: pytest.MonkeyPatch) -> None:
    write("cv.yaml", MINIMAL)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cvtex.writers.pdf.typeset.run", interrupt)
    said = cvtex("build")
    assert said.code == 130
    assert "interrupted" in said.err
    assert files() == ["cv.yaml"]


def test_a_bug_of_ours_is_owned_up_to(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by accident")

    monkeypatch.chdir(tmp_path)
    write("cv.yaml", MINIMAL)
    monkeypatch.setattr("cvtex.writers.pdf.typeset.run", fail)
    monkeypatch.setattr(sys, "argv", ["cvtex", "build"])
    with pytest.raises(SystemExit) as exit_:
        entry.run()
    err = capsys.readouterr().err
    assert exit_.value.code == 3
    assert "Please report it" in err
    assert "ZeroDivisionError: by accident" in err
    assert __version__ in err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_standard_files_that_are_closed(closed: str, tmp_path: Path) -> None:
    (tmp_path / "cv.yaml").write_text(MINIMAL, encoding="utf-8")
    command = [sys.executable, "-m", "cvtex", "lint", "--no-cache"]
    shell = ["sh", "-c", f'exec "$@" {closed}', "sh", *command]
    ended = subprocess.run(shell, cwd=tmp_path, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_too_little_memory(cvtex: Cvtex, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("cvtex.pipeline.usecases.lint_cache.lint_again", fail)
    said = cvtex("lint")
    assert (said.code, said.err) == (2, "error: there is not enough memory\n")


def test_build_prints_one_json_object(cvtex: Cvtex) -> None:
    shutil.copytree(TESTS / "example", "cv")
    os.chdir("cv")
    said = cvtex("build", "--format", "json")
    result = json.loads(said.out)
    assert said.code == 0
    assert result["ok"] is True
    assert result["passes"] == 1
    assert result["engine"] in ENGINE_NAMES
    assert result["publications"] == {"total": 3, "printed": 3, "left_out": 0, "rejected": 0}
    assert result["diagnostics"] == []
    (output,) = result["outputs"]
    assert output["path"] == "cv.pdf"
    assert output["bytes"] == Path("cv.pdf").stat().st_size
    assert list(result) == [
        "ok", "up_to_date", "outputs", "engine", "passes", "publications", "seconds", "diagnostics",
    ]  # fmt: skip


def test_a_diagnostic_as_json_has_every_key(cvtex: Cvtex) -> None:
    write("cv.yaml", MINIMAL + "headlin: x\n")
    (diagnostic,) = json.loads(cvtex("lint", "--format", "json").out)
    assert diagnostic == {
        "code": "CV103",
        "name": "unknown-key",
        "severity": "error",
        "message": "unknown key `headlin`",
        "path": "cv.yaml",
        "line": 4,
        "column": 1,
        "end_line": 4,
        "end_column": 8,
        "hint": "did you mean `headline`?",
        "fix": {
            "message": "write `headline`",
            "safety": "unsafe",
            "edits": [
                {
                    "path": "cv.yaml",
                    "line": 4,
                    "column": 1,
                    "end_line": 4,
                    "end_column": 8,
                    "replacement": "headline",
                }
            ],
        },
        "notes": [],
    }


def test_a_finding_as_text(cvtex: Cvtex) -> None:
    write("cv.yaml", MINIMAL + "headlin: x\n")
    assert cvtex("lint").out == (
        "error[CV103]: unknown key `headlin`\n"
        "  --> cv.yaml:4:1\n"
        "  |\n"
        "4 | headlin: x\n"
        "  | ^^^^^^^\n"
        "  = hint: did you mean `headline`?\n"
        "\n"
        "found 1 error\n"
        "1 can be fixed with `--unsafe-fixes`\n"
    )


def test_variant_language_and_tex(cvtex: Cvtex) -> None:
    shutil.copytree(TESTS / "example", "cv")
    os.chdir("cv")
    assert cvtex("build", "--variant", "short").code == 0
    assert cvtex("build", "--lang", "de", "--to", "tex").code == 0
    assert Path("cv-short.pdf").is_file()
    tex = Path("cv-de.tex").read_text(encoding="utf-8")
    assert "Mathematikerin" in tex
    assert "filecontents" in tex
    assert "language=ngerman" in tex


def test_an_unknown_variant(cvtex: Cvtex) -> None:
    shutil.copytree(TESTS / "example", "cv")
    os.chdir("cv")
    said = cvtex("build", "--variant", "shrt")
    assert said.code == 2
    assert "did you mean `short`?" in said.err


def test_set_changes_a_key_and_faults_in_it_have_a_place(cvtex: Cvtex) -> None:
    write("cv.yaml", MINIMAL)
    assert cvtex("build", "--set", "theme.color=#aa0000", "--to", "tex").code == 0
    assert "color=aa0000" in Path("cv.tex").read_text(encoding="utf-8")
    said = cvtex("build", "--set", "theme.color=reddish")
    assert said.code == 1
    assert "command line:1:13" in said.err
    assert cvtex("build", "--set", "theme.color").code == 2


def test_limits(cvtex: Cvtex) -> None:
    shutil.copytree(TESTS / "example", "cv")
    os.chdir("cv")
    said = cvtex("build", "--set", "limits.publications=2", "--set", "limits.pages=1")
    assert said.code == 1
    assert "the CV prints 3 publications; the limit is 2" in said.err
    assert not Path("cv.pdf").exists()


def test_the_schema_accepts_what_cvtex_accepts(cvtex: Cvtex) -> None:
    said = cvtex("schema")
    assert said.err == ""
    schema = json.loads(said.out)
    assert schema["$defs"]["ThemeSettings"]["properties"]["name"]["default"] == "classic"
    validator = jsonschema.Draft202012Validator(schema)
    for cv in (TESTS / "example/cv.yaml", TESTS.parent / "cv.yaml"):
        written = json.loads(
            json.dumps(yaml.safe_load(cv.read_text(encoding="utf-8")), default=str)
        )
        assert [error.message for error in validator.iter_errors(written)] == []
    assert list(validator.iter_errors({"name": "E", "sections": [], "nam": 1}))


def test_themes_lists_the_options(cvtex: Cvtex) -> None:
    said = cvtex("themes")
    assert said.code == 0
    assert "classic" in said.out
    assert "font_size" in said.out


def test_doctor_names_every_engine_and_how_to_get_it(cvtex: Cvtex) -> None:
    said = cvtex("doctor")
    assert said.code == 0
    for engine in ENGINE_NAMES:
        assert engine in said.out
    assert [
        writer.name for writer in WRITERS if f"  {writer.name:10} {writer.doc}" in said.out
    ] == [
        "pdf",
        "tex",
        "json",
    ]


def test_doctor_says_which_forms_need_an_engine(
    cvtex: Cvtex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cvtex.pipeline.usecases.doctor.find_engine", lambda _: None)
    said = cvtex("doctor")
    assert "  pdf        needs a TeX engine" in said.out
    assert "  json       the document tree" in said.out


def test_an_unknown_form_is_a_wrong_option(cvtex: Cvtex) -> None:
    said = cvtex("build", "--to", "jsn")
    assert said.code == 2
    assert "did you mean `json`?" in said.err
