"""Paired measurements: every round runs every subject once, so noise affects all alike."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.process import Command, CommandError, Taken, run

Prepare = Callable[[int], None]
"""A function that prepares a run, outside its time; it gets the number of the round."""


@dataclass(frozen=True)
class Missing:
    """The reason why there is no figure."""

    why: str


@dataclass(frozen=True)
class Series:
    """The seconds of each round, and the processor time where it was measured, by round."""

    seconds: tuple[float, ...]
    processor: tuple[float, ...] = ()

    @property
    def median(self) -> float:
        """The median of the seconds."""
        return median(self.seconds)


Measured = Series | Missing


@dataclass(frozen=True)
class Subject:
    """A command to measure, and the file that it must make."""

    command: Command
    prepare: Prepare
    product: Path | None = None

    def run(self, number: int) -> Taken:
        """Run the command once and return its time; raise CommandError when it fails."""
        self.prepare(number)
        taken = run(self.command)
        if self.product is not None and not whole(self.product):
            raise CommandError(0, f"{self.product.name} was not made")
        return taken


def whole(pdf: Path) -> bool:
    """Return whether there is a PDF, written to its end."""
    try:
        return b"%%EOF" in pdf.read_bytes()[-64:]
    except OSError:
        return False


def nothing(_: int) -> None:
    """Prepare nothing."""


def measure(subjects: Mapping[str, Subject | Missing], rounds: int) -> dict[str, Measured]:
    """Measure every subject once a round, after a round that does not count.

    Each round begins with the next subject. A subject that fails once gets no figure.
    """
    found: dict[str, list[Taken]] = {name: [] for name in subjects}
    failed = {name: it for name, it in subjects.items() if isinstance(it, Missing)}
    for number in range(rounds + 1):
        for name in _moved_on(list(subjects), number):
            subject = subjects[name]
            if name in failed or isinstance(subject, Missing):
                continue
            try:
                found[name].append(subject.run(number))
            except CommandError as error:
                failed[name] = Missing(str(error))
        print(f"  round {number} of {rounds}", file=sys.stderr)
    return {name: failed.get(name) or _series(found[name][1:]) for name in subjects}


def ratio(one: Measured, other: Measured) -> float | Missing:
    """Return the median of the ratios within the rounds."""
    for it in (one, other):
        if isinstance(it, Missing):
            return it
    assert isinstance(one, Series)
    assert isinstance(other, Series)
    return median(a / b for a, b in zip(one.seconds, other.seconds, strict=True))


def middle(it: Measured) -> float | Missing:
    """Return the median, or the reason why there is none."""
    return it.median if isinstance(it, Series) else it


def _series(runs: list[Taken]) -> Series:
    return Series(tuple(taken.seconds for taken in runs), tuple(taken.processor for taken in runs))


def _moved_on(names: list[str], by: int) -> list[str]:
    start = by % len(names) if names else 0
    return names[start:] + names[:start]
