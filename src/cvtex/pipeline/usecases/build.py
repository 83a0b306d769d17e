"""Builds a CV: everything in its order, and the result put in its place."""

from __future__ import annotations

import time
from pathlib import Path

from cvtex.diagnostics.diagnostic import Sink
from cvtex.lint.suppressions import filter_diagnostics
from cvtex.lower.ledger import Ledger
from cvtex.pipeline.persistence.output import Written, check_writable, write_whole
from cvtex.pipeline.usecases.check import check, files_of
from cvtex.pipeline.usecases.request import Request
from cvtex.pipeline.usecases.result import Result
from cvtex.project.load import Read
from cvtex.writers.draft import Draft, Means, Output

NO_MEANS = Means()


def build_cv(request: Request, means: Means = NO_MEANS, disk: Read = Path.read_bytes) -> Result:
    """Build a CV; a fault leaves the file that was there before.

    `disk` gives the files. Raises `UsageError` when an engine is missing or the output cannot be
    written.
    """
    start, sink = time.perf_counter(), Sink()
    draft = check(request, sink, disk, means.cache)
    output = Output(None)
    if draft is not None and not sink.has_errors():
        check_writable(request.target(), request.writer.ending, draft.project.inputs)
        output = request.writer.load()(draft, sink, means)
    return Result(
        outputs=() if sink.has_errors() else _put_in_place(request, output),
        diagnostics=tuple(filter_diagnostics(sink, draft.project)) if draft else tuple(sink),
        ledger=draft.lowered.ledger if draft else Ledger(()),
        seconds=time.perf_counter() - start,
        files=files_of(draft.project) if draft else (request.cv,),
        dated=_is_dated(draft),
        engine_start=output.engine_start,
        packages=output.packages,
    )


def _put_in_place(request: Request, output: Output) -> tuple[Written, ...]:
    if output.data is None:
        return ()
    path = write_whole(request.target(), output.data)
    made = (output.pages, output.maker, output.passes, output.notes)
    return (Written(path, len(output.data), *made),)


def _is_dated(draft: Draft | None) -> bool:
    return draft is not None and draft.project.cv.date is not None
