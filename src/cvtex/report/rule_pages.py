"""The documentation of rules: a page each, and their index.

`make docs` writes them to docs/rules and docs/rules.md; `cvtex explain` shows a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from cvtex.diagnostics.catalogue import doc_of
from cvtex.diagnostics.catalogue.retired import MERGED
from cvtex.diagnostics.diagnostic import Rule, Safety
from cvtex.support.lazy_re import lazy_re

FAMILIES = {
    "CV1": "structure and dates",
    "CV2": "texts",
    "CV3": "bibliography",
    "CV4": "the typeset page",
}
"""The subject of each family of rules, by the beginning of their codes."""

_EXAMPLES = lazy_re(r"^Bad\b.*:$", re.MULTILINE)

FIXES = {
    None: "",
    Safety.SAFE: "`--fix`",
    Safety.UNSAFE: "`--unsafe-fixes`",
}
"""The option of `cvtex lint` that applies a fix."""


def summary(rule: Rule) -> str:
    """Return the first sentence of the documentation: what is wrong."""
    return _paragraphs(doc_of(rule))[0] or f"{rule.name.replace('-', ' ').capitalize()}."


def detail(rule: Rule) -> str:
    """Return the documentation without its examples: what is wrong, and why it matters."""
    prose = _paragraphs(_EXAMPLES.split(doc_of(rule))[0])
    return " ".join(prose) or summary(rule)


def page(rule: Rule) -> str:
    """Return the page of a rule, in Markdown."""
    head = f"# {rule.name} ({rule.code})\n\n{facts(rule)}\n"
    return f"{head}\n{doc_of(rule)}\n" if doc_of(rule) else head


def facts(rule: Rule) -> str:
    """Return one line: the severity, whether it is on, and the option that fixes it."""
    parts = [rule.severity.capitalize()]
    if not rule.default:
        parts.append(f"off by default: ask for it with `--extend-select {rule.code}`")
    if rule.fix is not None:
        parts.append(f"can be fixed with {FIXES[rule.fix]}")
    return "; ".join(parts) + "."


def index(rules: Iterable[Rule]) -> str:
    """Return a list of rules by family, in Markdown, with links to their pages."""
    known = tuple(rules)
    head = (
        "# Rules\n\n"
        f"The {len(known)} rules of cvtex. [lint.md](lint.md) says how to choose among them and "
        "how to ignore one\nfor a line. An error stops the build and cannot be ignored.\n"
    )
    return head + "".join(_family(code, known) for code in FAMILIES) + _former(known)


def _former(rules: Iterable[Rule]) -> str:
    """Return the table of former codes whose rules are among those given; nothing without any."""
    by_code = {rule.code: rule for rule in rules}
    rows = [
        f"| {code} | {name} | {', '.join(_link(by_code[now]) for now in current)} |\n"
        for code, (name, current) in MERGED.items()
        if by_code.keys() >= set(current)
    ]
    text = "These rules are part of others now. Their codes and names still stand for them.\n"
    table = "| former code | former name | part of |\n| --- | --- | --- |\n"
    return f"\n## Former codes\n\n{text}\n{table}{''.join(rows)}" if rows else ""


def _link(rule: Rule) -> str:
    return f"[{rule.code}](rules/{rule.code}.md)"


def rule_object(rule: Rule) -> dict[str, Any]:
    """Return a rule as a JSON object."""
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "fix": None if rule.fix is None else rule.fix.value,
        "default": rule.default,
        "summary": summary(rule),
    }


def page_object(rule: Rule) -> dict[str, Any]:
    """Return a rule with its documentation as a JSON object."""
    return {**rule_object(rule), "doc": doc_of(rule)}


def _family(code: str, rules: Iterable[Rule]) -> str:
    rows = "".join(f"{_row(rule)}\n" for rule in rules if rule.code.startswith(code))
    table = "| code | name | severity | fix | default | what is wrong |\n" + "| --- " * 6 + "|\n"
    return f"\n## {code}: {FAMILIES[code]}\n\n{table}{rows}"


def _row(rule: Rule) -> str:
    default = "on" if rule.default else "off"
    what = summary(rule).replace("|", "\\|")
    cells = (_link(rule), rule.name, rule.severity.value, FIXES[rule.fix], default, what)
    return f"| {' | '.join(cells)} |"


def _paragraphs(doc: str) -> list[str]:
    """Return the paragraphs of a text, each on one line."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in doc.split("\n\n"))
    return [paragraph for paragraph in paragraphs if paragraph] or [""]
