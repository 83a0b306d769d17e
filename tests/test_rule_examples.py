"""The examples on the pages of rules tell the truth: the bad one is found, the good one is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import installed_engine
from cvtex.diagnostics import catalogue
from cvtex.diagnostics.catalogue import doc_of
from cvtex.diagnostics.diagnostic import Rule
from rule_cases import Case, complete, run_case

BLOCK = re.compile(r"^```(yaml|bibtex)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RULES = [rule for rule in catalogue.RULES if rule is not catalogue.USAGE]
"""Those that reading and typesetting report; a wrong call of the program has no files to show."""

LOGS = {"CV402": "Missing character: There is no 🧮 (U+1F9EE) in font [lmroman10-regular]:;!\n"}
"""What TeX says of a bad example where that depends on the engines and fonts of the machine."""


def example(rule: Rule, part: str) -> Case:
    """The good or the bad example of a page, as a case; `�` stands for a byte that is not UTF-8."""
    blocks = dict(BLOCK.findall(part))
    bib = blocks.get("bibtex", "")
    files = {"cv.yaml": complete(blocks.get("yaml", "")), "refs.bib": bib.replace("�", "ü")}
    encodings = {"refs.bib": "latin-1"} if "�" in bib else {}
    log = LOGS.get(rule.code)
    engine = "tinytex" if log is None else "xelatex"
    return Case(rule.code, "example", files, encodings=encodings, log=log, engine=engine)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples(rule: Rule, tmp_path: Path) -> None:
    bad, good = (example(rule, part) for part in doc_of(rule).split("\nGood:\n"))
    if bad.needs:
        installed_engine(bad.needs)
    assert run_case(bad, tmp_path)
    if rule.code not in LOGS:
        assert not run_case(good, tmp_path)
