"""The page of the figures: writes the part between its two marks; the rest is written by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from bench import batch, growth, subjects, watch
from bench.bounds import Bound, bounds
from bench.faults import Rates
from bench.imports import Imports
from bench.measurements import Measurements
from bench.process import Peak
from bench.timing import Measured, Missing, Series, ratio

BEGIN = "<!-- measured: `make bench` writes from here -->"
END = "<!-- measured: to here -->"
PLOT = "images/performance.svg"
MARKS = {True: "yes", False: "**no**", None: "not measured"}
MANY = 0.003
"""Packages with at least this import time, in seconds, have a line of their own."""


def replaced(page: str, figures: str) -> str:
    """Return the page with new figures; raise ValueError when it has no marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the page has no marks")
    return f"{before}{BEGIN}\n\n{figures}\n\n{END}{after}"


def write(page: Path, found: Measurements, plot: str) -> None:
    """Write the figures into the page, and the plot into its file."""
    text = replaced(page.read_text(encoding="utf-8"), figures(found))
    (page.parent / PLOT).write_text(plot, encoding="utf-8")
    page.write_text(text, encoding="utf-8")


def figures(found: Measurements) -> str:
    """Return all tables, in Markdown."""
    return "\n\n".join(
        (
            f"## Bounds\n\n{_bounds(bounds(found))}",
            f"![The times of the tables below]({PLOT})",
            f"## The reference CV\n\n{_times(found.times, _commands())}\n\n{_stub(found.stubbed)}",
            f"## Memory\n\n{_memory(found.memory)}",
            f"## Growth\n\n{_growth(found.times)}",
            f"## Injected faults\n\n{_faults(found.faults)}",
            f"## Imports, now\n\n{_imports(found.imports)}",
            f"## Machine\n\n{_machine(found)}",
        )
    )


def _table(head: Iterable[str], rows: Iterable[Iterable[str]], left: int = 1) -> str:
    names = tuple(head)
    rules = ["---"] * left + ["---:"] * (len(names) - left)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (names, rules, *rows))


def _bounds(all_: list[Bound]) -> str:
    rows = [
        (
            bound.what,
            _bound_value(bound),
            f"{bound.relation} {bound.limit:g} {bound.unit}",
            MARKS[bound.reached],
        )
        for bound in all_
    ]
    return _table(("what", "measured", "bound", "reached"), rows) + _reasons(
        (bound.what, bound.value) for bound in all_
    )


def _bound_value(bound: Bound) -> str:
    return "–" if isinstance(bound.value, Missing) else f"{bound.value:.2f} {bound.unit}"


def _reasons(values: Iterable[tuple[str, object]]) -> str:
    """Return the lines below a table that say what was not measured, one line for each reason."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for name, it in values:
        if isinstance(it, Missing):
            names[it.why].append(name)
    lines = (f"\n- not measured: {'; '.join(those)}: {why}" for why, those in names.items())
    return "\n" * bool(names) + "".join(lines)


def _commands() -> tuple[str, ...]:
    return (
        *subjects.NAMES,
        *watch.NAMES,
        *(batch.name(jobs) for jobs in batch.JOBS),
        growth.BIB_ALONE,
    )


def _times(times: dict[str, Measured], names: Iterable[str]) -> str:
    rows = [
        (
            name,
            *_spread(times[name]),
            _against_rendercv(times, name),
            _processor(times[name]),
        )
        for name in names
    ]
    head = ("what", "median, s", "fastest", "slowest", "/ RenderCV", "processor, s")
    return _table(head, rows) + _reasons((name, times[name]) for name in names)


def _spread(it: Measured) -> tuple[str, str, str]:
    if isinstance(it, Missing):
        return ("–", "–", "–")
    return (f"{it.median:.3f}", f"{min(it.seconds):.3f}", f"{max(it.seconds):.3f}")


def _against_rendercv(times: dict[str, Measured], name: str) -> str:
    """Return the ratio of a command that was measured in the same rounds as RenderCV."""
    if name not in subjects.NAMES:
        return ""
    found = ratio(times[name], times[subjects.RENDERCV])
    return "–" if isinstance(found, Missing) else f"{found:.2f}"


def _processor(it: Measured) -> str:
    return f"{median(it.processor):.3f}" if isinstance(it, Series) and it.processor else ""


def _stub(stubbed: bool | None) -> str:
    if stubbed is None:
        return "RenderCV was not measured."
    if stubbed:
        return (
            "RenderCV's icon package could not be downloaded: a stub of ours, which is smaller, "
            "replaced it. RenderCV's look for a newer version of itself was refused at once."
        )
    return (
        "RenderCV had its own icon package. Its look for a newer version of itself was refused at "
        "once."
    )


def _memory(memory: dict[str, Peak | Missing]) -> str:
    rows = [
        (name, *(("–", "–") if isinstance(it, Missing) else map(_megabytes, _both(it))))
        for name, it in memory.items()
    ]
    head = ("what", "all processes together, MB", "the largest process, MB")
    return _table(head, rows) + _reasons(memory.items())


def _both(it: Peak) -> tuple[int, int]:
    return it.together, it.largest


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f}"


def _growth(times: dict[str, Measured]) -> str:
    rows = [
        (size.what, f"{size.count:,}", _median(times[size.build()]), _median(times[size.lint()]))
        for size in growth.SIZES
    ]
    names = [name for size in growth.SIZES for name in (size.build(), size.lint())]
    table = _table(("one CV with", "how many", "build, s", "lint, s"), rows)
    return table + _reasons((name, times[name]) for name in names)


def _median(it: Measured) -> str:
    return f"{it.median:.2f}" if isinstance(it, Series) else "–"


def _faults(rates: Rates | None) -> str:
    if rates is None:
        return "Not measured: faults were left out of this run."
    count = rates.faults
    text = (
        f"Of {count} faults that a generator puts into the reference CV, one at a time, "
        f"`cvtex lint` finds {rates.found} ({rates.found / count:.1%}), {rates.exact} of them at "
        f"the exact line ({rates.exact / count:.1%})."
    )
    for name, kinds in (("Not found", rates.missed), ("At another line", rates.elsewhere)):
        if kinds:
            listed = ", ".join(f"{kind} ({times})" for kind, times in kinds.most_common())
            text += f"\n{name}: {listed}."
    return text


def _imports(profiles: dict[str, Imports]) -> str:
    if not profiles:
        return "Not measured: imports were left out of this run."
    packages = {name for it in profiles.values() for name in it.packages}
    most = {name: max(it.packages.get(name, 0) for it in profiles.values()) for name in packages}
    shown = sorted((name for name in packages if most[name] >= MANY), key=lambda name: -most[name])
    rows = [
        (name, *(_milliseconds(it.packages.get(name)) for it in profiles.values()))
        for name in shown
    ]
    rest = (
        sum(value for name, value in it.packages.items() if name not in shown)
        for it in profiles.values()
    )
    totals = ((f"**{it.total * 1000:.0f}**") for it in profiles.values())
    counts = (str(it.modules) for it in profiles.values())
    rows += [
        ("others", *map(_milliseconds, rest)),
        ("**all, ms**", *totals),
        ("modules", *counts),
    ]
    return _table(("package", *(f"`{name}`" for name in profiles)), rows)


def _milliseconds(value: float | None) -> str:
    return "" if value is None else f"{value * 1000:.0f}"


def _machine(found: Measurements) -> str:
    rows = [*found.machine, ("rounds", str(found.rounds))]
    return _table(("", ""), rows, left=2)
