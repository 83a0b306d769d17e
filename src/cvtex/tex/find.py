"""The TeX engines on this machine, and their versions."""

from __future__ import annotations

import os
import time
from functools import cache

from cvtex.support.processes import finish, start
from cvtex.support.scratch import scratch
from cvtex.tex.engines.engine import Engine
from cvtex.tex.engines.registry import ENGINE_NAMES, engine_named
from cvtex.tex.environment import environment

PATIENCE = 5.0
"""Seconds that an engine may take to tell its version."""


def find_engines(search_path: str | None = None) -> tuple[Engine, ...]:
    """Return the installed engines; `search_path` replaces $PATH.

    None of them is run: a program called pdflatex is believed to be TeX.
    """
    return tuple(found for name in ENGINE_NAMES if (found := find_engine(name, search_path)))


def find_engine(name: str, search_path: str | None = None) -> Engine | None:
    """Return the engine of a name if it is installed; `search_path` replaces $PATH."""
    directories = os.environ.get("PATH", os.defpath) if search_path is None else search_path
    engine = engine_named(name)
    path = engine.find(engine.name, directories)
    return None if path is None else engine.at(path)


@cache
def version(engine: Engine) -> str | None:
    """Return the version that an engine tells, or None if it is not the TeX of that name."""
    deadline = time.monotonic() + PATIENCE
    variables = environment(os.environ, epoch=0, own_tree=engine.own_tree)
    try:
        with (
            scratch() as folder,
            start([str(engine.path), "--version"], folder, variables, PATIENCE) as running,
        ):
            ended = finish(running, deadline)
    except OSError:
        return None
    found = engine.version_line.search(ended.output) if ended.status == 0 else None
    return found[0].strip() if found else None
