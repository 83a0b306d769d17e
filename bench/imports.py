"""The time of imports by package, from `python -X importtime`."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from dataclasses import dataclass

from bench.place import Place, change
from bench.process import Command, output_of

LINE = re.compile(r"^import time: +(\d+) \| +\d+ \| *(\S+)$", re.MULTILINE)
STANDARD = "standard library"


@dataclass(frozen=True)
class Imports:
    """The seconds that the modules of each package took, and the number of all modules."""

    packages: dict[str, float]
    modules: int

    @property
    def total(self) -> float:
        """The seconds of all packages together."""
        return sum(self.packages.values())


def profiles(place: Place, rounds: int) -> dict[str, Imports]:
    """Return the imports of some commands; of each, the round with the median total."""
    cv = place.reference("imports")
    commands = {
        "cvtex --version": ("--version",),
        "cvtex --help": ("--help",),
        "cvtex lint": ("lint", cv.name),
        "cvtex build": ("build", cv.name, "--engine", place.engine),
    }
    found: defaultdict[str, list[Imports]] = defaultdict(list)
    for number in range(rounds):
        change(cv, number)
        for name, words in commands.items():
            found[name].append(_profile(place.command(cv.parent, *words)))
    return {name: _middle(runs) for name, runs in found.items()}


def _middle(runs: list[Imports]) -> Imports:
    return sorted(runs, key=lambda run: run.total)[len(runs) // 2]


def _profile(command: Command) -> Imports:
    words = (sys.executable, "-X", "importtime", *command.words)
    packages: defaultdict[str, float] = defaultdict(float)
    lines = LINE.findall(output_of(Command(words, command.folder, command.env)))
    for taken, module in lines:
        package = module.partition(".")[0]
        name = STANDARD if package in sys.stdlib_module_names else package
        packages[name] += int(taken) / 1e6
    return Imports(dict(packages), len(lines))
