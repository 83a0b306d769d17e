"""Asks the rules, and adds what they find to what reading found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from cvtex.diagnostics.catalogue import MISSING_TRANSLATION, UNUSED_SUPPRESSION, WANT_WHOLE_CV
from cvtex.diagnostics.diagnostic import Diagnostic, Rule, Severity, Sink
from cvtex.lint.comments import find_suppressions
from cvtex.lint.context import LintContext
from cvtex.lint.registry import checks, rules
from cvtex.lint.selection import RuleSelection, fits, no_rule, unknown
from cvtex.lint.settle import NOTHING_ASKED, selection_of
from cvtex.lint.suppressions import Suppressions
from cvtex.schema.cv import Lint


def lint(subject: LintContext, found: Sink, asked: RuleSelection = NOTHING_ASKED) -> Sink:
    """What is shown of `found`, of what the rules find, and of suppressions that are no use."""
    project = subject.project
    selection = selection_of(project.cv.lint, asked)
    suppressions, shown = Suppressions(find_suppressions(project)), Sink()

    def show(diagnostics: Iterable[Diagnostic]) -> None:
        shown.take(suppressions.hide(d for d in diagnostics if selection.shows(d.rule)))

    show([*found.found, *_asked(subject, selection)])
    show([*_useless_selectors(project.cv.lint, rules()), *suppressions.unknown(rules())])
    show(suppressions.unused(_certain(subject), selection))
    return shown


def _certain(subject: LintContext) -> list[Rule]:
    """The rules of which is certain that they find no more than they did."""
    if not subject.whole or subject.project.cut.name is not None:
        return []
    unsure = {MISSING_TRANSLATION}  # found in the language that is asked for
    if subject.project.cv.variants:
        unsure |= WANT_WHOLE_CV | {check.rule for check in checks() if check.whole}
    return [r for r in rules() if r not in unsure and (subject.pdf or not r.code.startswith("CV4"))]


def _asked(subject: LintContext, selection: RuleSelection) -> Iterator[Diagnostic]:
    """What the rules find that are selected, and that can be relied on here."""
    asked = (
        check
        for check in checks()
        if selection.enables(check.rule) and (subject.whole or not check.whole)
    )
    return chain.from_iterable(check.findings(subject) for check in asked)


def _useless_selectors(lint: Lint, known: Sequence[Rule]) -> Iterator[Diagnostic]:
    """Selectors that mean no rule, or are to ignore what cannot be ignored."""
    for text in (*lint.select, *lint.extend_select, *lint.ignore):
        if unknown(text.value, known):
            yield no_rule(text.value, text.span, known)
    for text in lint.ignore:
        meant = {rule.severity for rule in known if fits(text.value, rule)}
        if meant == {Severity.ERROR}:
            message = f"`{text.value}` is an error, which cannot be ignored"
            hint = "correct the error, and take this away"
            yield Diagnostic(UNUSED_SUPPRESSION, message, text.span, hint)
