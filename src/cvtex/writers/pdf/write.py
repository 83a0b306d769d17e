"""Writes a CV as PDF."""

from __future__ import annotations

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.hints import counted
from cvtex.writers.draft import Draft, Means, Output
from cvtex.writers.pdf.typeset import typeset


def write(draft: Draft, sink: Sink, means: Means) -> Output:
    """Return the pages; what TeX says of them goes to the sink.

    There is no data where no engine can set the text, or TeX made no PDF. Raises `UsageError` when
    the engine asked for is not installed, or cannot run.
    """
    output = typeset(draft, sink, means)
    if output.data is not None:
        _check_pages(draft, output.pages, sink)
    elif not sink.has_errors():
        sink.add(
            catalogue.TEX_ERROR,
            "TeX made no PDF and did not say why",
            hint="`cvtex doctor` says which engines work",
            path=str(draft.project.inputs[0]),
        )
    return output


def _check_pages(draft: Draft, pages: int | None, sink: Sink) -> None:
    """Report a CV that has more pages than it may."""
    limit = draft.project.cv.limits.pages
    if limit is not None and pages is not None and pages > limit:
        sink.add(
            catalogue.PAGE_LIMIT,
            f"the CV has {counted(pages, 'page')}; the limit is {limit}",
            draft.project.locate(("limits", "pages")),
            hint="shorten it, or raise the limit",
        )
