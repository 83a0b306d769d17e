"""What a build is asked to do."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, field

from cvtex.project.overrides import Overrides
from cvtex.writers.registry import WRITERS, Writer


class Request(Struct, frozen=True):
    """A build: which CV, changed how, in which form, written where.

    `output` is a file or a directory; without it the output stands beside the CV.
    """

    cv: Path
    output: Path | None = None
    writer: Writer = WRITERS[0]
    overrides: Overrides = field(default_factory=Overrides)

    def target(self) -> Path:
        """The file to write: cv.pdf, or cv-short-de.pdf for a variant and a language."""
        names = (self.cv.stem, self.overrides.variant, self.overrides.language)
        name = "-".join(part for part in names if part) + self.writer.suffix
        if self.output is None:
            return self.cv.with_name(name)
        return self.output / name if self.output.is_dir() else self.output
