"""Fingerprints of files, and the records of runs that tell whether a run would give the same again.

This module is imported before anything heavy, and imports nothing heavy itself.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field

from cvtex.support.cache import BUILDS, Cache, Stamps, stamp, unchanged
from cvtex.support.codec import REJECTED, UNWRITABLE, decode, encode
from cvtex.tex.job import EngineStart

UNREAD = ""
"""The digest of a file that cannot be read: it is missing, a directory, or without permission."""


class Fingerprint(Struct, frozen=True):
    """The size of a file, its time of change in nanoseconds, and the digest of its bytes."""

    size: int
    changed: int
    digest: str

    def fits(self, path: Path) -> bool:
        """Return whether a file still has these bytes, even if it was touched."""
        size, changed = stamp(path)
        if size != self.size:
            return False
        untouched = changed == self.changed and self.digest != UNREAD
        return untouched or fingerprint_of(path).digest == self.digest


class RunRecord(Struct, frozen=True, kw_only=True):
    """A run that succeeded.

    `inputs` has every file that was read, and those that would have been read had they existed;
    `outputs` the files written. `day` is the date it depends on, unless the CV gives its own.
    `engines` are the installed engines. `packages` are the files of TeX that were read.
    """

    inputs: Mapping[str, Fingerprint]
    outputs: Mapping[str, Fingerprint] = field(default_factory=dict)
    day: str | None
    engines: tuple[str, ...] = ()
    packages: Stamps = field(default_factory=dict)

    def is_fresh(self, day: str, engines: Iterable[str]) -> bool:
        """Return whether a run would give the same again, and the outputs are unchanged."""
        return (
            self.day in (None, day)
            and self.engines == tuple(engines)
            and all(known.fits(Path(path)) for path, known in self.outputs.items())
            and all(known.fits(Path(path)) for path, known in self.inputs.items())
            and unchanged(self.packages)
        )


class BuildRecord(RunRecord, frozen=True, kw_only=True):
    """A build, with its report encoded; the format of an `engine_start` knows its packages."""

    engine_start: EngineStart | None
    report: bytes


class LintRecord(RunRecord, frozen=True, kw_only=True):
    """A lint; `sources` are the paths of the files that its encoded `findings` are in."""

    sources: tuple[str, ...]
    findings: bytes


Record = TypeVar("Record", bound=RunRecord)


class RecordingReader(Struct):
    """Reads files and remembers the fingerprint of each."""

    seen: dict[str, Fingerprint] = field(default_factory=dict)

    def __call__(self, path: Path) -> bytes:
        """Return the bytes of a file; raises `OSError`."""
        _, changed = stamp(path)
        data = path.read_bytes()
        self.seen[str(path.resolve())] = Fingerprint(len(data), changed, _digest(data))
        return data

    def fingerprints(self, files: Iterable[Path]) -> dict[str, Fingerprint]:
        """Return the fingerprints of files when they were read, or else as they are now."""
        resolved = [path.resolve() for path in files]
        return {str(path): self.seen.get(str(path)) or fingerprint_of(path) for path in resolved}


def fingerprint_of(path: Path) -> Fingerprint:
    """Return the fingerprint of a file as it is now; a device or a pipe is not read."""
    with suppress(OSError, ValueError):
        if path.is_file():
            return Fingerprint(*stamp(path), _digest(path.read_bytes()))
    return Fingerprint(*stamp(path), UNREAD)


def key_of(words: Iterable[str]) -> str:
    """Return the name of the record of a run, made from the words of its command."""
    return hashlib.sha256(os.fsencode("\0".join(words))).hexdigest()[:32]


def find_record(cache: Cache, key: str, type_: type[Record]) -> Record | None:
    """Return the record of a name, or None if there is none of this type that can be read."""
    data = cache.read(BUILDS, f"{key}.record")
    if data is None:
        return None
    with suppress(*REJECTED):
        return decode(data, type_)
    return None


def keep_record(cache: Cache, key: str, record: RunRecord) -> None:
    """Store a record, unless it has a path that is not Unicode."""
    with suppress(*UNWRITABLE):
        cache.write(BUILDS, f"{key}.record", encode(record))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
