"""Finds errors that fixes would bring, and findings that would remain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Diagnostic, Rule, Severity
from cvtex.lint.fixes.edited_ranges import EditedRanges
from cvtex.lint.fixes.file_state import View
from cvtex.source import Span
from cvtex.support.lazy_re import lazy_re

_OF_READING = frozenset(
    (
        catalogue.INVALID_YAML,
        catalogue.DUPLICATE_KEY,
        catalogue.LOST_TEXT,
        catalogue.TOO_LARGE,
        catalogue.UNREADABLE_FILE,
    )
)
"""Rules of reading cv.yaml, whose findings can keep everything else from being found."""

_LINE_NUMBER = lazy_re(r"\bline \d+")


def new_errors(before: View, after: View, ranges: EditedRanges) -> list[Diagnostic]:
    """Return the errors, and lost text, that were not there before; of equal ones those edited."""
    known = Counter(map(_kind, before.found))
    new = []
    for error in sorted(after.found, key=lambda one: ranges.touches(one.span)):
        if error.severity is Severity.ERROR or error.rule is catalogue.LOST_TEXT:
            known[_kind(error)] -= 1
            new += [error] if known[_kind(error)] < 0 else []
    return new


def could_be_hidden(error: Diagnostic, before: View, after: View) -> bool:
    """Return whether a new error may have been there before, and was not looked for."""
    if before.context is None or after.context is None:
        return error.rule not in _OF_READING or _is_behind(error.span, before)
    was_incomplete = bool(before.context.project.incomplete)
    return was_incomplete and not after.context.project.incomplete


def _is_behind(span: Span | None, before: View) -> bool:
    """Return whether a place is in lines behind the last one that was read before."""
    read = [f.span.last.line for f in before.found if f.span and f.rule in _OF_READING]
    return span is not None and span.first.line > max(read, default=0)


def _kind(found: Diagnostic) -> tuple[Rule, str]:
    """Return the fault without its place."""
    return found.rule, _LINE_NUMBER.sub("line", found.message)


def remaining(before: View, after: View, fixed: Collection[Diagnostic]) -> Diagnostic | None:
    """Return a finding that is still there although it was fixed."""
    left = Counter(map(_kind, after.found))
    left.subtract(map(_kind, before.found))
    for finding in fixed:
        left[_kind(finding)] += 1
        if left[_kind(finding)] > 0:
            return finding
    return None
