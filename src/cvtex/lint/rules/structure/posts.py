"""Posts held against each other: what nobody does at the same time."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Needs
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.shared import notes_at
from cvtex.lint.rules.structure.timeline import DatedEntry, Stretch, posts, shown, today
from cvtex.schema.cv import CV
from cvtex.schema.sections import Employment
from cvtex.support.lazy_re import lazy_re

HANDOVER = timedelta(days=92)
"""So long two posts may overlap while someone changes from one to the other."""

_FULL_TIME = {
    "academic": lazy_re(r"\b(?:post-?\s?doc\w*|(?:junior)?professor(?:in)?)\b", re.IGNORECASE),
    "industrial": lazy_re(
        r"\b(?:engineer|developer|programmer|analyst|scientist|product manager"
        r"|\w*entwickler(?:in)?|\w*ingenieur(?:in)?|ingénieure?|développeu(?:r|se))\b",
        re.IGNORECASE,
    ),
}
"""What full-time posts are called, by where they are found."""

_BESIDE = lazy_re(
    r"\b(?:intern(?:s|ship|ships)?|trainee|apprentice|co-?op|visit\w*|guest|part[- ]?time|teilzeit"
    r"|adjunct|affiliat\w*|consult\w*|honou?rary|emerit\w*|courtesy|joint(?:ly)?|secondary|dual"
    r"|remote(?:ly)?|freelanc\w*|self-employed|contract\w*|(?:co-?)?found\w*|owner|board|advis\w*"
    r"|volunt\w*|student\w*|ph\.?d|doctoral|assistant(?!\s+professor)|teaching|tutor|leave|sabbatical"
    r"|second(?:ed|ment)|external|casual|season\w*|summer|winter|collaborat\w*|ambassador|mentor"
    r"|distinguished|special\w*|concurrent\w*|temporary|acting|interim|head|director|dean|chair"
    r"|chief|lead|scholar|fellow|member\w*|open[- ]source|contributor|reserve|residen\w*"
    r"|gast\w*|neben\w*|werkstudent\w*|praktik\w*|hiwi|hilfskraft|extern\w*|stag\w*|invité\w*)\b"
    r"|\d\s?%",
    re.IGNORECASE,
)
"""What may be held beside another post."""

_RANKS = (
    ("postdoc", lazy_re(r"\bpost-?\s?doc", re.IGNORECASE)),
    ("assistant", lazy_re(r"\b(?:assistant|junior)[\s-]*professor", re.IGNORECASE)),
    ("associate", lazy_re(r"\bassociate\s+professor", re.IGNORECASE)),
    ("full", lazy_re(r"\bprofessor", re.IGNORECASE)),
)


class _Post(Struct, frozen=True, dict=True):
    """A full-time post."""

    dated: DatedEntry
    kind: str

    @cached_property
    def when(self) -> Stretch:
        return self.dated.stretch

    @property
    def role(self) -> str:
        return str(self.dated.role or "").casefold()

    @property
    def place(self) -> str:
        return self.dated.title.value.casefold().strip()

    @property
    def is_chair(self) -> bool:
        """Whether it is that of a professor, of any rank."""
        return self.kind == "academic" and self.rank != "postdoc"

    def is_to_come(self, now: date) -> bool:
        """Whether it certainly has not begun."""
        return self.when.begins is not None and self.when.begins.first > now

    @property
    def rank(self) -> str | None:
        return next((rank for rank, pattern in _RANKS if pattern.search(self.role)), None)


def _full_time(cv: CV) -> list[_Post]:
    """The posts whose words say that they fill a working week."""
    found = (_full_time_post(post) for post in posts(cv))
    return [post for post in found if post is not None]


def _full_time_post(post: DatedEntry) -> _Post | None:
    entry = post.entry
    beside = (entry.location, entry.supervisor) if isinstance(entry, Employment) else ()
    texts = (post.section.title, post.title, post.role, *beside)
    if any(text is not None and _BESIDE.search(text.value) for text in texts):
        return None
    role = str(post.role or "")
    kinds = (kind for kind, pattern in _FULL_TIME.items() if pattern.search(role))
    kind = next(kinds, None)
    return None if kind is None else _Post(post, kind)


@rule("CV124", needs=Needs.COMPLETE_CV)
def overlapping_posts(subject: LintContext) -> RuleFindings:
    """Two full-time posts were held at the same time for more than three months.

    Mostly one of the dates is mistyped. The rule looks at titles that stand for a whole working
    week, such as professor, postdoc and engineer. Internships, and whatever is called part-time,
    visiting, adjunct, affiliated, honorary and the like, may stand beside anything, and a professor
    of any rank may hold a post in industry. A post that goes on until the present ends when one
    begins that is still to come.

    Bad:

    ```yaml
    - {organization: ETH Zürich, role: Postdoc, date: 2020-01/2022-06}
    - {organization: EPFL, role: Postdoc, date: 2021-01/2023-12}
    ```

    Good:

    ```yaml
    - {organization: ETH Zürich, role: Postdoc, date: 2020-01/2020-12}
    - {organization: EPFL, role: Postdoc, date: 2021-01/2023-12}
    ```
    """
    hint = "correct a date, or say what was part-time or a visit"
    now = today(subject)
    for one, other in combinations(_full_time(subject.project.cv), 2):
        if one.place == other.place or not _overlap(one.when, other.when):
            continue
        if not (_may_go_on(one, other, now) or _go_together(one, other)):
            yield _pair(one, other, "overlap by more than three months", hint)


def _may_go_on(one: _Post, other: _Post, now: date) -> bool:
    """Whether what goes on ends with nothing, or with a post that is still to come."""
    if one.when.ongoing and other.when.ongoing:
        return True
    running, second = (one, other) if one.when.ongoing else (other, one)
    return running.when.ongoing is not None and second.is_to_come(now)


def _go_together(one: _Post, other: _Post) -> bool:
    """Whether two posts, of which one is in industry, may be held at once."""
    if one.kind == other.kind:
        return False
    return one.is_chair or other.is_chair or _holds_either(one.when, other.when)


def _overlap(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches certainly overlap, by more than a handover."""
    if one.begins is None or other.begins is None:
        return False
    begun = max(one.begins.last, other.begins.last)
    return min(one.over.first, other.over.first) - begun > HANDOVER


def _holds_either(one: Stretch, other: Stretch) -> bool:
    """Whether one of two stretches lies within the other, such as a job beside a chair."""
    return _holds(one, other) or _holds(other, one)


def _holds(outer: Stretch, inner: Stretch) -> bool:
    begun = outer.begins and inner.begins and outer.begins.first <= inner.begins.last
    lasts = outer.ongoing or (outer.ends and inner.ends and inner.ends.first <= outer.ends.last)
    return bool(begun and lasts)


def _pair(one: _Post, other: _Post, what: str, hint: str) -> Finding:
    first, second = one.dated, other.dated
    notes = notes_at(second.when.span, "the other one")
    places = dict.fromkeys(f"`{shown(one.title)}`" for one in (first, second))
    message = f"the posts at {' and '.join(places)} {what}"
    return Finding(message, first.when.span, hint, notes)


@rule("CV125", needs=Needs.COMPLETE_CV)
def two_present_posts(subject: LintContext) -> RuleFindings:
    """Two posts that exclude each other both go on until the present.

    It happens when a new post is added and the old one is not closed: two chairs at two
    universities, two jobs as engineer, or "Associate Professor" still running beside "Professor"
    at the same place. Whatever is called part-time, visiting, affiliated and the like is let
    through, and so is a chair beside a post in industry, and a post that is still to come.

    Bad:

    ```yaml
    - {title: Professor, date: 2022-09/present}
    - {title: Associate Professor, date: 2017-09/present}
    ```

    Good:

    ```yaml
    - {title: Professor, date: 2022-09/present}
    - {title: Associate Professor, date: 2017-09/2022-08}
    ```
    """
    now = today(subject)
    going_on = (post for post in _full_time(subject.project.cv) if post.when.ongoing)
    running = [post for post in going_on if not post.is_to_come(now)]
    for one, other in combinations(running, 2):
        if one.kind == other.kind and _exclude(one, other):
            older, newer = sorted((one, other), key=lambda post: post.when.begun.first)
            hint = f"close the older one: write its end for `{_end_word(older)}`"
            yield _pair(older, newer, "both go on until the present", hint)


def _exclude(one: _Post, other: _Post) -> bool:
    """At two places any two posts; at one place the rungs of a ladder."""
    if one.place != other.place:
        return True
    if one.rank is not None or other.rank is not None:
        return one.rank != other.rank
    return one.role != other.role and (
        one.role.endswith(other.role) or other.role.endswith(one.role)
    )


def _end_word(post: _Post) -> str:
    ongoing = post.when.ongoing
    return str(ongoing.value) if ongoing else ""
