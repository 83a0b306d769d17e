"""Where an engine looks for packages: what appears there may come before what it has read."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from cvtex.support.cache import Stamps, stamp
from cvtex.tex.find import Engine

LISTED = "!!"
"""What Kpathsea has before a tree in which it finds nothing but what the tree's `ls-R` lists."""
PATIENCE = 10


def searched(engine: Engine, variables: Mapping[str, str]) -> Stamps:
    """The lists of the trees, and the directories of those that need none: users' own, mostly.

    An engine with a tree of its own looks nowhere else. Where Kpathsea is not installed, nothing
    is known. (Kpathsea manual, sections 5.3.4 and 5.5.)
    """
    places = () if engine.own_tree else _trees(engine, variables)
    return {str(path): stamp(path) for place in places for path in _watched(place)}


def _trees(engine: Engine, variables: Mapping[str, str]) -> list[str]:
    """The trees as Kpathsea has them, the one that is searched first at the front."""
    command = [str(engine.path.with_name("kpsewhich")), "-expand-braces", "$TEXMF"]
    with suppress(OSError, subprocess.SubprocessError):
        said = subprocess.check_output(command, env=variables, timeout=PATIENCE)
        return os.fsdecode(said.strip()).split(os.pathsep)
    return []


def _watched(place: str) -> Iterator[Path]:
    if place.startswith(LISTED):
        yield Path(place.removeprefix(LISTED), "ls-R")
    else:
        macros = Path(place, "tex")
        yield macros
        yield from (Path(folder, name) for folder, names, _ in os.walk(macros) for name in names)
