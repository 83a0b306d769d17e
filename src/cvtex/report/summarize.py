"""Summaries of builds, small enough to be sent to the process that shows them."""

from __future__ import annotations

from msgspec import Struct

from cvtex.pipeline.batch.run import BuildSummary
from cvtex.pipeline.usecases.result import Result
from cvtex.report.machine import result_object
from cvtex.report.terminal import findings_lines, summary


class Summarizer(Struct, frozen=True):
    """Summarizes results for a terminal: excerpts of a `width`, sentences broken at `wrap`."""

    width: int
    wrap: int | None

    def __call__(self, result: Result) -> BuildSummary:
        """Return the result as an object, and for people the findings of a CV that failed."""
        shown = () if result.ok else result.diagnostics
        lines = tuple(findings_lines(shown, self.width, self.wrap))
        return BuildSummary(result_object(result), lines, summary(shown))
