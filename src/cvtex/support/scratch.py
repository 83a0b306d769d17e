"""Temporary folders for one run of TeX."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PureWindowsPath

from cvtex.support.signals import held_signals

PAUSES = (0.0, 0.1, 0.5)
"""Seconds to wait between attempts: Windows frees the files of a killed process late."""


@contextmanager
def scratch() -> Iterator[Path]:
    """Make an empty folder that only the user can read, and remove it at the end.

    Raises OSError if there is no place for temporary files.
    """
    with ExitStack() as stack:
        with held_signals():
            folder = Path(tempfile.mkdtemp(prefix="cvtex-"))
            stack.callback(_remove, folder)
        yield folder


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their names inside the folder, with "/" between folders.

    Raises ValueError for a name that leads out of the folder, OSError if it cannot be written.
    """
    for name, content in files.items():
        # Stricter than PurePosixPath: it knows drives, and both kinds of slash.
        parts = PureWindowsPath(name)
        if parts.anchor or ".." in parts.parts:
            raise ValueError(f"{name!r} is not a name inside the scratch directory")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def size(folder: Path) -> int:
    """Return the size of all files below a folder in bytes."""
    total = 0
    for path in folder.rglob("*"):
        # TeX removes and renames files of its own while it runs.
        with suppress(FileNotFoundError):
            total += path.lstat().st_size
    return total


def _remove(folder: Path) -> None:
    with held_signals():
        for pause in PAUSES:
            time.sleep(pause)
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                return
