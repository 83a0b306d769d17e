"""Keeps from being shown what a comment suppresses, and says which comments were of no use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from cvtex.diagnostics.catalogue import UNKNOWN_RULE, UNUSED_SUPPRESSION
from cvtex.diagnostics.diagnostic import Diagnostic, Edit, Fix, Rule, Safety, Severity, Sink
from cvtex.lint.comments import Suppression, find_suppressions
from cvtex.lint.selection import (
    NOTHING_ASKED,
    RuleSelection,
    fits,
    is_retired,
    no_rule,
    retired_message,
    selection_of,
)
from cvtex.project.project import Project
from cvtex.source import Span

INTRODUCTION = " \t:;,.–—-"
"""What stands between a comment that ignores something and the words behind it."""

SEPARATORS = " \t,;"
"""What stands between the codes of a comment."""


def filter_diagnostics(found: Sink, project: Project, asked: RuleSelection = NOTHING_ASKED) -> Sink:
    """Return the findings that are selected and that no comment of the project suppresses."""
    selection = selection_of(project.cv.lint, asked)
    shown, suppressions = Sink(), Suppressions(find_suppressions(project))
    shown.take(suppressions.hide(d for d in found.found if selection.shows(d.rule)))
    return shown


class Suppressions(Struct):
    """The suppressions of a project, and which of them were of use."""

    known: Sequence[Suppression]
    used: set[Suppression] = field(default_factory=set)

    def hide(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The findings that remain; errors, which stop the build, always do."""
        for diagnostic in diagnostics:
            covering = [one for one in self.known if _covers(one, diagnostic)]
            if not covering or diagnostic.severity is Severity.ERROR:
                yield diagnostic
            else:
                self.used.update(covering)

    def unknown(self, rules: Sequence[Rule]) -> Iterator[Diagnostic]:
        """The suppressions that name no rule there is, or none that can be ignored."""
        for one in self.known:
            meant = _meant(one, rules)
            if is_retired(one.code):
                yield _useless(one, retired_message(one.code))
            elif not meant:
                yield _unknown(one, rules)
            elif _only_errors(meant):
                hint = "correct the error, and take this away"
                yield _useless(one, f"`{one.code}` is an error, which cannot be ignored", hint)

    def unused(self, rules: Sequence[Rule], asked: RuleSelection) -> Iterator[Diagnostic]:
        """The suppressions of asked rules that hid nothing.

        `rules` are those of which is certain that they find nothing more. What comes first may be
        hidden by what comes last: by the suppressions of this very rule. Errors are not looked for:
        what is said of them does not hang on what is found.
        """
        enabled = [r for r in rules if asked.enables(r) and r.severity is not Severity.ERROR]
        for one in sorted(self.known, key=lambda one: fits(one.code, UNUSED_SUPPRESSION)):
            meant = _meant(one, rules)
            if one not in self.used and any(rule in enabled for rule in meant):
                yield _useless(one, f"nothing here has to be ignored for `{one.code}`")


def _meant(one: Suppression, rules: Iterable[Rule]) -> list[Rule]:
    return [rule for rule in rules if one.code and fits(one.code, rule)]


def _only_errors(meant: Iterable[Rule]) -> bool:
    return all(rule.severity is Severity.ERROR for rule in meant)


def _covers(suppression: Suppression, diagnostic: Diagnostic) -> bool:
    span = diagnostic.span
    return (
        bool(suppression.code)
        and span is not None
        and span.source is suppression.span.source
        and suppression.start <= span.start < suppression.end
        and fits(suppression.code, diagnostic.rule)
    )


def _unknown(one: Suppression, rules: Sequence[Rule]) -> Diagnostic:
    if not one.code:
        hint = "name the rules it is for: `cvtex: ignore[CV203]`"
        if one.is_misplaced:
            hint = f"write `{one.span.text}` at the beginning of the comment"
        return Diagnostic(UNKNOWN_RULE, "this comment ignores nothing", one.span, hint)
    return no_rule(one.code, one.span, rules)


def _useless(one: Suppression, message: str, hint: str = "take it away") -> Diagnostic:
    fix = Fix("take the suppression away", (_removal(one),), Safety.SAFE)
    return Diagnostic(UNUSED_SUPPRESSION, message, one.span, hint, fix=fix)


def _removal(one: Suppression) -> Edit:
    """Takes away all but the words behind it, or of several codes the one with its comma."""
    source, comment = one.span.source, one.comment
    inside = source.text[comment.start : comment.end]
    first, last = (comment.start + inside.index(sign) for sign in "[]")
    before, after = source.text[first + 1 : one.span.start], source.text[one.span.end : last]
    if before.strip(SEPARATORS):
        return Edit(source.span(first + 1 + len(before.rstrip(SEPARATORS)), one.span.end), "")
    if after.strip(SEPARATORS):
        return Edit(source.span(one.span.start, last - len(after.lstrip(SEPARATORS))), "")
    words = source.text[last + 1 : comment.end].lstrip(INTRODUCTION)
    return _kept(comment, words) if words else Edit(_whole_line(comment), "")


def _kept(comment: Span, words: str) -> Edit:
    """Leaves of a comment the words at its end."""
    sign = comment.text.lstrip()[0]
    start = comment.end - len(comment.text.lstrip())
    return Edit(comment.source.span(start, comment.end - len(words)), f"{sign} ")


def _whole_line(comment: Span) -> Span:
    """The comment, with the end of its line where it has the line for itself."""
    source, first = comment.source, comment.first
    rest = source.text[comment.end : source.offset(first.line + 1)]
    if comment.start == source.offset(first.line) and not rest.strip():
        return source.span(comment.start, source.offset(first.line + 1))
    return comment
