"""What the documentation shows of `cvtex lint` and `cvtex explain` is what they print."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from conftest import Cvtex

ROOT = Path(__file__).parent.parent
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
SAMPLE = re.compile(r"\$ cvtex (?P<command>(?:lint|explain)\b[^\n#]*)\n(?P<shown>(?:(?!\$).*\n)+)")
"""A command, and what it is said to print, down to the next one."""


def with_samples(page: Path, cvtex: Cvtex) -> str:
    """A page with what the commands on it print."""

    def sample(match: re.Match[str]) -> str:
        said = cvtex(*shlex.split(match["command"]))
        blank = match["shown"][len(match["shown"].rstrip()) + 1 :]  # before the next command
        return f"$ cvtex {match['command']}\n{(said.out + said.err).rstrip()}\n{blank}"

    return CONSOLE.sub(lambda console: SAMPLE.sub(sample, console[0]), page.read_text("utf-8"))


def check(page: Path, cvtex: Cvtex) -> None:
    fresh = with_samples(page, cvtex)
    if os.environ.get("CVTEX_ACCEPT"):
        page.write_text(fresh, "utf-8")
    assert page.read_text("utf-8") == fresh, "run `make docs`"


@pytest.mark.parametrize("name", ["lint.md", "commands.md"])
def test_samples(cvtex: Cvtex, name: str) -> None:
    for file in (ROOT / "tests/cases/lint").iterdir():
        shutil.copy(file, file.name)
    check(ROOT / "docs" / name, cvtex)


def test_sample_of_the_readme(cvtex: Cvtex) -> None:
    readme = ROOT / "README.md"
    (cv,) = re.findall(r"```yaml\n(.*?)```", readme.read_text("utf-8"), re.DOTALL)
    Path("cv.yaml").write_text(cv.replace("noether1918", "noether1981"), "utf-8")
    shutil.copy(ROOT / "tests/example/refs.bib", "refs.bib")
    check(readme, cvtex)
