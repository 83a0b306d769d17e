"""How many findings there are of each rule."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Diagnostic, Rule
from cvtex.report.excerpt import Line
from cvtex.report.terminal import FIXABLE, STYLES, is_fixable

PARTLY_FIXABLE = "[-]"
"""Stands beside a rule of which `--fix` mends some findings, but not all."""


class RuleTally(Struct, frozen=True):
    """How often a rule found something, and how often `--fix` mends it."""

    rule: Rule
    count: int
    fixable: int

    @property
    def mark(self) -> str:
        """Whether all of them, some, or none can be fixed."""
        if not self.fixable:
            return ""
        return FIXABLE if self.fixable == self.count else PARTLY_FIXABLE


def tallies(diagnostics: Iterable[Diagnostic]) -> list[RuleTally]:
    """The rules that found something, the most frequent first, then by code."""
    found = list(diagnostics)
    counts, fixes = Counter(d.rule for d in found), Counter(d.rule for d in found if is_fixable(d))
    made = [RuleTally(rule, count, fixes[rule]) for rule, count in counts.items()]
    return sorted(made, key=lambda tally: (-tally.count, tally.rule.code))


def statistics_lines(diagnostics: Iterable[Diagnostic]) -> Iterator[Line]:
    """A line a rule: count, code, mark, name."""
    made = tallies(diagnostics)
    width = max((len(str(tally.count)) for tally in made), default=0)
    for tally in made:
        rule = tally.rule
        yield (
            (f"{tally.count:>{width}}  ", "bold"),
            (rule.code, STYLES[rule.severity]),
            (f"  {tally.mark:3}  {rule.name}", ""),
        )


def statistics_json(diagnostics: Iterable[Diagnostic]) -> str:
    """The same as a JSON array."""
    objects = [
        {
            "code": tally.rule.code,
            "name": tally.rule.name,
            "severity": tally.rule.severity.value,
            "count": tally.count,
            "fixable": tally.fixable,
        }
        for tally in tallies(diagnostics)
    ]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"
