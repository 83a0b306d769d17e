"""Prints the pages and the table of rules in the terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from cvtex.diagnostics.catalogue import doc_of
from cvtex.diagnostics.diagnostic import Rule, Safety
from cvtex.report.output import write
from cvtex.report.rule_pages import facts, summary
from cvtex.report.terminal import FIXABLE, STYLES
from cvtex.report.width import cells
from cvtex.support.lazy_re import lazy_re

MEASURE = 80
"""The greatest width of prose, in columns."""

CODE_MARGIN = 2
"""The columns beside a block of code."""

_CODE = lazy_re(r"^(```.*?^```$)", re.MULTILINE | re.DOTALL)
_BLANK_LINES = lazy_re(r"\n{3,}")

MARKS = {None: "", Safety.SAFE: FIXABLE, Safety.UNSAFE: "[!]"}
"""The marks of rules with fixes."""


def print_page(rule: Rule) -> None:
    """Print what a rule finds, why, and examples."""
    console = _console()
    head = Text.assemble((rule.code, STYLES[rule.severity]), " ", (rule.name, "bold"))
    console.print(head)
    console.print(Text(facts(rule), "dim"))
    console.print()
    shown = "\n".join(_rendered(part) for part in _CODE.split(doc_of(rule)) if part.strip())
    write(f"{shown if console.is_terminal else _without_padding(shown)}\n")


def _rendered(part: str) -> str:
    """Render prose or code; code is as wide as its longest line, so that it can be pasted."""
    console = _console()
    if _CODE.fullmatch(part):
        console.width = max(console.width, CODE_MARGIN + max(map(cells, part.split("\n"))))
    with console.capture() as capture:
        console.print(Markdown(part, code_theme="ansi_dark"))
    return capture.get()


def _without_padding(text: str) -> str:
    """Remove the blanks and blank lines that only carry the background of code."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines)


def print_rules(rules: Sequence[Rule]) -> None:
    """Print one line for each rule, and the meaning of the marks."""
    console = _console(Console().width)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for _ in range(3):
        table.add_column(no_wrap=True)
    table.add_column()
    for rule in rules:
        code = Text(rule.code, STYLES[rule.severity])
        mark = Text(MARKS[rule.fix] + ("" if rule.default else " off"))
        what = Text.assemble((rule.name, "bold"), f": {summary(rule)}")
        table.add_row(code, Text(rule.severity), mark, what)
    console.print(table)
    console.print(
        Text("\n[*] --fix corrects it, [!] --unsafe-fixes does; off: not on by default", "dim")
    )


def _console(width: int = MEASURE) -> Console:
    console = Console(highlight=False)
    console.width = min(console.width, width)
    return console
