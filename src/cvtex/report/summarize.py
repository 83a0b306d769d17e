"""Summaries of builds, small enough to be sent to the process that shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from cvtex.pipeline.batch.run import BuildSummary
from cvtex.pipeline.persistence.build_report import BuildReport
from cvtex.pipeline.usecases.result import Result
from cvtex.report.machine import result_object
from cvtex.report.terminal import findings_lines, summary

SummaryFact = Literal["pages", "size", "seconds", "engine", "rejected"]


class Summarizer(Struct, frozen=True):
    """Summarizes results for a terminal: excerpts of a `width`, sentences broken at `wrap`."""

    width: int
    wrap: int | None

    def __call__(self, result: Result) -> BuildSummary:
        """Return the result as an object, and for people the findings of a CV that failed."""
        shown = () if result.ok else result.diagnostics
        lines = tuple(findings_lines(shown, self.width, self.wrap))
        return BuildSummary(result_object(result), lines, summary(shown))


def outcome(report: BuildReport, facts: Iterable[SummaryFact]) -> str:
    """Return the path of what was built, and facts about it: "cv.pdf: 3 pages, 0.71 s"."""
    output, rejected = report["outputs"][0], report["publications"]["rejected"]
    pages = output["pages"]
    known: dict[SummaryFact, str | None] = {
        "pages": None if pages is None else f"{pages} page{'s' * (pages != 1)}",
        "size": f"{output['bytes'] / 1000:.0f} kB",
        "seconds": f"{report['seconds']:.2f} s",
        "engine": report["engine"],
        "rejected": f"{rejected} publications rejected" if rejected else None,
    }
    return f"{output['path']}: " + ", ".join(text for fact in facts if (text := known[fact]))
