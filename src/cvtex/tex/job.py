"""The input and the output of a run of TeX, and of its start."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from cvtex.support.cache import Stamps
from cvtex.tex.events import LogEvent


class Job(Struct, frozen=True):
    """Files to typeset: their names inside the scratch directory, and their bytes.

    `main` is the file given to TeX. `epoch` is the time of the document, in seconds since 1970;
    without it, the time is now. `timeout` is in seconds, for all passes together. With a `format`,
    a dump of the job's preamble, TeX begins after the preamble.
    """

    files: Mapping[str, bytes]
    main: str = "main.tex"
    epoch: int | None = None
    timeout: float = 60.0
    format: Path | None = None

    def digest(self) -> str:
        """Return 32 hexadecimal digits that depend on the time and on all files."""
        digest = hashlib.sha256(str(self.epoch).encode())
        for name, content in sorted(self.files.items()):
            digest.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(content).digest())
        return digest.hexdigest()[:32].upper()


class EngineStart(Struct, frozen=True):
    """All that an engine needs to be started before the text is known; it can be stored.

    `engine` is its name, `format` the cache key of a dumped preamble, `epoch` the time of the
    document in seconds since 1970, and `main` the file that it will be given.
    """

    engine: str
    format: str
    epoch: int
    main: str


class Outcome(Struct, frozen=True):
    """The result of a job; without a PDF, an event says why.

    `pages` counts the pages of the PDF. `reasons` has one text for each pass after the first.
    `log` and `events` are those of the last pass; a very long log lacks its middle. `dumped` is
    true if the run began with a format, and then most of its `packages` are unknown: the files of
    the TeX installation that were read, and the places where others might appear.
    """

    pdf: bytes | None
    pages: int | None
    passes: int
    reasons: tuple[str, ...]
    log: str
    events: tuple[LogEvent, ...]
    dumped: bool = False
    packages: Stamps = field(default_factory=dict)
