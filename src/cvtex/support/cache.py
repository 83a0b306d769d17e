"""Files kept between runs in the user's cache directory; losing them costs only time.

Nothing here raises: a cache that cannot be read is empty, one that cannot be written stays as it
is. `CVTEX_CACHE_DIR` names another directory. Others may write to a shared one, so entries are data
that is checked, never code. The seal of an entry shows damage; it is no proof of who wrote it.
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
"""The size of a file and its time of change in nanoseconds; the same stamp, the same file.

The time is the later one of `st_mtime` and `st_ctime`: programs set the first back as they like.
"""

Stamps = Mapping[str, Stamp]
"""The stamps of files, by path, when they were read."""

ABSENT: Stamp = (-1, -1)
"""The stamp of a missing file; that it appears is a change too."""

SEAL = 32
"""The number of bytes before those of an entry, by which damage is found."""

_OURS = lazy_re(r"[0-9a-f]{32}(?:\.\w+)*|\.new-\w+")
"""Names of cvtex's files; the cache may be in a directory with others."""


class Shelf(Struct, frozen=True):
    """A folder for entries of one kind; beyond `most` bytes the least recently used are deleted."""

    name: str
    most: int


FORMATS = Shelf("formats", 200_000_000)
BIBLIOGRAPHIES = Shelf("bibliographies", 200_000_000)
BUILDS = Shelf("builds", 20_000_000)
SHELVES = (FORMATS, BIBLIOGRAPHIES, BUILDS)


class Use(Struct, frozen=True):
    """The number of files on a shelf, and their size in bytes."""

    shelf: Shelf
    files: int
    size: int


class Cache(Struct, frozen=True):
    """Entries by shelf and name; without a root there are none."""

    root: Path | None

    def path(self, shelf: Shelf, name: str) -> Path | None:
        """Return where an entry is or would be; None for a name that leads elsewhere."""
        if self.root is None or not _OURS.fullmatch(name):
            return None
        return self.root / shelf.name / name

    def read(self, shelf: Shelf, name: str) -> bytes | None:
        """Return an entry and mark it as used; None if it is missing or not as it was written."""
        path = self.path(shelf, name)
        if path is None:
            return None
        with suppress(OSError):
            sealed = path.read_bytes()
            data = sealed[SEAL:]
            if sealed[:SEAL] == _seal(shelf, name, data):
                os.utime(path)
                return data
        return None

    def write(self, shelf: Shelf, name: str, data: bytes) -> None:
        """Store an entry for `read`, completely or not at all, whoever else writes it."""
        self.write_file(shelf, name, _seal(shelf, name, data) + data)

    def write_file(self, shelf: Shelf, name: str, data: bytes) -> None:
        """Store a file that another program reads by its path."""
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
        """Delete an entry."""
        path = self.path(shelf, name)
        if path is not None:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def uses(self) -> tuple[Use, ...]:
        """Return how much of each shelf is in use."""
        stats = {shelf: [stat for _, stat in self._files(shelf)] for shelf in SHELVES}
        return tuple(
            Use(shelf, len(found), sum(stat.st_size for stat in found))
            for shelf, found in stats.items()
        )

    def clear(self) -> None:
        """Delete all entries; files that are not cvtex's stay."""
        if self.root is None:
            return
        for shelf in SHELVES:
            with suppress(OSError):
                for path, _ in self._files(shelf):
                    path.unlink()
                (self.root / shelf.name).rmdir()

    def _trim(self, shelf: Shelf, keep: Path) -> None:
        size = 0
        for path, stat in sorted(self._files(shelf), key=_last_use, reverse=True):
            size += stat.st_size
            if size > shelf.most and path != keep:
                with suppress(OSError):
                    path.unlink()

    def _files(self, shelf: Shelf) -> Iterator[tuple[Path, os.stat_result]]:
        with suppress(OSError):
            for path in (self.root / shelf.name).iterdir() if self.root is not None else ():
                if _OURS.fullmatch(path.name):
                    with suppress(OSError):
                        yield path, path.stat()


def _last_use(file: tuple[Path, os.stat_result]) -> float:
    return max(file[1].st_mtime, file[1].st_atime)


def stamp(path: Path | str) -> Stamp:
    """Return the stamp of a file as it is now."""
    try:
        found = os.stat(path)  # noqa: PTH116 (a Path for each of a hundred files takes a while)
    except (OSError, ValueError):  # a path of a hostile record may contain a NUL
        return ABSENT
    return found.st_size, max(found.st_mtime_ns, found.st_ctime_ns)


def unchanged(stamps: Stamps) -> bool:
    """Return whether all of these files have their stamps still."""
    return all(stamp(path) == tuple(known) for path, known in stamps.items())


@cache
def this_program() -> str:
    """Return the version of cvtex, with a digest of when its files were last changed.

    Entries that one version wrote are not read by another.
    """
    changed = str(sorted(_changes(str(Path(__file__).parents[1]))))
    return f"{__version__} {hashlib.sha256(os.fsencode(changed)).hexdigest()}"


def _seal(shelf: Shelf, name: str, data: bytes) -> bytes:
    """Return the digest of an entry, its place and the program that wrote it."""
    digest = hashlib.sha256(f"{this_program()}\0{shelf.name}\0{name}\0".encode())
    digest.update(data)
    return digest.digest()


def _changes(folder: str) -> Iterator[tuple[str, int]]:
    """Yield the name and time of change of each module; three times as fast as by `rglob`."""
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _changes(entry.path)
        elif entry.name.endswith(".py"):
            yield entry.name, entry.stat().st_mtime_ns


def user_cache() -> Cache:
    """Return the cache of the user who runs cvtex."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Cache(Path(chosen))
    from platformdirs import user_cache_path

    return Cache(user_cache_path("cvtex", appauthor=False))


NOTHING_KEPT = Cache(None)
"""The cache of `--no-cache`."""
