"""The documentation of every rule: its form, its cases, and that docs/ is fresh (`make docs`)."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import yaml

from cvtex.diagnostics.catalogue import USAGE, doc_of
from cvtex.diagnostics.diagnostic import Rule
from cvtex.lint.registry import rules
from cvtex.report.rule_pages import index, page
from rule_cases import FOLDER

DOCS = Path(__file__).parent.parent / "docs"
BLOCK = r"\n\n(?:```\w*\n.*?\n```\n*)+"
FORM = re.compile(
    r"(?P<what>[^\n]+\.)\n\n(?P<why>.+)\n\n"
    rf"Bad(?:, [^\n]+)?:{BLOCK}.*\nGood(?:, [^\n]+)?:{BLOCK}(?P<rest>.*)",
    re.DOTALL,
)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_documentation(rule: Rule) -> None:
    match = FORM.fullmatch(doc_of(rule))
    assert match is not None
    assert len(match["what"]) <= 100
    assert ("\n\nFix: " in doc_of(rule)) == (rule.fix is not None)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_cases(rule: Rule) -> None:
    if rule == USAGE:
        pytest.skip("a wrong call has no files; test_lint_command.py and test_cli.py make some")
    cases = yaml.safe_load((FOLDER / f"{rule.code}.yaml").read_text("utf-8"))
    assert cases["pass"]
    assert cases["fail"]
    assert any("fixed" in case for case in cases["fail"]) == (rule.fix is not None)


def pages() -> dict[str, str]:
    """Everything that is generated, by its path in docs/."""
    return {f"rules/{rule.code}.md": page(rule) for rule in rules()} | {"rules.md": index(rules())}


def test_pages_are_fresh() -> None:
    if os.environ.get("CVTEX_ACCEPT"):
        (DOCS / "rules").mkdir(exist_ok=True)
        for stale in (DOCS / "rules").glob("*.md"):
            stale.unlink()
        for name, text in pages().items():
            (DOCS / name).write_text(text, encoding="utf-8")
    there = [DOCS / "rules.md", *(DOCS / "rules").glob("*.md")]
    written = {str(path.relative_to(DOCS)): path.read_text("utf-8") for path in there}
    assert written == pages(), "run `make docs`"
