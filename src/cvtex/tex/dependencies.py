"""The files of a TeX installation that a PDF depends on.

A package that is updated, or one that appears where TeX looks first, changes the PDF although the
engine stays the same.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from cvtex.support.cache import Stamps, stamp
from cvtex.tex.engines.engine import Engine

RECORDER = "-recorder"
"""Makes an engine write the names of all files that it reads to a `.fls` file."""
LISTED = "!!"
"""Kpathsea's mark of a tree in which it finds only files that the tree's `ls-R` lists."""
PATIENCE = 10


def recorded_files(path: Path) -> Stamps:
    """Return the files of the installation in a `.fls` file; those of the job have no folder."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    paths = (line.removeprefix("INPUT ") for line in lines if line.startswith("INPUT "))
    return {path: stamp(Path(path)) for path in paths if Path(path).is_absolute()}


def search_places(engine: Engine, variables: Mapping[str, str]) -> Stamps:
    """Return the lists of the trees, and the directories of trees without one: mostly users' own.

    An engine with a tree of its own looks nowhere else. Without Kpathsea, nothing is known.
    (Kpathsea manual, sections 5.3.4 and 5.5.)
    """
    places = () if engine.own_tree else _trees(engine, variables)
    return {str(path): stamp(path) for place in places for path in _watched(place)}


def _trees(engine: Engine, variables: Mapping[str, str]) -> list[str]:
    """Return the trees as Kpathsea writes them, in the order of search."""
    command = [str(engine.path.with_name("kpsewhich")), "-expand-braces", "$TEXMF"]
    with suppress(OSError, subprocess.SubprocessError):
        answer = subprocess.check_output(command, env=variables, timeout=PATIENCE)
        return os.fsdecode(answer.strip()).split(os.pathsep)
    return []


def _watched(place: str) -> Iterator[Path]:
    if place.startswith(LISTED):
        yield Path(place.removeprefix(LISTED), "ls-R")
    else:
        macros = Path(place, "tex")
        yield macros
        yield from (Path(folder, name) for folder, names, _ in os.walk(macros) for name in names)
