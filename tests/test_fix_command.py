"""`cvtex lint` with `--fix`, `--unsafe-fixes` and `--diff`."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from conftest import Cvtex, Said
from cvtex.diagnostics.usage import UsageError
from cvtex.pipeline.usecases.fix import fix_file, write
from cvtex.pipeline.usecases.request import Request

CV = """\
name: Emmy Noether
date: 2024-06-01
headline: I work on the the theory of rings
sections:
- kind: education
  title: Education
  entries:
  - institution: Erlangen
    degre: Ph.D.
"""
GOOD = CV.replace("degre:", "degree:")
SAFE = CV.replace("the the", "the")
ALL = SAFE.replace("degre:", "degree:")


def written(text: str = CV, name: str = "cv.yaml") -> Path:
    path = Path(name)
    path.write_bytes(text.encode())
    return path


def test_safe_fixes_are_written_and_the_rest_is_shown(cvtex: Cvtex) -> None:
    path = written()
    said = cvtex("lint", "--fix")
    assert path.read_text() == SAFE
    assert said.err == "fixed 1 finding in cv.yaml\n"
    assert "CV103" in said.out
    assert "CV211" not in said.out
    assert "1 can be fixed with `--unsafe-fixes`" in said.out
    assert said.code == 1


def test_unsafe_fixes_are_written_when_asked_for(cvtex: Cvtex) -> None:
    path = written()
    said = cvtex("lint", "--fix", "--unsafe-fixes")
    assert path.read_text() == ALL
    assert said == Said(0, "", "fixed 2 findings in cv.yaml\n")
    assert cvtex("lint", "--fix", "--unsafe-fixes") == Said(0, "", "")


def test_only_selected_rules_are_fixed(cvtex: Cvtex) -> None:
    path = written()
    cvtex("lint", "--fix", "--unsafe-fixes", "--select", "CV103")
    assert path.read_text() == CV.replace("degre:", "degree:")


def test_unsafe_fixes_alone_write_nothing_and_mark_what_can_be_fixed(cvtex: Cvtex) -> None:
    path = written()
    assert cvtex("lint").out.count("]: [*] ") == 1
    said = cvtex("lint", "--unsafe-fixes")
    assert said.out.count("]: [*] ") == 2
    assert "2 can be fixed with `--fix --unsafe-fixes`" in said.out
    assert path.read_text() == CV


def test_diff_shows_the_changes_and_writes_nothing(cvtex: Cvtex) -> None:
    path = written()
    said = cvtex("lint", "--diff")
    assert said.out == (
        "--- cv.yaml\n+++ cv.yaml\n@@ -1,6 +1,6 @@\n name: Emmy Noether\n date: 2024-06-01\n"
        "-headline: I work on the the theory of rings\n+headline: I work on the theory of rings\n"
        " sections:\n - kind: education\n   title: Education\n"
    )
    assert said.err == "would fix 1 finding in cv.yaml\n1 more with `--unsafe-fixes`\n"
    assert said.code == 1
    assert path.read_text() == CV
    assert cvtex("lint", "--diff", "--exit-zero").code == 0


def test_diff_of_what_needs_no_fix_is_empty(cvtex: Cvtex) -> None:
    written(ALL)
    assert cvtex("lint", "--diff") == Said(0, "", "")


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
def test_patch_makes_of_a_diff_what_fix_writes(cvtex: Cvtex) -> None:
    bib = "@misc{a, title = {\xdcber \xe4}, author = {Emmy Noether}}\r\n% cvtex: ignore[CV313]"
    cv = ("\ufeff" + CV.rstrip()).replace("\n", "\r\n")
    for _ in range(2):
        written(cv)
        Path("refs.bib").write_bytes(bib.encode("latin-1"))
        if not Path("changes").exists():
            cvtex("lint", "--diff", "--unsafe-fixes", "-o", "changes")
            cvtex("lint", "--fix", "--unsafe-fixes")
            fixed = [Path(name).read_bytes() for name in ("cv.yaml", "refs.bib")]
    with Path("changes").open("rb") as changes:
        subprocess.run(["patch", "-p0", "--binary", "-s"], stdin=changes, check=True)
    assert [Path(name).read_bytes() for name in ("cv.yaml", "refs.bib")] == fixed
    assert fixed[0] == ("\ufeff" + ALL.rstrip()).replace("\n", "\r\n").encode()


def test_a_bib_file_of_two_cvs_is_fixed_once(cvtex: Cvtex) -> None:
    for name in ("a.yaml", "b.yaml"):
        written(
            GOOD + "- {kind: publications, title: P}\nbibliography: {files: [refs.bib]}\n", name
        )
    written("@misc{a, title = {A}, author = {Emmy Noether}} % cvtex: ignore[CV313]\n", "refs.bib")
    said = cvtex("lint", "--diff", "a.yaml", "b.yaml")
    assert said.out.count("+++ refs.bib") == 1
    said = cvtex("lint", "--fix", "a.yaml", "b.yaml")
    assert said.err == "fixed 1 finding in a.yaml, 1 in refs.bib, 1 in b.yaml\n"


def test_a_file_that_a_fix_names_is_fixed_too(cvtex: Cvtex) -> None:
    written(f"bibliograhpy: {{files: [my.bib]}}\n{GOOD}- {{kind: publications, title: P}}\n")
    written("@misc{a, title = {A}, author = {Noether, E.}} % cvtex: ignore[CV313]\n", "my.bib")
    assert "+++ my.bib" in cvtex("lint", "--diff", "--unsafe-fixes").out
    cvtex("lint", "--fix", "--unsafe-fixes")
    assert Path("my.bib").read_text() == "@misc{a, title = {A}, author = {Noether, E.}}\n"
    assert Path("cv.yaml").read_text().startswith("bibliography:")


def test_a_link_stays_a_link_and_permissions_stay(cvtex: Cvtex) -> None:
    Path("real").mkdir()
    target = written(name="real/my.yaml")
    target.chmod(0o640)
    Path("cv.yaml").symlink_to(target)
    cvtex("lint", "--fix")
    assert Path("cv.yaml").is_symlink()
    assert target.read_text() == SAFE
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_fix_that_does_harm_is_left_alone(cvtex: Cvtex) -> None:
    path = written(CV.replace("the the theory", "rings").replace("degre", "? [institution]\n    "))
    before = path.read_text()
    said = cvtex("lint", "--fix", "--unsafe-fixes", "--format", "json")
    assert path.read_text() == before
    assert "left alone: cv.yaml:9: CV101 a list cannot be a key: it would bring CV103" in said.err
    found = [one for one in json.loads(said.out) if one["code"] == "CV101"]
    assert found[0]["fix"] is None
    assert "not fixed, because it would bring CV103" in found[0]["hint"]


def test_a_file_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "cv.yaml"
    path.write_text(CV)
    fixed = fix_file(Request(path))
    path.write_text(CV + "# more\n")
    with pytest.raises(UsageError, match="was changed while it was checked"):
        write(fixed)
    assert path.read_text() == CV + "# more\n"


@pytest.mark.skipif(os.name != "posix" or os.getuid() == 0, reason="root may write everything")
def test_a_file_that_cannot_be_written_is_an_error_of_its_own(cvtex: Cvtex) -> None:
    path = written()
    path.chmod(0o444)
    said = cvtex("lint", "--fix")
    assert said.code == 2
    assert "cannot be written" in said.err
    assert path.read_text() == CV


def test_all_files_are_written_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cv, bib = tmp_path / "cv.yaml", tmp_path / "refs.bib"
    cv.write_text(GOOD)
    bib.write_text("@misc{a, title = {A}, author = {A B}}\n% cvtex: ignore[CV313]\n")
    fixed = fix_file(Request(cv))
    assert len(fixed.changed) == 2
    replace = Path.replace

    def refusing(self: Path, target: Path) -> Path:
        if target.name == "refs.bib":
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refusing)
    with pytest.raises(UsageError, match=r"refs\.bib"):
        write(fixed)
    assert cv.read_text() == GOOD
