"""Which rules are asked: by code, by the beginning of a code, or by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cvtex.diagnostics.model import Rule, Severity

ALL = "ALL"
"""Selects every rule, also those that are not on by default."""


@dataclass(frozen=True)
class Selection:
    """Selectors of rules; `select` replaces the usual choice, `extend` adds to it.

    Of several that fit a rule the most specific one decides; where two are alike, `ignore` wins.
    """

    select: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def enables(self, rule: Rule) -> bool:
        """Whether a rule is asked."""
        chosen = max((_weight(s, rule) for s in (*self.select, *self.extend)), default=0)
        if not self.select and rule.default:
            chosen = max(chosen, 1)
        return chosen > max((_weight(s, rule) for s in self.ignore), default=0)

    def shows(self, rule: Rule) -> bool:
        """Whether what reading or typesetting found is shown; errors stop the build, so always."""
        return rule.severity is Severity.ERROR or self.enables(rule)


def _weight(selector: str, rule: Rule) -> int:
    """How exactly a selector fits a rule; 0 when it does not.

    Rules that are not on by default want to be named, or `ALL`.
    """
    if selector in (rule.code, rule.name):
        return 10
    if selector == ALL:
        return 2
    return len(selector) if rule.default and rule.code.startswith(selector) else 0


def fits(selector: str, rule: Rule) -> bool:
    """Whether a selector means a rule."""
    return selector in (ALL, rule.name) or rule.code.startswith(selector)


def unknown(selector: str, rules: Iterable[Rule]) -> bool:
    """Whether a selector means no rule at all."""
    return not selector or not any(fits(selector, rule) for rule in rules)
