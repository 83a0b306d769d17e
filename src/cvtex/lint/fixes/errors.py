"""Whether fixes brought errors with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Diagnostic, Rule, Severity
from cvtex.lint.context import LintContext
from cvtex.lint.fixes.ground import Ground
from cvtex.lint.fixes.model import FixCandidate, View
from cvtex.lint.fixes.reach import sections_of
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
"""What is found while cv.yaml is read, before anything is made of it."""

_LINE_NUMBER = lazy_re(r"\bline \d+")

_Kind = tuple[Rule, str]


def new_error(
    before: View, after: View, made: Sequence[FixCandidate], ground: Ground
) -> Diagnostic | None:
    """An error that was not there before.

    One that could not be seen before is none: where an error was mended, what it had kept from
    being read is looked at for the first time, and so is everything behind a syntax error.
    """
    known = Counter(map(_kind, _errors(before)))
    mends_error = any(candidate.mends_error for candidate in made)
    for error in sorted(_errors(after), key=lambda error: ground.touches(error.span)):
        if known[_kind(error)]:
            known[_kind(error)] -= 1
        elif (
            ground.touches(error.span)
            or not mends_error
            or not _hidden(error, before, after, ground)
        ):
            return error
    return None


def unmended(before: View, after: View, made: Sequence[FixCandidate]) -> Diagnostic | None:
    """A finding that is still there although it was mended."""
    left = Counter(map(_kind, after.found))
    left.subtract(map(_kind, before.found))
    for finding in (finding for candidate in made for finding in candidate.findings):
        left[_kind(finding)] += 1
        if left[_kind(finding)] > 0:
            return finding
    return None


def _errors(view: View) -> list[Diagnostic]:
    """The errors, and text that is lost, which is as bad."""
    return [
        found
        for found in view.found
        if found.severity is Severity.ERROR or found.rule is catalogue.LOST_TEXT
    ]


def _kind(found: Diagnostic) -> _Kind:
    """What is wrong, wherever it is."""
    return found.rule, _LINE_NUMBER.sub("line", found.message)


def _hidden(error: Diagnostic, before: View, after: View, ground: Ground) -> bool:
    """Whether an error lies where nothing could be found before."""
    if before.subject is None or after.subject is None:
        return error.rule not in _OF_READING or _is_behind(error.span, before)
    if before.subject.project.incomplete and not after.subject.project.incomplete:
        return True
    span = error.span
    return span is None or any(_inside(span, part) for part in _mended(after.subject, ground))


def _is_behind(span: Span | None, before: View) -> bool:
    """Whether a place is in lines behind the last one that was read before."""
    read = [f.span.last.line for f in before.found if f.span and f.rule in _OF_READING]
    return span is not None and span.first.line > max(read, default=0)


def _mended(subject: LintContext, ground: Ground) -> Iterator[Span]:
    """The sections and the entries of .bib files in which edits are."""
    project = subject.project
    sections = (section for section, _ in sections_of(project.root))
    records = (record.span for record in project.bibliography.records.values())
    yield from (span for span in (*sections, *records) if ground.touches(span))


def _inside(span: Span, whole: Span) -> bool:
    return span.source is whole.source and whole.start <= span.start < whole.end
