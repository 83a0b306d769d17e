"""The bounds that the figures should keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bench import batch, growth, subjects, watch
from bench.growth import Size
from bench.measurements import Measurements
from bench.process import Peak
from bench.timing import Measured, Missing, middle, ratio


@dataclass(frozen=True)
class Bound:
    """A figure and its limit; the unit of a ratio is the times sign."""

    what: str
    value: float | Missing
    relation: Literal["≤", "≥", "<"]
    limit: float
    unit: Literal["×", "s"] = "×"

    @property
    def reached(self) -> bool | None:
        """Return whether the figure keeps the bound; None if it was not measured."""
        if isinstance(self.value, Missing):
            return None
        if self.relation == "≥":
            return self.value >= self.limit
        return self.value < self.limit or (self.relation == "≤" and self.value == self.limit)


def bounds(found: Measurements) -> list[Bound]:
    """Return all bounds, in the order of the report."""
    return [*_against_others(found), *_alone(found)]


def _against_others(found: Measurements) -> list[Bound]:
    times, rendercv = found.times, found.times[subjects.RENDERCV]

    def against(name: str, other: Measured) -> float | Missing:
        return ratio(times[name], other)

    return [
        Bound(f"{subjects.CACHED} / RenderCV", against(subjects.CACHED, rendercv), "≤", 0.40),
        Bound(f"{subjects.EMPTY} / RenderCV", against(subjects.EMPTY, rendercv), "≤", 1.1),
        Bound(f"{subjects.NO_OP} / RenderCV", against(subjects.NO_OP, rendercv), "≤", 0.15),
        Bound(f"{subjects.LINT} / RenderCV", against(subjects.LINT, rendercv), "≤", 0.40),
        Bound(
            f"{subjects.CACHED} / bare pdflatex",
            against(subjects.CACHED, times[subjects.BARE]),
            "≤",
            1.3,
        ),
        Bound(
            f"peak memory, {subjects.CACHED} / RenderCV",
            _memory(found, subjects.CACHED),
            "≤",
            1.0,
        ),
    ]


def _alone(found: Measurements) -> list[Bound]:
    times = found.times
    one, two = (times[batch.name(jobs)] for jobs in batch.JOBS)
    small, large = (times[Size("publications", count).build()] for count in (500, 5000))
    return [
        Bound(watch.CVTEX, middle(times[watch.CVTEX]), "≤", 0.10, "s"),
        Bound(f"{batch.COUNT} CVs, throughput of 2 jobs / 1 job", ratio(one, two), "≥", 1.6),
        Bound("build, 5,000 publications / 500", ratio(large, small), "≤", 11),
        Bound(growth.BIB_ALONE, middle(times[growth.BIB_ALONE]), "≤", 3.0, "s"),
        Bound(subjects.VERSION, middle(times[subjects.VERSION]), "<", 0.08, "s"),
        Bound(subjects.COMPLETION, middle(times[subjects.COMPLETION]), "≤", 0.25, "s"),
        Bound(subjects.VALUES, middle(times[subjects.VALUES]), "≤", 0.25, "s"),
        Bound(subjects.HELP, middle(times[subjects.HELP]), "<", 0.15, "s"),
    ]


def _memory(found: Measurements, name: str) -> float | Missing:
    ours, theirs = found.memory[name], found.memory[subjects.RENDERCV]
    for it in (ours, theirs):
        if isinstance(it, Missing):
            return it
    assert isinstance(ours, Peak)
    assert isinstance(theirs, Peak)
    return ours.together / theirs.together
