"""The names of all TeX engines, in the order in which they are listed and tried."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from cvtex.tex.engines.engine import Engine

ENGINE_NAMES = ("pdflatex", "xelatex", "lualatex", "tinytex")
"""Each is a module beside this one that defines `ENGINE`."""

REMOVED_ENGINES = {"tectonic": "write `auto`, or `xelatex`: Tectonic is XeTeX too"}
"""Engines of earlier versions, with the advice for a CV that still asks for one."""


@cache
def engine_named(name: str) -> Engine:
    """Return the description of an engine; raise ModuleNotFoundError for an unknown name."""
    return cast("Engine", import_module(f"cvtex.tex.engines.{name}").ENGINE)


def able_engines(*, unicode: bool) -> tuple[Engine, ...]:
    """Return the engines that set all of `unicode`, or else all engines."""
    engines = map(engine_named, ENGINE_NAMES)
    return tuple(engine for engine in engines if engine.unicode or not unicode)
