"""The diff of `cvtex lint --diff`: that it is one, and that it makes the one file of the other."""

from __future__ import annotations

import difflib
import re

from hypothesis import given
from hypothesis import strategies as st

from cvtex.report.diff import unified_diff

FILES = st.lists(st.sampled_from([f"{letter}\n" for letter in "abcdefgh"])).map("".join)
HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n")


def test_of_a_change_in_the_middle() -> None:
    before, after = ("".join(f"{x}\n" for x in f"1234{mid}6789") for mid in "5x")
    said = unified_diff("cv.yaml", before.encode(), after.encode()).decode()
    assert said == ("--- cv.yaml\n+++ cv.yaml\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n")


def test_of_what_is_the_same() -> None:
    assert unified_diff("cv.yaml", b"a\n", b"a\n") == b""


def test_of_an_entry_that_is_taken_away() -> None:
    said = unified_diff("refs.bib", b"a\nb\n", b"a\n").decode()
    expected = difflib.unified_diff(["a\n", "b\n"], ["a\n"], "refs.bib", "refs.bib")
    assert said == "".join(expected)


@given(FILES, FILES)
def test_it_makes_the_one_of_the_other(before: str, after: str) -> None:
    said = unified_diff("x", before.encode(), after.encode()).decode()
    assert patched(before.splitlines(keepends=True), said) == after


def patched(lines: list[str], diff: str) -> str:
    """The lines with a diff applied, every line of which must be where it says."""
    made, at = [], 0
    for line in diff.splitlines(keepends=True)[2:]:
        if hunk := HUNK.fullmatch(line):
            start = int(hunk[1]) - (hunk[2] != "0")
            made += lines[at:start]
            at = start
            assert len(made) == int(hunk[3]) - (hunk[4] != "0")
        elif line[0] == "+":
            made.append(line[1:])
        else:
            assert lines[at] == line[1:]
            made += [line[1:]] if line[0] == " " else []
            at += 1
    return "".join(made + lines[at:])
