"""Generated faults in the reference CV, and how many of them `cvtex lint` finds."""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.place import ROOT
from cvtex.pipeline.usecases.lint import lint_file
from cvtex.pipeline.usecases.request import Request

if TYPE_CHECKING:
    from injection import Injected

FILES = ("cv.yaml", "refs.bib")


@dataclass(frozen=True)
class Rates:
    """The number of faults, and of those found and found at their line.

    `missed` and `elsewhere` count, by the kind of fault, those not found and those found at
    another line.
    """

    faults: int
    missed: Counter[str]
    elsewhere: Counter[str]

    @property
    def found(self) -> int:
        """The faults whose file has a finding."""
        return self.faults - self.missed.total()

    @property
    def exact(self) -> int:
        """The faults whose line has a finding."""
        return self.found - self.elsewhere.total()


def rates() -> Rates:
    """Return the rates over all faults of the generator that the tests use."""
    sys.path.append(str(ROOT / "tests"))
    injected = importlib.import_module("injection").injected
    contents = {name: (ROOT / name).read_bytes() for name in FILES}
    faults: list[Injected] = injected(*(contents[name].decode() for name in FILES))
    lines = [(fault, _lines(fault, contents)) for fault in faults]
    missed = (fault.kind for fault, found in lines if not found)
    elsewhere = (fault.kind for fault, found in lines if found and fault.line not in found)
    return Rates(len(faults), Counter(missed), Counter(elsewhere))


def _lines(fault: Injected, contents: dict[str, bytes]) -> set[int]:
    """Return the lines with findings in the file that has the fault."""

    def disk(path: Path) -> bytes:
        if path.name == fault.file:
            return fault.text.encode()
        return contents[path.name]

    shown = lint_file(Request(ROOT / "cv.yaml"), disk=disk).found
    spans = [finding.span for finding in shown if finding.span is not None]
    return {span.first.line for span in spans if Path(span.source.path).name == fault.file}
