"""What a worker of a batch says of a build, small enough to be sent to whoever shows it."""

from __future__ import annotations

from msgspec import Struct

from cvtex.pipeline.batch.run import Told
from cvtex.pipeline.usecases.result import Result
from cvtex.report.machine import result_object
from cvtex.report.terminal import findings_lines, summary


class Teller(Struct, frozen=True):
    """Tells of a result for a terminal: excerpts of this `width`, sentences broken at `wrap`."""

    width: int
    wrap: int | None

    def __call__(self, result: Result) -> Told:
        """The result as an object, and the findings for people of what was not built."""
        shown = () if result.ok else result.diagnostics
        lines = tuple(findings_lines(shown, self.width, self.wrap))
        return Told(result_object(result), lines, summary(shown))
