"""Asks the rules, and adds what they find to what reading found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cvtex.diagnostics.catalogue import UNKNOWN_RULE
from cvtex.diagnostics.hints import did_you_mean
from cvtex.diagnostics.model import Diagnostic, Rule, Sink
from cvtex.lint.comments import find_suppressions
from cvtex.lint.model import Subject
from cvtex.lint.registry import checks, rules
from cvtex.lint.selection import Selection, unknown
from cvtex.lint.settle import NOTHING_ASKED, selection_of
from cvtex.lint.suppressions import Suppressions
from cvtex.schema.cv import Lint
from cvtex.source import Text


def lint(subject: Subject, found: Sink, asked: Selection = NOTHING_ASKED) -> Sink:
    """What is shown of `found`, of what the rules find, and of suppressions that are no use."""
    project = subject.project
    selection = selection_of(project.cv.lint, asked)
    suppressions, shown = Suppressions(find_suppressions(project)), Sink()
    diagnostics = [*found.found, *_asked(subject, selection)]
    shown.take(suppressions.hide(d for d in diagnostics if selection.shows(d.rule)))
    last = list(_unknown_selectors(project.cv.lint, rules()))
    if subject.whole:
        last += suppressions.unused(rules(), selection)
    shown.take(d for d in last if selection.shows(d.rule))
    return shown


def _asked(subject: Subject, selection: Selection) -> Iterator[Diagnostic]:
    """What the rules find that are selected, and that can be relied on here."""
    for check in checks():
        if selection.enables(check.rule) and (subject.whole or not check.whole):
            yield from check.findings(subject)


def _unknown_selectors(lint: Lint, known: Sequence[Rule]) -> Iterator[Diagnostic]:
    for text in (*lint.select, *lint.extend_select, *lint.ignore):
        if unknown(text.value, known):
            yield _unknown_selector(text, known)


def _unknown_selector(text: Text, known: Sequence[Rule]) -> Diagnostic:
    names = [name for rule in known for name in (rule.code, rule.name)]
    hint = did_you_mean(text.value, names) or "`cvtex rules` lists them"
    return Diagnostic(UNKNOWN_RULE, f"there is no rule `{text}`", text.span, hint)
