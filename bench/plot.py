"""The plot of the report: the times of the reference CV, and how they grow, as SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from bench import subjects, watch
from bench.growth import PUBLICATIONS, Size
from bench.measurements import Measurements
from bench.timing import Series

WIDTH = 760
LEFT, RIGHT = 330, 730
"""The ends of the axis of times, in pixels."""
ROW = 24
OURS, THEIRS, GREY, RULE = "#1f5fa8", "#b5532a", "#5b6470", "#dde1e6"
STEPS = tuple(figure * 10.0**power for power in range(-3, 4) for figure in (1, 2, 5))
"""The values at which an axis of seconds may have ticks."""
STYLE = "font-family='Helvetica, Arial, sans-serif' font-size='12'"

SHOWN = (
    (watch.CVTEX, OURS),
    (subjects.NO_OP, OURS),
    (subjects.CACHED, OURS),
    (subjects.EMPTY, OURS),
    (subjects.LINT, OURS),
    (subjects.BARE, GREY),
    (subjects.RENDERCV, THEIRS),
    (watch.RENDERCV, THEIRS),
    (subjects.LATEXMK, GREY),
    (subjects.LATEXMK_AGAIN, GREY),
)


@dataclass(frozen=True)
class Axis:
    """A logarithmic axis: the values at its ends, and their positions in pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the position of a value, in pixels."""
        part = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + part * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Return the steps within the axis."""
        return [step for step in STEPS if self.low <= step <= self.high]


def axis_for(values: Iterable[float], start: float, end: float) -> Axis:
    """Return an axis from the last step below all values to the first step above them."""
    all_ = list(values) or [1.0]
    low = max((step for step in STEPS if step < min(all_)), default=STEPS[0])
    high = min((step for step in STEPS if step > max(all_)), default=STEPS[-1])
    return Axis(low, high, start, end)


def plot(found: Measurements) -> str:
    """Return both pictures as one SVG, one above the other."""
    shown = list(_shown(found))
    below = 70 + ROW * len(shown) + 40
    parts = [*_times(shown), *_growth(found, below)]
    height = below + 270
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' {STYLE}>\n"
        f"<rect width='{WIDTH}' height='{height}' fill='white'/>\n"
    ) + "\n".join([*parts, "</svg>\n"])


def _shown(found: Measurements) -> Iterator[tuple[str, Series, str]]:
    for name, colour in SHOWN:
        it = found.times[name]
        if isinstance(it, Series):
            yield name, it, colour


def _times(rows: Sequence[tuple[str, Series, str]]) -> Iterator[str]:
    """Draw a dot for each median, on a line from the fastest run to the slowest."""
    yield _text(20, 28, "The reference CV: seconds, median and range", weight="bold")
    axis = axis_for((value for _, it, _ in rows for value in it.seconds), LEFT, RIGHT)
    bottom = 52 + ROW * len(rows)
    for tick in axis.ticks():
        yield _line(axis(tick), 46, axis(tick), bottom, RULE)
        yield _text(axis(tick), bottom + 16, f"{tick:g}", anchor="middle")
    for number, (name, it, colour) in enumerate(rows):
        y = 62 + ROW * number
        yield _text(LEFT - 12, y + 4, name, anchor="end", size=11)
        yield _line(axis(min(it.seconds)), y, axis(max(it.seconds)), y, colour, 2)
        yield _dot(axis(it.median), y, colour)
        yield _text(axis(it.median), y - 7, _short(it.median), anchor="middle", size=10)


def _growth(found: Measurements, top: float) -> Iterator[str]:
    """Draw a curve each for build and lint, over the number of publications."""
    yield _text(20, top + 8, "Growth: seconds over publications in one CV", weight="bold")
    named = (("build", OURS, Size.build), ("lint", THEIRS, Size.lint))
    curves = [(name, colour, _points(found, what)) for name, colour, what in named]
    across = Axis(PUBLICATIONS[0], PUBLICATIONS[-1], 90, RIGHT - 40)
    up = axis_for((y for _, _, points in curves for _, y in points), top + 210, top + 30)
    for tick in up.ticks():
        yield _line(90, up(tick), RIGHT - 40, up(tick), RULE)
        yield _text(80, up(tick) + 4, f"{tick:g}", anchor="end")
    for tick in PUBLICATIONS:
        yield _line(across(tick), top + 30, across(tick), top + 210, RULE)
        yield _text(across(tick), top + 228, f"{tick:,}", anchor="middle")
    for name, colour, points in curves:
        yield from _curve(name, colour, [(across(x), up(y)) for x, y in points])


def _points(found: Measurements, name: Callable[[Size], str]) -> list[tuple[float, float]]:
    counted = [(count, found.times[name(Size("publications", count))]) for count in PUBLICATIONS]
    return [(count, it.median) for count, it in counted if isinstance(it, Series)]


def _curve(name: str, colour: str, points: list[tuple[float, float]]) -> Iterator[str]:
    if not points:
        return
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f"<polyline points='{path}' fill='none' stroke='{colour}' stroke-width='2'/>"
    yield from (_dot(x, y, colour) for x, y in points)
    x, y = points[-1]
    yield _text(x + 10, y + (4 if x > RIGHT - 60 else -8), name, colour=colour)


def _short(value: float) -> str:
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def _line(x: float, y: float, x2: float, y2: float, colour: str, width: int = 1) -> str:
    place = f"x1='{x:.1f}' y1='{y:.1f}' x2='{x2:.1f}' y2='{y2:.1f}'"
    return f"<line {place} stroke='{colour}' stroke-width='{width}'/>"


def _dot(x: float, y: float, colour: str) -> str:
    return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='4' fill='{colour}'/>"


def _text(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    size: int = 12,
    weight: str = "normal",
    colour: str = "#222",
) -> str:
    look = f"text-anchor='{anchor}' font-size='{size}' font-weight='{weight}' fill='{colour}'"
    return f"<text x='{x:.1f}' y='{y:.1f}' {look}>{escape(text)}</text>"
