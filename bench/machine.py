"""The machine on which the figures were measured."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from bench.place import Place, environment
from bench.process import Command, output_of
from cvtex import __version__
from cvtex.tex.find import find_engines, version

VERSION = re.compile(r"\d+(?:\.\d+)+\w*")


def facts(place: Place) -> list[tuple[str, str]]:
    """Return names and values, in the order of the report."""
    return [
        ("day", date.today().isoformat()),
        ("processor", f"{_processor()}, {_cores()} cores"),
        ("memory", f"{_memory() / 2**30:.0f} GiB"),
        ("system", f"{platform.system()} {platform.release()}, {platform.machine()}"),
        ("load before the run", _load()),
        ("Python", platform.python_version()),
        ("cvtex", __version__),
        *_libraries(),
        *_engine(place),
        *_rendercv(place),
        *_programs(place),
    ]


class Ticks(NamedTuple):
    """Clock ticks since the machine started: those worked, and those that the host took away."""

    worked: int
    stolen: int


def ticks() -> Ticks | None:
    """Return the present counts, or None if the system has none; see proc(5), `/proc/stat`."""
    with suppress(OSError):
        user, nice, system, _, _, irq, soft, stolen = map(
            int, Path("/proc/stat").read_text().splitlines()[0].split()[1:9]
        )
        return Ticks(user + nice + system + irq + soft, stolen)
    return None


def stolen(before: Ticks | None) -> Iterator[tuple[str, str]]:
    """Yield the share of time that the host gave to other guests; all times are longer by it."""
    now = ticks()
    if before is None or now is None:
        return
    taken, worked = now.stolen - before.stolen, now.worked - before.worked
    yield "taken by the host during the run", f"{taken / max(1, taken + worked):.0%}"


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _load() -> str:
    return " ".join(f"{value:.2f}" for value in os.getloadavg())


def _libraries() -> Iterator[tuple[str, str]]:
    for name in ("pydantic", "typer", "babel", "bibtexparser", "pylatexenc"):
        yield name, metadata.version(name)


def _engine(place: Place) -> Iterator[tuple[str, str]]:
    for engine in find_engines():
        if engine.name == place.engine:
            yield "engine", f"{engine.name}, {version(engine)}"


def _rendercv(place: Place) -> Iterator[tuple[str, str]]:
    python = str(place.rendercv.with_name("python"))
    code = "import sys; from importlib.metadata import version as v; "
    code += "print(v('rendercv'), v('typst'), sys.version.split()[0])"
    words = output_of(Command((python, "-c", code), place.root, environment())).split()
    if len(words) == 3:
        yield "RenderCV", f"{words[0]} with typst {words[1]} on Python {words[2]}"


def _programs(place: Place) -> Iterator[tuple[str, str]]:
    for name in ("latexmk", "biber", "pdflatex"):
        if shutil.which(name) is None:
            yield name, "not installed"
            continue
        answer = output_of(Command((name, "--version"), place.root, environment()))
        found = VERSION.findall(answer)
        yield name, found[0] if found else "version unknown"
