"""Asks the rules, and adds their findings to those of reading and typesetting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from cvtex.diagnostics.catalogue import MISSING_TRANSLATION, UNUSED_SUPPRESSION
from cvtex.diagnostics.diagnostic import Diagnostic, Needs, Rule, Severity, Sink
from cvtex.lint.comments import find_suppressions
from cvtex.lint.context import LintContext
from cvtex.lint.registry import checks, rules
from cvtex.lint.selection import (
    NOTHING_ASKED,
    RuleSelection,
    fits,
    no_rule,
    selection_of,
    unknown,
)
from cvtex.lint.suppressions import Suppressions
from cvtex.schema.cv import Lint


def lint(context: LintContext, found: Sink, asked: RuleSelection = NOTHING_ASKED) -> Sink:
    """Return `found` and the findings of the rules, without those that are not to be shown.

    Useless suppressions and selectors are reported as well.
    """
    project = context.project
    selection = selection_of(project.cv.lint, asked)
    suppressions, shown = Suppressions(find_suppressions(project)), Sink()

    def show(diagnostics: Iterable[Diagnostic]) -> None:
        shown.take(suppressions.hide(d for d in diagnostics if selection.shows(d.rule)))

    show([*found.found, *_findings(context, selection)])
    show([*_useless_selectors(project.cv.lint, rules()), *suppressions.unknown(rules())])
    show(suppressions.unused(_complete_rules(context), selection))
    return shown


def _findings(context: LintContext, selection: RuleSelection) -> Iterator[Diagnostic]:
    """Yield the findings of the selected rules that can be trusted for this project."""
    asked = (
        check
        for check in checks()
        if selection.enables(check.rule) and context.project.incomplete.trusts(check.rule)
    )
    return chain.from_iterable(check.findings(context) for check in asked)


def _complete_rules(context: LintContext) -> list[Rule]:
    """Return the rules whose findings are complete for this run.

    Only these can show a suppression to be unused: the others may have findings in another
    language or variant, on the typeset page, or once the whole CV can be read.
    """
    project = context.project
    if project.incomplete or project.variant.name is not None:
        return []
    return [
        rule
        for rule in rules()
        if rule != MISSING_TRANSLATION
        and (context.pdf or not rule.code.startswith("CV4"))
        and not (project.cv.variants and rule.needs is Needs.COMPLETE_CV)
    ]


def _useless_selectors(lint: Lint, known: Sequence[Rule]) -> Iterator[Diagnostic]:
    """Yield findings about selectors that select no rule, or ignore what cannot be ignored."""
    for text in (*lint.select, *lint.extend_select, *lint.ignore):
        if unknown(text.value, known):
            yield no_rule(text.value, text.span, known)
    for text in lint.ignore:
        meant = {rule.severity for rule in known if fits(text.value, rule)}
        if meant == {Severity.ERROR}:
            message = f"`{text.value}` is an error, which cannot be ignored"
            hint = "correct the error, and delete this"
            yield Diagnostic(UNUSED_SUPPRESSION, message, text.span, hint)
