"""What an engine read of its installation, by what its option `-recorder` wrote down.

A package that is updated leaves the engine as it was, but not what the engine makes.
"""

from __future__ import annotations

from pathlib import Path

from cvtex.support.cache import Stamps, stamp

RECORDER = "-recorder"


def recorded(path: Path) -> Stamps:
    """The packages in a `.fls` file; those of the job itself stand there without their folder."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    paths = (line.removeprefix("INPUT ") for line in lines if line.startswith("INPUT "))
    return {path: stamp(Path(path)) for path in paths if Path(path).is_absolute()}
