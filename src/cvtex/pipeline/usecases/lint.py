"""Lints a CV, or a .bib file alone."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.usage import UsageError
from cvtex.lint.context import LintContext
from cvtex.lint.run import lint
from cvtex.lint.selection import NOTHING_ASKED, RuleSelection
from cvtex.pdf.page import Pdf
from cvtex.pipeline.usecases.check import files_of, printed, read
from cvtex.pipeline.usecases.request import Request
from cvtex.project.load import Read
from cvtex.support.cache import NOTHING_KEPT, Cache
from cvtex.writers.draft import Draft, Reading


class Linted(Struct, frozen=True):
    """The findings that are shown; `files` and `dated` are as in the result of a build.

    There are no files if nothing could be read.
    """

    found: Sink
    files: tuple[Path, ...] = ()
    dated: bool = False


def lint_file(
    request: Request,
    asked: RuleSelection = NOTHING_ASKED,
    disk: Read = Path.read_bytes,
    cache: Cache = NOTHING_KEPT,
    *,
    page: bool = False,
) -> Linted:
    """Return the findings to show for a CV, or for a .bib file alone, and what they depend on.

    With `page` a CV without errors is typeset, to check its pages; nothing is written. `disk`
    reads the files. Raises `UsageError` if the file or an engine is missing.
    """
    if page and request.cv.suffix.lower() == ".bib":
        raise UsageError("a .bib file alone has no pages", "name a cv.yaml")
    found = Sink()
    reading = read(request, found, disk, cache)
    if reading is None:
        return Linted(found)
    if page or reading.lowered.printer.may_fail:
        reading = printed(reading, found)
    pdf = _typeset(reading, found) if page and not found.has_errors() else None
    shown = lint(LintContext(reading.project, reading.lowered, pdf), found, asked)
    return Linted(shown, files_of(reading.project), reading.project.cv.date is not None)


def _typeset(reading: Reading, found: Sink) -> Pdf | None:
    """Typeset a CV and return its pages; findings of TeX go to `found`."""
    from cvtex.pdf.read import read_pdf
    from cvtex.writers.draft import Means
    from cvtex.writers.pdf.write import write

    if not isinstance(reading, Draft):
        return None
    output = write(reading, found, Means())
    return None if output.data is None else read_pdf(output.data)
