"""The request of a user: a CV, changes to it, and an output."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, field

from cvtex.project.overrides import Overrides
from cvtex.writers.registry import WRITERS, Writer


class Request(Struct, frozen=True):
    """A CV, changes to it, and the form and the place of the output.

    `output` is a file or a directory; without it the output is written beside the CV.
    """

    cv: Path
    output: Path | None = None
    writer: Writer = WRITERS[0]
    overrides: Overrides = field(default_factory=Overrides)

    def target(self) -> Path:
        """Return the file to write: cv.pdf, or cv-short-de.pdf for a variant and a language."""
        names = (self.cv.stem, self.overrides.variant, self.overrides.language)
        name = "-".join(part for part in names if part) + self.writer.suffix
        if self.output is None:
            return self.cv.with_name(name)
        return self.output / name if self.output.is_dir() else self.output
