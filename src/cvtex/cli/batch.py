"""The batch view of `cvtex build`: many CVs, one bar, one summary."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from msgspec import Struct

from cvtex.cli.arguments import ReportFormat
from cvtex.cli.batch_view import BatchTally, JsonView, TextView
from cvtex.cli.run import USAGE, StoppedError
from cvtex.diagnostics.usage import UsageError
from cvtex.pipeline.batch.cluster import cluster
from cvtex.pipeline.batch.run import BuildPlace, Task, run_batch
from cvtex.pipeline.batch.targets import cvs_of, placed
from cvtex.pipeline.batch.workers import this_machine
from cvtex.pipeline.usecases.request import Request
from cvtex.project.overrides import Overrides
from cvtex.report.output import columns
from cvtex.report.summarize import Summarizer
from cvtex.support.cache import Cache
from cvtex.support.signals import ending_signals_unwind
from cvtex.writers.registry import Writer


class Batch(Struct, frozen=True):
    """The batch that the command line asks for; without `jobs` there are as many as cores."""

    paths: Sequence[Path]
    output: Path | None
    writer: Writer
    overrides: Overrides
    cache: Cache
    force: bool
    jobs: int | None
    scheduler: str | None

    def requests(self) -> list[Request]:
        """Return a request for each CV; raises `UsageError`."""
        asked = (Request(cv, None, self.writer, self.overrides) for cv in cvs_of(self.paths))
        return placed(asked, self.output)

    def place(self, count: int) -> AbstractContextManager[BuildPlace]:
        """Return where `count` CVs are built; raises `UsageError` when it is entered."""
        if self.scheduler is not None:
            return cluster(self.scheduler, self.jobs)
        return this_machine(min(self.jobs or cores(), count))


def build_all(batch: Batch, format_: ReportFormat, *, quiet: bool) -> int:
    """Build all CVs, show them, and return the exit code.

    Raises `UsageError` before anything is built.
    """
    if format_ is ReportFormat.TEXT:
        requests = batch.requests()
        return _run(batch, requests, TextView(len(requests), quiet=quiet))
    view = JsonView()
    try:
        return _run(batch, batch.requests(), view)
    except UsageError as error:
        view.fail(error)
        view.end()
        return USAGE


def cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _run(batch: Batch, requests: Sequence[Request], view: TextView | JsonView) -> int:
    start, tally = time.perf_counter(), BatchTally(len(requests))
    stopped = None
    try:
        with ending_signals_unwind(), batch.place(len(requests)) as place, view.running():
            for done in run_batch(_tasks(batch, requests), place):
                tally.add(done)
                view.show(done)
    except KeyboardInterrupt:
        stopped = StoppedError("what was not built is as it was")
    view.end(tally, time.perf_counter() - start)
    if stopped is not None:
        raise stopped
    return tally.code


def _tasks(batch: Batch, requests: Sequence[Request]) -> Iterator[Task]:
    summarize = Summarizer(columns(), columns() if sys.stderr.isatty() else None)
    return (Task(request, summarize, batch.cache, force=batch.force) for request in requests)
