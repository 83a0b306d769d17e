"""The time from saving a CV to a complete new PDF, with two watchers."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.place import Place, change
from bench.process import Command, running
from bench.rendercv import RenderCV
from bench.timing import Measured, Missing, Series, whole

CVTEX = "cvtex watch, save to PDF"
RENDERCV = "RenderCV --watch, save to PDF"
NAMES = (CVTEX, RENDERCV)
PATIENCE = 60.0
"""The longest wait for a PDF, in seconds."""
PERIOD = 0.0005
"""Seconds between two looks at the PDF."""
PAUSE = 1.0
"""Seconds between a PDF and the next change, as when someone writes."""


class NoPdfError(Exception):
    """No new PDF was made."""


@dataclass(frozen=True)
class Watched:
    """A running watcher: its source, its PDF, and a function that says why it ended, if it did."""

    source: Path
    pdf: Path
    ended: Callable[[], str | None]

    def latency(self, number: int) -> float:
        """Return the seconds from a save to the new PDF; raise NoPdfError if none comes."""
        old = self._stamp()
        change(self.source, number)
        saved = time.perf_counter()
        return self.wait(old) - saved

    def wait(self, old: tuple[int, int]) -> float:
        """Return the time at which a complete PDF other than `old` is found; raise NoPdfError."""
        deadline = time.perf_counter() + PATIENCE
        while time.perf_counter() < deadline:
            if self._stamp() not in {old, NO_STAMP} and whole(self.pdf):
                return time.perf_counter()
            if (why := self.ended()) is not None:
                raise NoPdfError(why)
            time.sleep(PERIOD)
        raise NoPdfError(f"no new PDF within {PATIENCE:.0f} s")

    def _stamp(self) -> tuple[int, int]:
        try:
            found = self.pdf.stat()
        except OSError:
            return NO_STAMP
        return (found.st_mtime_ns, found.st_size)


NO_STAMP = (-1, -1)


def latencies(place: Place, rendercv: RenderCV | Missing, rounds: int) -> dict[str, Measured]:
    """Measure both watchers in each round, after a round that does not count."""
    failed: dict[str, Missing] = {}
    found: dict[str, list[float]] = {CVTEX: [], RENDERCV: []}
    with ExitStack() as stack:
        watchers: dict[str, Watched] = {}
        for name, start in ((CVTEX, _cvtex(place)), (RENDERCV, _rendercv(rendercv))):
            if isinstance(start, Missing):
                failed[name] = start
                continue
            command, source, pdf = start
            pdf.unlink(missing_ok=True)
            watchers[name] = Watched(source, pdf, stack.enter_context(running(command)))
        for number in range(rounds + 1):
            for name, watcher in watchers.items():
                if name not in failed:
                    _one(name, watcher, number, found, failed)
            print(f"  round {number} of {rounds}", file=sys.stderr)
    return {name: failed.get(name) or Series(tuple(found[name][1:])) for name in found}


def _one(
    name: str,
    watcher: Watched,
    number: int,
    found: dict[str, list[float]],
    failed: dict[str, Missing],
) -> None:
    try:
        if number == 0:
            watcher.wait(NO_STAMP)
            time.sleep(PAUSE)
        found[name].append(watcher.latency(number))
        time.sleep(PAUSE)
    except NoPdfError as error:
        failed[name] = Missing(str(error))


def _cvtex(place: Place) -> tuple[Command, Path, Path] | Missing:
    lacking = place.lacks("--engine", "watch")
    if lacking is not None:
        return Missing("there is no `cvtex watch --engine`")
    cv = place.reference("watched")
    command = place.command(cv.parent, "watch", cv.name, "--engine", place.engine)
    return command, cv, cv.with_suffix(".pdf")


def _rendercv(rendercv: RenderCV | Missing) -> tuple[Command, Path, Path] | Missing:
    if isinstance(rendercv, Missing):
        return rendercv
    return rendercv.command("--watch"), rendercv.cv, rendercv.pdf
