"""Lints a CV, or a .bib file alone."""

from __future__ import annotations

from pathlib import Path

from cvtex.diagnostics.model import Sink
from cvtex.lint.model import Subject
from cvtex.lint.run import lint
from cvtex.lint.selection import Selection
from cvtex.lint.settle import NOTHING_ASKED
from cvtex.pipeline.check import read
from cvtex.pipeline.request import Request
from cvtex.project.load import Read


def lint_file(
    request: Request, asked: Selection = NOTHING_ASKED, disk: Read = Path.read_bytes
) -> Sink:
    """What is shown of all that can be found in a CV without typesetting it.

    `disk` gives the files. Raises `UsageError` when there is no such file.
    """
    found = Sink()
    reading = read(request, found, disk)
    if reading is None:
        return found
    return lint(Subject(reading.project, reading.lowered), found, asked)
