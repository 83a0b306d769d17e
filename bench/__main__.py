"""The benchmarks: `make bench`, or `python -m bench` in a virtual environment with cvtex."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench.measurements import PARTS, take
from bench.place import ROOT, Place
from bench.plot import plot
from bench.report import figures, write

PAGE = ROOT / "docs/performance.md"
RENDERCV = ROOT / ".venv-bench/bin/rendercv"
LEAST = 7
"""The smallest number of rounds for figures that are published."""


def main() -> None:
    """Measure, print the figures, and write the page if every part was measured."""
    asked = _parser().parse_args()
    with tempfile.TemporaryDirectory(prefix="cvtex-bench-") as root:
        place = Place(Path(root), asked.engine, asked.rendercv.absolute())
        found = take(place, asked.rounds, asked.only or PARTS)
    print(figures(found))
    if not asked.only:
        write(asked.page, found, plot(found))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=LEAST, help="the number of rounds")
    parser.add_argument(
        "--only",
        action="append",
        choices=PARTS,
        help="measure and print this part only; do not write the page",
    )
    parser.add_argument("--engine", default="tinytex", help="the engine that cvtex uses")
    parser.add_argument("--rendercv", type=Path, default=RENDERCV, help="the program of RenderCV")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page to write")
    return parser


if __name__ == "__main__":
    main()
