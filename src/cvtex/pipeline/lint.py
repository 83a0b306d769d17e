"""Lints a CV, or a .bib file alone."""

from __future__ import annotations

from pathlib import Path

from cvtex.diagnostics.model import Sink
from cvtex.diagnostics.usage import UsageError
from cvtex.lint.model import Subject
from cvtex.lint.run import lint
from cvtex.lint.selection import Selection
from cvtex.lint.settle import NOTHING_ASKED
from cvtex.pdf.model import Pdf
from cvtex.pipeline.check import Reading, checked, read
from cvtex.pipeline.request import Request
from cvtex.project.load import Read


def lint_file(
    request: Request,
    asked: Selection = NOTHING_ASKED,
    disk: Read = Path.read_bytes,
    *,
    page: bool = False,
) -> Sink:
    """What is shown of all that can be found in a CV.

    With `page` one without errors is typeset, to look at its pages; nothing is written. `disk`
    gives the files. Raises `UsageError` when there is no such file, or no engine.
    """
    if page and request.cv.suffix.lower() == ".bib":
        raise UsageError("a .bib file alone has no pages", "name a cv.yaml")
    found = Sink()
    reading = read(request, found, disk)
    if reading is None:
        return found
    pdf = _typeset(reading, found) if page and not found.has_errors() else None
    return lint(Subject(reading.project, reading.lowered, pdf), found, asked)


def _typeset(reading: Reading, found: Sink) -> Pdf | None:
    """The pages; what TeX says of them goes to `found`."""
    from cvtex.pdf.read import read_pdf
    from cvtex.pipeline.build import check_pages
    from cvtex.pipeline.typeset import emit, typeset

    ready = checked(reading)
    if ready is None:
        return None
    made = typeset(ready, emit(ready), found)
    if made is None or made.outcome.pdf is None:
        return None
    check_pages(ready.project, made.outcome, found)
    return read_pdf(made.outcome.pdf)
