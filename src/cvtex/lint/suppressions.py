"""Keeps from being shown what a comment suppresses, and says which comments were of no use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cvtex.diagnostics.catalogue import UNKNOWN_RULE, UNUSED_SUPPRESSION
from cvtex.diagnostics.hints import did_you_mean
from cvtex.diagnostics.model import Diagnostic, Edit, Fix, Rule, Safety, Severity
from cvtex.lint.comments import Suppression
from cvtex.lint.selection import Selection, fits
from cvtex.source import Span


@dataclass
class Suppressions:
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

    def unused(self, rules: Sequence[Rule], asked: Selection) -> Iterator[Diagnostic]:
        """The suppressions that hid nothing, though their rules were asked; and unknown codes."""
        for one in self.known:
            meant = [rule for rule in rules if one.code and fits(one.code, rule)]
            if not meant:
                yield _unknown(one, rules)
            elif one not in self.used and any(asked.enables(rule) for rule in meant):
                yield _unused(one, meant)


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
        return Diagnostic(UNKNOWN_RULE, "this comment ignores nothing", one.span, hint)
    near = did_you_mean(one.code, [name for rule in rules for name in (rule.code, rule.name)])
    hint = near or "`cvtex rules` lists them"
    return Diagnostic(UNKNOWN_RULE, f"there is no rule `{one.code}`", one.span, hint)


def _unused(one: Suppression, meant: Sequence[Rule]) -> Diagnostic:
    if all(rule.severity is Severity.ERROR for rule in meant):
        message = f"`{one.code}` is an error, which cannot be ignored"
        return Diagnostic(UNUSED_SUPPRESSION, message, one.span, "correct the error")
    edit = Edit(_removable(one), "")
    return Diagnostic(
        UNUSED_SUPPRESSION,
        f"nothing here has to be ignored for `{one.code}`",
        one.span,
        "take it away",
        fix=Fix("take the suppression away", (edit,), Safety.SAFE),
    )


def _removable(one: Suppression) -> Span:
    """The comment, or of several codes the one with the comma beside it."""
    source, comment = one.span.source, one.comment
    inside = source.text[comment.start : comment.end]
    first, last = comment.start + inside.index("[") + 1, comment.end - 1
    before, after = source.text[first : one.span.start], source.text[one.span.end : last]
    if before.strip():
        return source.span(first + len(before.rstrip(" \t,;")), one.span.end)
    if after.strip():
        return source.span(one.span.start, one.span.end + len(after) - len(after.lstrip(" \t,;")))
    return _whole_line(comment)


def _whole_line(comment: Span) -> Span:
    """The comment, with the end of its line where it has the line for itself."""
    source, first = comment.source, comment.first
    rest = source.text[comment.end : source.offset(first.line + 1)]
    if comment.start == source.offset(first.line) and not rest.strip():
        return source.span(comment.start, source.offset(first.line + 1))
    return comment
