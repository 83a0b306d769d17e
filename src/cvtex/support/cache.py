"""What cvtex keeps between runs, in the user's cache directory; losing it costs time only.

Nothing here raises: a cache that cannot be read holds nothing, one that cannot be written keeps
nothing. `CVTEX_CACHE_DIR` puts it elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from msgspec import Struct

from cvtex import __version__
from cvtex.support.lazy_re import lazy_re

VARIABLE = "CVTEX_CACHE_DIR"

Stamp = tuple[int, int]
"""The size of a file and its time of change in nanoseconds, by which it is known to be the same.

The time is the later one of its bytes' and its own: programs set the first back as they like.
"""

Stamps = Mapping[str, Stamp]
"""Files by their paths, as they were when they were read."""

ABSENT: Stamp = (-1, -1)
"""The stamp of a file that is not there; that it appears is a change too."""


_OURS = lazy_re(r"[0-9a-f]{32}(?:\.\w+)*|\.new-\w+")
"""The names of our files; the user may have put the cache where there are others."""


class Shelf(Struct, frozen=True):
    """A folder for things of one kind; beyond `most` bytes the longest unused ones go."""

    name: str
    most: int


FORMATS = Shelf("formats", 200_000_000)
BIBLIOGRAPHIES = Shelf("bibliographies", 200_000_000)
BUILDS = Shelf("builds", 20_000_000)
SHELVES = (FORMATS, BIBLIOGRAPHIES, BUILDS)


class Use(Struct, frozen=True):
    """How much of a shelf is in use."""

    shelf: Shelf
    files: int
    size: int


class Cache(Struct, frozen=True):
    """Files by shelf and name; without a root nothing is kept."""

    root: Path | None

    def path(self, shelf: Shelf, name: str) -> Path | None:
        """Where a thing is or would be."""
        return None if self.root is None else self.root / shelf.name / name

    def read(self, shelf: Shelf, name: str) -> bytes | None:
        """A thing that is kept; it then counts as used."""
        path = self.path(shelf, name)
        if path is None:
            return None
        with suppress(OSError):
            data = path.read_bytes()
            os.utime(path)
            return data
        return None

    def write(self, shelf: Shelf, name: str, data: bytes) -> None:
        """Keep a thing, whole or not at all, whoever else writes it."""
        path = self.path(shelf, name)
        if path is None:
            return
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                Path(temporary).replace(path)
            finally:
                Path(temporary).unlink(missing_ok=True)
            self._trim(shelf, keep=path)

    def remove(self, shelf: Shelf, name: str) -> None:
        """Keep a thing no longer."""
        path = self.path(shelf, name)
        if path is not None:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def uses(self) -> tuple[Use, ...]:
        """What is in use, shelf by shelf."""
        stats = {shelf: [stat for _, stat in self._files(shelf)] for shelf in SHELVES}
        return tuple(
            Use(shelf, len(found), sum(stat.st_size for stat in found))
            for shelf, found in stats.items()
        )

    def clear(self) -> None:
        """Keep nothing; files that are not cvtex's stay."""
        if self.root is None:
            return
        for shelf in SHELVES:
            with suppress(OSError):
                for path, _ in self._files(shelf):
                    path.unlink()
                (self.root / shelf.name).rmdir()

    def _trim(self, shelf: Shelf, keep: Path) -> None:
        files = sorted(self._files(shelf), key=lambda file: file[1].st_mtime, reverse=True)
        size = 0
        for path, stat in files:
            size += stat.st_size
            if size > shelf.most and path != keep:
                with suppress(OSError):
                    path.unlink()

    def _files(self, shelf: Shelf) -> Iterator[tuple[Path, os.stat_result]]:
        folder = self.path(shelf, "")
        with suppress(OSError):
            for path in folder.iterdir() if folder is not None else ():
                if _OURS.fullmatch(path.name):
                    with suppress(OSError):
                        yield path, path.stat()


def stamp(path: Path | str) -> Stamp:
    """The stamp of a file as it is now."""
    try:
        found = os.stat(path)  # noqa: PTH116 (a Path for each of a hundred files takes a while)
    except OSError:
        return ABSENT
    return found.st_size, max(found.st_mtime_ns, found.st_ctime_ns)


def unchanged(stamps: Stamps) -> bool:
    """Whether all of these files are as they were."""
    return all(stamp(path) == tuple(known) for path, known in stamps.items())


@cache
def this_program() -> str:
    """Which cvtex this is: its version, and when its files were last changed.

    What one program has kept is of no use to another.
    """
    changed = str(sorted(_changes(str(Path(__file__).parents[1]))))
    return f"{__version__} {hashlib.sha256(os.fsencode(changed)).hexdigest()}"


def _changes(folder: str) -> Iterator[tuple[str, int]]:
    """All modules in a folder and when each was changed; three times as fast as by `rglob`."""
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _changes(entry.path)
        elif entry.name.endswith(".py"):
            yield entry.name, entry.stat().st_mtime_ns


def user_cache() -> Cache:
    """The cache of the user who runs cvtex."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Cache(Path(chosen))
    from platformdirs import user_cache_path

    return Cache(user_cache_path("cvtex", appauthor=False))


NOTHING_KEPT = Cache(None)
"""The cache of `--no-cache`."""
