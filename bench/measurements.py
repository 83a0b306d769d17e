"""The results of a run of the benchmarks."""

from __future__ import annotations

import sys
from collections.abc import Collection
from dataclasses import dataclass

from bench import batch, faults, growth, imports, machine, memory, rendercv, subjects, watch
from bench.faults import Rates
from bench.imports import Imports
from bench.place import Place
from bench.process import Peak
from bench.rendercv import RenderCV
from bench.timing import Measured, Missing, Subject, measure

PARTS = ("commands", "memory", "watch", "batch", "growth", "imports", "faults")
IN_MEMORY = (subjects.CACHED, subjects.EMPTY, subjects.BARE, subjects.RENDERCV)


@dataclass(frozen=True)
class Measurements:
    """The figures by name, and the machine they were measured on.

    `stubbed` is true if RenderCV used our stub of its icon package; None without RenderCV.
    """

    rounds: int
    machine: list[tuple[str, str]]
    stubbed: bool | None
    times: dict[str, Measured]
    memory: dict[str, Peak | Missing]
    imports: dict[str, Imports]
    faults: Rates | None


def take(place: Place, rounds: int, parts: Collection[str]) -> Measurements:
    """Measure the given parts; the figures of the others are `Missing`."""
    on, before = machine.facts(place), machine.ticks()
    other = rendercv.ready(place)
    commands = subjects.subjects(place, other)
    times = {
        **measure(_asked("commands", commands, parts), rounds),
        **_watched(place, rounds, parts),
        **measure(_asked("batch", batch.batches(place), parts), rounds),
        **measure(_asked("growth", growth.growing(place), parts), rounds),
    }
    in_memory = {name: commands[name] for name in IN_MEMORY}
    peaks = memory.peaks(_asked("memory", in_memory, parts), rounds)
    return Measurements(
        rounds=rounds,
        machine=[*on, *machine.stolen(before)],
        stubbed=other.stubbed if isinstance(other, RenderCV) else None,
        times=times,
        memory=peaks,
        imports=imports.profiles(place, rounds) if "imports" in parts else {},
        faults=faults.rates() if "faults" in parts else None,
    )


def _asked(
    part: str, planned: dict[str, Subject | Missing], parts: Collection[str]
) -> dict[str, Subject | Missing]:
    if part in parts:
        print(part, file=sys.stderr)
        return planned
    return dict.fromkeys(planned, Missing(f"{part} was left out of this run"))


def _watched(place: Place, rounds: int, parts: Collection[str]) -> dict[str, Measured]:
    if "watch" not in parts:
        return dict.fromkeys(watch.NAMES, Missing("watch was left out of this run"))
    print("watch", file=sys.stderr)
    return watch.latencies(place, rendercv.ready(place, "rendercv-watched"), rounds)
