"""The order of the entries in a section, and dates that differ from those beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cvtex.dates.partial_date import DateRange, PartialDate
from cvtex.diagnostics.diagnostic import Needs, Severity
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.structure.timeline import (
    DatedEntry,
    Period,
    dated,
    entries,
    shown,
    title_of,
)
from cvtex.schema.cv import CV

ORDERED = frozenset("education experience talks awards grants teaching supervision".split())
"""The kinds of sections whose entries are usually in order of time."""

LEAST = 4
"""The number of dated entries that show the intended order of a section."""


def _first_break(when: Sequence[Period]) -> tuple[int, int] | None:
    """Return the first entry that is newer than one before it, and that one before it.

    Each is compared with the oldest so far and with the one just before it.
    """
    oldest = 0
    for i, one in enumerate(when):
        before = next((j for j in (oldest, i - 1) if i and one.newer(when[j])), None)
        if before is not None:
            return before, i
        if one.begun.last < when[oldest].begun.last:
            oldest = i
    return None


def _dated_lists(cv: CV) -> Iterator[list[DatedEntry]]:
    """Yield the dated entries of each section that is usually in order of time.

    Of an entry with several roles the first date counts.
    """
    for section in cv.sections:
        if section.kind in ORDERED:
            found = {id(one.entry): one for one in reversed(list(dated(section)))}
            yield list(found.values())[::-1]


@rule("CV130", needs=Needs.COMPLETE_CV)
def out_of_order(context: LintContext) -> RuleFindings:
    """All entries of a section but one are in order of time.

    That one was added at the wrong place, or its year is mistyped. Sections that begin with the
    newest entry or with the oldest are both fine, and so are those in no order at all. Entries
    without a date, and those that overlap, do not count.

    Bad:

    ```yaml
    - {title: Third talk, date: 2023-05}
    - {title: First talk, date: 2019-02}
    - {title: Second talk, date: 2021-11}
    - {title: A talk before, date: 2017-01}
    - {title: The very first, date: 2016-03}
    ```

    Good:

    ```yaml
    - {title: Third talk, date: 2023-05}
    - {title: Second talk, date: 2021-11}
    - {title: First talk, date: 2019-02}
    - {title: A talk before, date: 2017-01}
    - {title: The very first, date: 2016-03}
    ```
    """
    for found in _dated_lists(context.project.cv):
        if len(found) < LEAST:
            continue
        when = [one.period for one in found]
        down, up = _stray(when), _stray(when[::-1])
        if down is not None and up is None:
            yield _out_of_place(found[down], "newest")
        elif up is not None and down is None and len(found) > LEAST:
            yield _out_of_place(found[::-1][up], "oldest")


def _stray(when: Sequence[Period]) -> int | None:
    """Return the index of the one entry without which all are in order, newest first.

    None if there is no such entry, and if all entries are in the opposite order.
    """
    broken = _first_break(when)
    if broken is None or _first_break(when[::-1]) is None:
        return None
    strays = (i for i in broken[::-1] if _first_break([*when[:i], *when[i + 1 :]]) is None)
    return next(strays, None)


def _out_of_place(one: DatedEntry, order: str) -> Finding:
    message = f"`{shown(one.title)}` is out of order: the others are sorted, {order} first"
    return Finding(message, one.when.span, "move it to its place, or correct its date")


@rule("CV132", Severity.INFO, needs=Needs.COMPLETE_CV)
def undated_entry(context: LintContext) -> RuleFindings:
    """One entry of a section has no date, and all others have.

    It was probably forgotten. Sections with fewer than four entries are not checked.

    Bad:

    ```yaml
    - {title: Best Paper Award, date: 2023}
    - {title: Travel Grant}
    - {title: Teaching Award, date: 2021}
    - {title: Scholarship, date: 2018/2022}
    ```

    Good:

    ```yaml
    - {title: Best Paper Award, date: 2023}
    - {title: Travel Grant, date: 2022}
    - {title: Teaching Award, date: 2021}
    - {title: Scholarship, date: 2018/2022}
    ```
    """
    for section in context.project.cv.sections:
        if section.kind not in ORDERED:
            continue
        with_date = {id(one.entry) for one in dated(section)}
        without = [entry for entry in entries(section) if id(entry) not in with_date]
        if len(without) == 1 and len(with_date) >= LEAST - 1:
            title = title_of(without[0])
            message = f"`{shown(title)}` has no date, but all others in this section have one"
            yield Finding(message, title.span, "add `date: ...`")


@rule("CV133", Severity.INFO, default=False, needs=Needs.COMPLETE_CV)
def mixed_precision(context: LintContext) -> RuleFindings:
    """One date of a section has no month, and all others have, or the other way round.

    Both are correct, but together they look uneven. This is a matter of taste, so the rule is off
    unless you ask for it.

    Bad:

    ```yaml
    - {organization: Sony AI, role: Engineer, date: 2023-06/2024-09}
    - {organization: Tencent, role: Engineer, date: 2021/2023}
    - {organization: SenseTime, role: Engineer, date: 2019-03/2020-12}
    - {organization: Megvii, role: Engineer, date: 2018-01/2019-02}
    ```

    Good:

    ```yaml
    - {organization: Sony AI, role: Engineer, date: 2023-06/2024-09}
    - {organization: Tencent, role: Engineer, date: 2021-04/2023-05}
    - {organization: SenseTime, role: Engineer, date: 2019-03/2020-12}
    - {organization: Megvii, role: Engineer, date: 2018-01/2019-02}
    ```
    """
    for found in _dated_lists(context.project.cv):
        exact = [one for one in found if _has_month(one)]
        rough = [one for one in found if not _has_month(one)]
        for few, many, what in (
            (rough, exact, "no month, but all others have one"),
            (exact, rough, "a month, but no other has"),
        ):
            if len(few) == 1 and len(many) >= LEAST - 1:
                message = f"the date of `{shown(few[0].title)}` has {what}"
                yield Finding(message, few[0].when.span, "give all dates the same precision")


def _has_month(one: DatedEntry) -> bool:
    """Return whether each end of a date that is not open has a month or a season."""
    value = one.when.value
    points = (value.start, value.end) if isinstance(value, DateRange) else (value,)
    known = [point for point in points if isinstance(point, PartialDate)]
    return all(point.month or point.season or point.term for point in known)
