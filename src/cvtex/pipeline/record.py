"""What the last build of a CV was made of: whether it is still good, and what the next may need.

This module is read before anything heavy is imported, and imports nothing heavy itself.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from cvtex.cache import BUILDS, Cache, this_program

ABSENT = (-1, -1)
"""The stamp of a file that is not there; that it appears is a change too."""

UNREAD = ""
"""Stands for the digest of what cannot be read: no file, a directory, one without permission."""


class Print(Struct, frozen=True):
    """What a file was: its size, its time of change in nanoseconds, and the digest of its bytes."""

    size: int
    changed: int
    digest: str

    def fits(self, path: Path) -> bool:
        """Whether the file is still the same; one that was only touched is."""
        size, changed = _stamp(path)
        if size != self.size:
            return False
        untouched = changed == self.changed and self.digest != UNREAD
        return untouched or print_of(path).digest == self.digest


class Record(Struct, frozen=True):
    """A build that went well.

    `inputs` has every file that was read, and those that would have been had they been there;
    `outputs` what was written. `day` is the date it depends on, unless the CV gives its own.
    `engines` are the engines there were. `promise` is what an engine needs to be started early, and
    `report` what the build said of itself.
    """

    inputs: Mapping[str, Print]
    outputs: Mapping[str, Print]
    day: str | None
    engines: tuple[str, ...]
    promise: Mapping[str, Any] | None
    report: Mapping[str, Any]
    program: str = field(default_factory=this_program)

    def is_fresh(self, day: str, engines: Iterable[str]) -> bool:
        """Whether a build would make the same again, and the output is as it was written."""
        return (
            self.program == this_program()
            and self.day in (None, day)
            and self.engines == tuple(engines)
            and all(known.fits(Path(path)) for path, known in self.outputs.items())
            and all(known.fits(Path(path)) for path, known in self.inputs.items())
        )


class Reads(Struct):
    """A disk that remembers what was read from it."""

    seen: dict[str, Print] = field(default_factory=dict)

    def __call__(self, path: Path) -> bytes:
        """The bytes of a file; raises `OSError`."""
        stamp = _stamp(path)
        data = path.read_bytes()
        self.seen[str(path.resolve())] = Print(len(data), stamp[1], _digest(data))
        return data

    def prints(self, files: Iterable[Path]) -> dict[str, Print]:
        """The prints of files as they were when they were read, or else as they are."""
        resolved = [path.resolve() for path in files]
        return {str(path): self.seen.get(str(path)) or print_of(path) for path in resolved}


def print_of(path: Path) -> Print:
    """The print of a file as it is now."""
    try:
        return Print(*_stamp(path), _digest(path.read_bytes()))
    except OSError:
        return Print(*_stamp(path), UNREAD)


def key_of(words: Iterable[str]) -> str:
    """The name of a record: that of a build that is asked for in the same words."""
    return hashlib.sha256(os.fsencode("\0".join(words))).hexdigest()[:32]


def find_record(cache: Cache, key: str) -> Record | None:
    """The record of the last build that was asked for in the same words."""
    data = cache.read(BUILDS, f"{key}.json")
    if data is None:
        return None
    with suppress(msgspec.DecodeError):
        return msgspec.json.decode(data, type=Record)
    return None


def keep_record(cache: Cache, key: str, record: Record) -> None:
    """Remember a build."""
    cache.write(BUILDS, f"{key}.json", msgspec.json.encode(record))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return ABSENT
    return found.st_size, found.st_mtime_ns


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
