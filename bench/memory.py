"""The peak memory of commands."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from bench.process import CommandError, Peak, peak
from bench.timing import Missing, Subject

BEHIND = 1000
"""Added to the number of a round, so that no other measurement has used its text before."""


def peaks(subjects: Mapping[str, Subject | Missing], rounds: int) -> dict[str, Peak | Missing]:
    """Return the median of the peaks of each subject."""
    return {name: _peak(name, subject, rounds) for name, subject in subjects.items()}


def _peak(name: str, subject: Subject | Missing, rounds: int) -> Peak | Missing:
    if isinstance(subject, Missing):
        return subject
    if not Path("/proc/self/smaps_rollup").exists():
        return Missing("only Linux reports how much memory a process shares")
    found = []
    try:
        subject.run(BEHIND)
        for number in range(1, rounds + 1):
            subject.prepare(BEHIND + number)
            found.append(peak(subject.command))
    except CommandError as error:
        return Missing(str(error))
    print(f"  {name}", file=sys.stderr)
    return Peak(
        int(median(it.together for it in found)),
        int(median(it.largest for it in found)),
    )
