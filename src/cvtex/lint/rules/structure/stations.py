"""Degrees and posts compared in time: gaps between them, and the order of degrees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from cvtex.diagnostics.diagnostic import Needs, Severity
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.shared import notes_at
from cvtex.lint.rules.structure.timeline import DatedEntry, Period, dated, posts, shown
from cvtex.schema.cv import CV
from cvtex.schema.sections import Degree, EducationSection
from cvtex.support.lazy_re import lazy_re

GAP = timedelta(days=183)
"""The longest time without a station that needs no explanation."""

_DOCTORATE = lazy_re(
    r"\bph\.?\s?d\b|\bd\.?phil\b|\bdoctor of philosophy\b|\bdoctorate\b|\bdoctorat\b|\bdoctorado\b"
    r"|\bdr\.?[- ]?(?:ing|rer|phil)\b|^promotion\b",
    re.IGNORECASE,
)
_BACHELOR = lazy_re(r"\bbachelor\b|\bb\.?(?:sc|s|a|eng|tech|e)\b|^licence\b", re.IGNORECASE)


@rule("CV126", Severity.INFO, default=False, needs=Needs.COMPLETE_CV)
def unexplained_gap(context: LintContext) -> RuleFindings:
    """More than six months between two stations of education or work are not explained.

    Some readers ask about gaps, and some employers dislike them. Many CVs are a selection, so this
    rule is off unless you ask for it.

    Bad:

    ```yaml
    - {institution: KTH, degree: M.Sc., date: 2018-09/2020-06}
    - {institution: KTH, degree: Ph.D., date: 2022-09/present}
    ```

    Good:

    ```yaml
    - {institution: KTH, degree: M.Sc., date: 2018-09/2020-06}
    - {organization: Parental leave, date: 2020-07/2022-08}
    - {institution: KTH, degree: Ph.D., date: 2022-09/present}
    ```
    """
    stations = sorted(_stations(context.project.cv), key=lambda one: one.period.begun.first)
    last: DatedEntry | None = None
    for station in stations:
        if last is not None and _apart(last.period, station.period):
            notes = notes_at(last.when.span, "this ended before")
            message = f"the months before `{shown(station.title)}` are not explained"
            yield Finding(message, station.when.span, "add what you did, if you like", notes)
        if last is None or station.period.over.last >= last.period.over.last:
            last = station


def _stations(cv: CV) -> Iterator[DatedEntry]:
    for section in cv.sections:
        if isinstance(section, EducationSection):
            yield from dated(section)
    yield from posts(cv)


def _apart(earlier: Period, later: Period) -> bool:
    """Return whether there certainly is a gap; a degree with one date may have begun any time."""
    if later.begins is None or earlier.ends is None or _is_point(later):
        return False
    return later.begins.first - earlier.ends.last > GAP


@rule("CV127", needs=Needs.COMPLETE_CV)
def degree_order(context: LintContext) -> RuleFindings:
    """The doctorate comes before the bachelor's degree, with no other degree before it.

    One of the two dates is mistyped, or they were swapped. The rule accepts a CV with any degree
    that is older than the doctorate, as with a second bachelor's.

    Bad:

    ```yaml
    - {institution: MIT, degree: Ph.D. in Physics, date: 2008/2012}
    - {institution: MIT, degree: B.S. in Physics, date: 2018/2022}
    ```

    Good:

    ```yaml
    - {institution: MIT, degree: Ph.D. in Physics, date: 2022/2026}
    - {institution: MIT, degree: B.S. in Physics, date: 2018/2022}
    ```
    """
    degrees = [d for s in context.project.cv.sections if s.kind == "education" for d in dated(s)]
    doctorates = [d for d in degrees if _is(d, _DOCTORATE)]
    bachelors = [d for d in degrees if _is(d, _BACHELOR) and not _is(d, _DOCTORATE)]
    for doctorate in doctorates[:1] if len(doctorates) == 1 else ():
        rest = [degree for degree in degrees if degree is not doctorate]
        if bachelors and all(_starts_behind(degree, doctorate) for degree in rest):
            first = min(bachelors, key=lambda degree: degree.period.begun.first)
            notes = notes_at(first.when.span, "the bachelor's degree")
            message = f"the doctorate at `{shown(doctorate.title)}` begins before the bachelor's"
            yield Finding(message, doctorate.when.span, "correct one of the dates", notes)


def _is(degree: DatedEntry, pattern: re.Pattern[str]) -> bool:
    entry = degree.entry
    name = entry.degree if isinstance(entry, Degree) else None
    return name is not None and pattern.search(name.value) is not None


def _starts_behind(degree: DatedEntry, doctorate: DatedEntry) -> bool:
    """Return whether a degree was certainly begun, or awarded, after a doctorate was."""
    begins, first = degree.period.begins, doctorate.period.begins
    alike = _is_point(degree.period) == _is_point(doctorate.period)
    return bool(alike and begins and first and begins.first > first.last)


def _is_point(when: Period) -> bool:
    return when.begins is not None and when.begins == when.ends
