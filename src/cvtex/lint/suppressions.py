"""Hides the findings that comments suppress, and reports the comments that are useless."""

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
"""Characters between a suppression and the reason behind it."""

SEPARATORS = " \t,;"
"""Characters between the codes of a suppression."""


def filter_diagnostics(found: Sink, project: Project, asked: RuleSelection = NOTHING_ASKED) -> Sink:
    """Return the findings that are selected and that no comment of the project suppresses."""
    selection = selection_of(project.cv.lint, asked)
    shown, suppressions = Sink(), Suppressions(find_suppressions(project))
    shown.take(suppressions.hide(d for d in found.found if selection.shows(d.rule)))
    return shown


class Suppressions(Struct):
    """The suppressions of a project, and those of them that hid a finding."""

    known: Sequence[Suppression]
    used: set[Suppression] = field(default_factory=set)

    def hide(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield the findings that no suppression covers, and all errors: these stop the build."""
        for diagnostic in diagnostics:
            covering = [one for one in self.known if _covers(one, diagnostic)]
            if not covering or diagnostic.severity is Severity.ERROR:
                yield diagnostic
            else:
                self.used.update(covering)

    def unknown(self, rules: Sequence[Rule]) -> Iterator[Diagnostic]:
        """Report the suppressions that name no rule, or only rules that cannot be ignored."""
        for one in self.known:
            meant = _meant(one, rules)
            if is_retired(one.code):
                yield _useless(one, retired_message(one.code))
            elif not meant:
                yield _unknown(one, rules)
            elif _only_errors(meant):
                hint = "correct the error, and delete this"
                yield _useless(one, f"`{one.code}` is an error, which cannot be ignored", hint)

    def unused(self, rules: Sequence[Rule], asked: RuleSelection) -> Iterator[Diagnostic]:
        """Report the suppressions of selected rules that hid no finding.

        `rules` are those whose findings are complete for this run; only these can show a
        suppression to be unused. Suppressions of this very rule come last, as they may hide the
        reports about the others. Errors are left out: `unknown` reports their suppressions.
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


def _useless(one: Suppression, message: str, hint: str = "delete it") -> Diagnostic:
    fix = Fix("delete the suppression", (_removal(one),), Safety.SAFE)
    return Diagnostic(UNUSED_SUPPRESSION, message, one.span, hint, fix=fix)


def _removal(one: Suppression) -> Edit:
    """Return the edit that deletes a suppression but for its reason, or one of several codes."""
    source, comment = one.span.source, one.comment
    inside = source.text[comment.start : comment.end]
    first, last = (comment.start + inside.index(sign) for sign in "[]")
    before, after = source.text[first + 1 : one.span.start], source.text[one.span.end : last]
    if before.strip(SEPARATORS):
        return Edit(source.span(first + 1 + len(before.rstrip(SEPARATORS)), one.span.end), "")
    if after.strip(SEPARATORS):
        return Edit(source.span(one.span.start, last - len(after.lstrip(SEPARATORS))), "")
    words = source.text[last + 1 : comment.end].lstrip(INTRODUCTION)
    return _keep_words(comment, words) if words else Edit(_whole_line(comment), "")


def _keep_words(comment: Span, words: str) -> Edit:
    """Return the edit that leaves only the words at the end of a comment."""
    sign = comment.text.lstrip()[0]
    start = comment.end - len(comment.text.lstrip())
    return Edit(comment.source.span(start, comment.end - len(words)), f"{sign} ")


def _whole_line(comment: Span) -> Span:
    """Return the place of a comment, with its line end where nothing else is on the line."""
    source, first = comment.source, comment.first
    rest = source.text[comment.end : source.offset(first.line + 1)]
    if comment.start == source.offset(first.line) and not rest.strip():
        return source.span(comment.start, source.offset(first.line + 1))
    return comment
