"""Selects rules by code, by the beginning of a code, or by name, in any case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from cvtex.diagnostics.catalogue import UNKNOWN_RULE
from cvtex.diagnostics.catalogue.retired import RETIRED, kept_codes
from cvtex.diagnostics.diagnostic import Diagnostic, Rule, Severity
from cvtex.diagnostics.hints import did_you_mean
from cvtex.source import Span

if TYPE_CHECKING:
    from cvtex.schema.cv import Lint

ALL = "ALL"
"""Selects every rule, also those that are not on by default."""

NAMED = 10
"""The weight of a selector that is the code or name of a rule.

The beginning of a code weighs its length, and `ALL` as much as `CV`.
"""


class RuleSelection(Struct, frozen=True):
    """Selectors of rules; `select` replaces the usual choice, `extend` adds to it.

    Of several that fit a rule the most specific one decides; where two are alike, `ignore` wins.
    A rule that is not on by default is only selected by its code or name, or by `ALL`.
    """

    select: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def enables(self, rule: Rule) -> bool:
        """Return whether a rule is selected."""
        wanted = (s for s in (*self.select, *self.extend) if rule.default or _names(s, rule))
        chosen = max((_weight(s, rule) for s in wanted), default=0)
        if not self.select and rule.default:
            chosen = max(chosen, 1)
        return chosen > max((_weight(s, rule) for s in self.ignore), default=0)

    def shows(self, rule: Rule) -> bool:
        """Return whether findings of a rule are shown; errors always are: they stop the build."""
        return rule.severity is Severity.ERROR or self.enables(rule)


NOTHING_ASKED = RuleSelection()
"""The selection of a command line without options for it."""


def selection_of(lint: Lint, asked: RuleSelection) -> RuleSelection:
    """Return the selection of a CV and the command line, whose `select` replaces that of the CV.

    A rule that the command line names is not ignored, even if the CV ignores it.
    """
    select = asked.select or tuple(map(str, lint.select))
    extend = (*map(str, lint.extend_select), *asked.extend)
    named = {selector.upper() for selector in _current([*asked.select, *asked.extend])}
    ignored = _current(map(str, lint.ignore))
    ignore = (selector for selector in ignored if selector.upper() not in named)
    return RuleSelection(select, extend, (*ignore, *asked.ignore))


def _current(selectors: Iterable[str]) -> Iterator[str]:
    """Yield selectors, with former codes replaced by those of today."""
    for selector in selectors:
        yield from kept_codes(selector) or (selector,)


def _names(selector: str, rule: Rule) -> bool:
    is_name = selector.upper() in (ALL, rule.code, rule.name.upper())
    return is_name or rule.code in kept_codes(selector)


def _weight(selector: str, rule: Rule) -> int:
    """Return how exactly a selector fits a rule; 0 when it does not."""
    if not fits(selector, rule):
        return 0
    if selector.upper() == ALL:
        return 2
    return NAMED if _names(selector, rule) else len(selector)


def fits(selector: str, rule: Rule) -> bool:
    """Return whether a selector selects a rule."""
    begins_code = len(selector) > 1 and rule.code.startswith(selector.upper())
    return begins_code or _names(selector, rule)


def unknown(selector: str, rules: Iterable[Rule]) -> bool:
    """Return whether a selector fits no rule."""
    return not any(fits(selector, rule) for rule in rules)


def no_rule(selector: str, span: Span | None, rules: Iterable[Rule]) -> Diagnostic:
    """Return the finding about a selector that fits no rule."""
    if is_retired(selector):
        return Diagnostic(UNKNOWN_RULE, retired_message(selector), span, "delete it here")
    message = f"there is no rule `{selector}`"
    return Diagnostic(UNKNOWN_RULE, message, span, nearest(selector, rules))


def is_retired(selector: str) -> bool:
    """Return whether a selector names, by code or by name, a rule that cvtex no longer has."""
    return selector.upper() in RETIRED or selector.lower() in RETIRED.values()


def retired_message(selector: str) -> str:
    """Return the message about a selector that names a retired rule."""
    return f"cvtex no longer has the rule `{selector}`"


def nearest(selector: str, rules: Iterable[Rule]) -> str:
    """Return a hint for a selector that fits no rule."""
    names = [name for rule in rules for name in (rule.code, rule.name)]
    return did_you_mean(selector, names) or "`cvtex rules` lists them"
