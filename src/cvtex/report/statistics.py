"""Counts the findings of each rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Diagnostic, Rule
from cvtex.report.excerpt import ExcerptLine
from cvtex.report.machine import as_json
from cvtex.report.terminal import FIXABLE, STYLES, is_fixable

PARTLY_FIXABLE = "[-]"
"""The mark of a rule of which `--fix` corrects some findings, but not all."""


class RuleTally(Struct, frozen=True):
    """The number of findings of a rule, and of those that `--fix` corrects."""

    rule: Rule
    count: int
    fixable: int

    @property
    def mark(self) -> str:
        """Return the mark for whether all of them, some, or none can be fixed."""
        if not self.fixable:
            return ""
        return FIXABLE if self.fixable == self.count else PARTLY_FIXABLE


def tallies(diagnostics: Iterable[Diagnostic]) -> list[RuleTally]:
    """Count the findings by rule, the most frequent first, then by code."""
    found = list(diagnostics)
    counts, fixes = Counter(d.rule for d in found), Counter(d.rule for d in found if is_fixable(d))
    made = [RuleTally(rule, count, fixes[rule]) for rule, count in counts.items()]
    return sorted(made, key=lambda tally: (-tally.count, tally.rule.code))


def statistics_lines(diagnostics: Iterable[Diagnostic]) -> Iterator[ExcerptLine]:
    """Yield one line for each rule: count, code, mark, name."""
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
    """Return the counts as a JSON array."""
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
    return as_json(objects) + "\n"
