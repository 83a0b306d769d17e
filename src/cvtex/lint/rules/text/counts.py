"""Numbers that were typed, compared with the data they count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Needs, Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.cv_prose import CvProse
from cvtex.lint.prose import matches
from cvtex.publications.publication import Publication, Status
from cvtex.schema.publications import PublicationSelect
from cvtex.schema.sections import CVSection, PublicationsSection, TalksSection
from cvtex.support.lazy_re import lazy_re

_CLAIM = lazy_re(
    r"(?:\A|(?<=\w\w)[.!?]\s+|[;|·•]\s+|\n\s*\n)"
    r"(?P<own>(?:I(?: have)? (?:published|authored|written|wrote|given|gave)|author of"
    r"|autor(?:in)? von|j['’]ai publié|auteure? de)\s+)?"
    r"(?P<claim>(?P<least>(?:more than|over|at least|mehr als|über|plus de|au moins|más de|oltre)"
    r"\s+)?(?P<n>\d{1,3}(?:[,.]\d{3})+|\d+)(?P<plus>\s?\+)?\s+"
    r"(?P<part>(?:peer[- ]reviewed|refereed)\s+)?"
    r"(?:(?P<publications>publications|papers|Publikationen|Veröffentlichungen|publicaciones"
    r"|pubblicazioni)|(?P<talks>talks|Vorträge)|(?P<citations>citations|Zitationen|Zitate)))\b(?!-)"
    r"(?P<end>(?=\s*(?:[.,;!|·•]|\Z)))?",
    re.IGNORECASE,
)
"""A count at the start of a sentence, of works or talks of one's own."""

_CHOSEN = lazy_re(
    r"select|highlight|recent|represent|key |main|invited|ausgew|wichtig|neuere|choisi|principa",
    re.IGNORECASE,
)
"""A title of a section that shows a choice."""

_PAPERS = frozenset("article inproceedings conference online techreport report".split())
_NOT_YET = (Status.PREPARATION, Status.SUBMITTED, Status.UNDER_REVIEW)


class _Count(Struct, frozen=True):
    """The range in which a typed number is right, and the source of that in words."""

    low: int
    high: int
    source: str


@rule("CV228", fix=Safety.UNSAFE, needs=Needs.COMPLETE_CV)
def stale_count(context: LintContext) -> RuleFindings:
    """A typed number of publications, talks or citations is not what the data says.

    A number that is typed once is forgotten when the next paper appears. `{publications}` counts
    what is printed, and a fact, such as `{citations}`, is kept in one place. Only numbers at the
    start of a sentence are compared, in running text and in the headline, as in "I have published
    12 papers" or "Over 40 publications": there they count everything. Works that are not yet out
    may be counted or not. Where the CV prints selected works only, no number is too large.

    Bad, with 22 publications in the lists:

    ```yaml
    body: I have published 12 papers.
    ```

    Good:

    ```yaml
    body: I have published {publications} papers.
    ```

    Fix: writes the fact in place of a number of publications or citations. This is unsafe, since
    the number may count something else.
    """
    if context.project.variant.name is not None:
        return
    counts = dict(_counts(context))
    texts = (one for one in context.texts if one.path[0] == "headline" or one.field == "body")
    for prose, match in matches(texts, _CLAIM):
        kind = next(kind for kind in ("publications", "talks", "citations") if match[kind])
        if kind in counts and _is_stale(match, counts[kind]):
            yield _finding(prose, match, kind, counts[kind])


def _counts(context: LintContext) -> Iterator[tuple[str, _Count]]:
    """Yield what the data says of each kind that it has."""
    sections, lists = context.project.cv.sections, context.lowered.lists
    works = {item.publication.key: item.publication for one in lists for item in one.items}
    if works and any(_prints_the_rest(section) for section in sections):
        low = sum(map(_is_paper, works.values()))
        yield "publications", _Count(low, len(works), f"the lists print {len(works)}")
    talks = [section for section in sections if isinstance(section, TalksSection)]
    if talks and not any(map(_is_chosen, talks)):
        given = sum(len(section.entries) for section in talks)
        yield "talks", _Count(given, given, f"the CV lists {given}")
    fact = context.project.cv.facts.get("citations")
    if fact and (digits := re.sub(r"[,.\s]", "", fact.value.value)).isdecimal():
        yield "citations", _Count(int(digits), int(digits), f"the fact `citations` says {digits}")


def _prints_the_rest(section: CVSection) -> bool:
    """Return whether a section prints all publications that no other one prints."""
    if not isinstance(section, PublicationsSection) or _is_chosen(section):
        return False
    return section.select.rest or section.select == PublicationSelect.model_construct()


def _is_chosen(section: CVSection) -> bool:
    return any(_CHOSEN.search(name) for name in section.names())


def _is_paper(publication: Publication) -> bool:
    """Return whether a work is a paper that is out, be it as a preprint."""
    is_paper = publication.type in _PAPERS or "arxiv" in publication.links
    return is_paper and publication.status not in _NOT_YET


def _is_stale(match: re.Match[str], count: _Count) -> bool:
    number = int(re.sub(r"\D", "", match["n"]))
    is_total = _is_exact(match) and not match["part"]
    is_own = match["own"] or match["end"] is not None
    return bool(is_own) and (number > count.high or (is_total and number < count.low))


def _is_exact(match: re.Match[str]) -> bool:
    """Return whether a number stands for itself, with nothing said of what it counts."""
    return match["end"] is not None and not (match["least"] or match["plus"])


def _finding(prose: CvProse, match: re.Match[str], kind: str, count: _Count) -> Finding:
    fact = f"{{{kind}}}"
    has_fact = _is_exact(match) and kind != "talks"
    fix = prose.fix(*match.span("n"), fact, f"write `{fact}`", Safety.UNSAFE)
    return Finding(
        f"`{' '.join(match['claim'].split())}` is not what the data says: {count.source}",
        prose.text.place(*match.span("claim")),
        f"write `{fact}` for the number, which is always up to date"
        if has_fact
        else "correct the number, or add to the data what is missing",
        fix=fix if has_fact else None,
    )
