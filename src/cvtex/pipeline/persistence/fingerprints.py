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

from cvtex.support.cache import BUILDS, Cache, Stamps, stamp, this_program, unchanged

UNREAD = ""
"""Stands for the digest of what cannot be read: no file, a directory, one without permission."""


class Fingerprint(Struct, frozen=True):
    """What a file was: its size, its time of change in nanoseconds, and the digest of its bytes."""

    size: int
    changed: int
    digest: str

    def fits(self, path: Path) -> bool:
        """Whether the file is still the same; one that was only touched is."""
        size, changed = stamp(path)
        if size != self.size:
            return False
        untouched = changed == self.changed and self.digest != UNREAD
        return untouched or print_of(path).digest == self.digest


class Promised(Struct, frozen=True):
    """What an engine can be started early with; `format` is the key of one that is kept.

    `engine` is its name, `epoch` the time of the document and `main` the file it will be given.
    """

    engine: str
    format: str
    epoch: int
    main: str


class RunRecord(Struct, frozen=True):
    """A build that went well.

    `inputs` has every file that was read, and those that would have been had they been there;
    `outputs` what was written. `day` is the date it depends on, unless the CV gives its own.
    `engines` are the engines there were, and `packages` what theirs had read, unless that is known
    of the format promised. `promise` is what an engine needs to be started early, and `report` what
    the build said of itself.
    """

    inputs: Mapping[str, Fingerprint]
    outputs: Mapping[str, Fingerprint]
    day: str | None
    engines: tuple[str, ...]
    promise: Promised | None
    report: Mapping[str, Any]
    packages: Stamps = field(default_factory=dict)
    program: str = field(default_factory=this_program)

    def is_fresh(self, day: str, engines: Iterable[str]) -> bool:
        """Whether a build would make the same again, and the output is as it was written."""
        return (
            self.program == this_program()
            and self.day in (None, day)
            and self.engines == tuple(engines)
            and all(known.fits(Path(path)) for path, known in self.outputs.items())
            and all(known.fits(Path(path)) for path, known in self.inputs.items())
            and unchanged(self.packages)
        )


class RecordingReader(Struct):
    """A disk that remembers what was read from it."""

    seen: dict[str, Fingerprint] = field(default_factory=dict)

    def __call__(self, path: Path) -> bytes:
        """The bytes of a file; raises `OSError`."""
        _, changed = stamp(path)
        data = path.read_bytes()
        self.seen[str(path.resolve())] = Fingerprint(len(data), changed, _digest(data))
        return data

    def prints(self, files: Iterable[Path]) -> dict[str, Fingerprint]:
        """The prints of files as they were when they were read, or else as they are."""
        resolved = [path.resolve() for path in files]
        return {str(path): self.seen.get(str(path)) or print_of(path) for path in resolved}


def print_of(path: Path) -> Fingerprint:
    """The print of a file as it is now."""
    try:
        return Fingerprint(*stamp(path), _digest(path.read_bytes()))
    except OSError:
        return Fingerprint(*stamp(path), UNREAD)


def key_of(words: Iterable[str]) -> str:
    """The name of a record: that of a build that is asked for in the same words."""
    return hashlib.sha256(os.fsencode("\0".join(words))).hexdigest()[:32]


def find_record(cache: Cache, key: str) -> RunRecord | None:
    """The record of the last build that was asked for in the same words."""
    data = cache.read(BUILDS, f"{key}.json")
    if data is None:
        return None
    with suppress(ValueError):  # what is no UTF-8 raises none of msgspec's own
        return msgspec.json.decode(data, type=RunRecord)
    return None


def keep_record(cache: Cache, key: str, record: RunRecord) -> None:
    """Remember a build; one with a path that is no Unicode cannot be written as JSON."""
    with suppress(UnicodeEncodeError):
        cache.write(BUILDS, f"{key}.json", msgspec.json.encode(record))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
