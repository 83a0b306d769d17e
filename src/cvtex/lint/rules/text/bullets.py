"""Bullets: how they end, and how long they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from cvtex.diagnostics.diagnostic import Fix, Safety, Severity
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.cv_prose import CvProse, bullet_lists
from cvtex.lint.rules.shared import notes_at
from cvtex.support.lazy_re import lazy_re

LONGEST = 320
"""The most printed characters of a bullet: three lines of a page, and a little."""

_CLOSING = "*_`”\"’')]»› \t\n"
_ABBREVIATION = lazy_re(
    r"(?:\b(?:etc|al|Inc|Ltd|Co|Corp|Jr|Sr|vs|approx|resp|usw|bzw|ggf|\w|[A-Za-z]+\.\w)"
    r"|\.\.|\.[ ]?[A-Z]\w*)\.\Z"
)
_PERIODS = ".。．।"


@rule("CV233", Severity.INFO, fix=Safety.UNSAFE)
def mixed_periods(context: LintContext) -> RuleFindings:
    """Some bullets of a list end with a period, and others do not.

    Either is good; a list that does both looks as if it was put together from pieces. The rarer
    way is reported. One that ends in another mark or in an abbreviation, such as
    "etc.", counts for neither.

    Bad:

    ```yaml
    details:
    - Proved two theorems.
    - Founded the theory of ideals
    - Taught algebra.
    ```

    Good:

    ```yaml
    details:
    - Proved two theorems.
    - Founded the theory of ideals.
    - Taught algebra.
    ```

    Fix: adds or deletes the period, as most bullets of the list have it. This is unsafe,
    since you may prefer the other way.
    """
    for bullets in bullet_lists(context.texts):
        yield from _mixed(bullets)


def _mixed(bullets: Sequence[CvProse]) -> Iterator[Finding]:
    """Yield findings for the bullets that end unlike most; at a tie, for one of them."""
    ends = {bullet: _ends_in_period(bullet) for bullet in bullets}
    known = [end for end in ends.values() if end is not None]
    if len(set(known)) < 2:
        return
    more = known.count(True) - known.count(False)
    usual = more > 0 or (more == 0 and known[0])
    like = next(bullet for bullet in bullets if ends[bullet] is usual)
    odd = [bullet for bullet in bullets if ends[bullet] is (not usual)]
    for bullet in odd if more else odd[:1]:
        yield _odd(bullet, like, usual, is_tie=not more)


def _ends_in_period(bullet: CvProse) -> bool | None:
    """Return whether a bullet ends in a period; None where that is not certain."""
    words = bullet.plain.rstrip(_CLOSING)
    if not words or _ABBREVIATION.search(words) or words[-1] in "!?:;,…":
        return None
    return words[-1] in _PERIODS


def _odd(bullet: CvProse, like: CvProse, usual: bool, *, is_tie: bool) -> Finding:
    """Return the finding for a bullet that ends otherwise than `like`; at a tie without a fix."""
    how, other = ("with", "without") if usual else ("without", "with")
    others = "the first of its list" if is_tie else "others of its list"
    at = len(bullet.plain.rstrip() if usual else bullet.plain.rstrip(_CLOSING)) - 1
    end = len(like.plain.rstrip())
    hint = "add the period" if usual else "delete the period"
    return Finding(
        f"this bullet ends {other} a period, {others} {how} one",
        bullet.text.place(at, at + 1),
        "end all bullets of a list alike" if is_tie else hint,
        notes_at(like.text.place(end - 1, end), f"this one ends {how}"),
        None if is_tie else _fix(bullet, at, hint, add=usual),
    )


def _fix(bullet: CvProse, at: int, message: str, *, add: bool) -> Fix | None:
    """Return the fix for a bullet that is a text of its own; None for one in running text."""
    if bullet.field != "details":
        return None
    written = f"{bullet.text.value[at]}." if add else ""
    return bullet.fix(at, at + 1, written, message, Safety.UNSAFE)


@rule("CV234", Severity.INFO)
def long_bullet(context: LintContext) -> RuleFindings:
    """A bullet is longer than 320 printed characters, more than three lines of the page.

    A bullet is there to be taken in at a glance. One of four lines is a paragraph: split it, or
    write it as `summary`. Addresses of links and LaTeX do not count.

    Bad:

    ```yaml
    details:
    - Built the platform, wrote the papers, taught the courses, and so on, for four lines.
    ```

    Good:

    ```yaml
    details:
    - Built the platform.
    - Wrote the papers.
    - Taught the courses.
    ```
    """
    for bullet in chain.from_iterable(bullet_lists(context.texts)):
        length = len(bullet.plain.replace("\0", "").strip())
        if length > LONGEST:
            hint = f"split it; up to {LONGEST} characters are read at a glance"
            yield Finding(f"this bullet has {length} characters", bullet.text.span, hint)
