"""Builds many CVs, each for itself: whatever happens to one, the others are built.

No engine is started before its text is known here, as it is for one CV: where every core has work,
an engine that waits only costs.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Generator, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from cvtex.diagnostics.usage import UsageError
from cvtex.pipeline.persistence.fingerprints import RecordingReader
from cvtex.pipeline.usecases.build_cache import fresh_report, last_build, remember
from cvtex.pipeline.usecases.request import Request
from cvtex.support.cache import Cache, user_cache

if TYPE_CHECKING:
    from cvtex.pipeline.usecases.result import Result

GLANCE = 0.5
"""Seconds between two chances to be interrupted, for systems where waiting lets no signal in."""


class BuildState(StrEnum):
    """The outcome for one CV: untried means a fault outside of it, crashed a bug of cvtex."""

    BUILT = "built"
    UP_TO_DATE = "up to date"
    FAULTY = "faulty"
    UNTRIED = "untried"
    CRASHED = "crashed"


class BuildSummary(Struct, frozen=True):
    """A result small enough to be sent: as a JSON object, and its findings for people.

    `findings` are lines of pieces, each a text and its style; `counts` says how many there are.
    """

    report: Mapping[str, Any]
    findings: tuple[tuple[tuple[str, str], ...], ...] = ()
    counts: str = ""


class Task(Struct, frozen=True):
    """One CV of a batch; without a `cache` it is that of the process that builds it.

    `summarize` travels to that process, and its summary travels back.
    """

    request: Request
    summarize: Callable[[Result], BuildSummary]
    cache: Cache | None = None
    force: bool = False


class Done(Struct, frozen=True):
    """The outcome for one CV, small enough to travel.

    A CV that was built, is up to date or is faulty has a `summary`, an untried one its `problem`,
    and one whose build crashed the `trace`.
    """

    request: Request
    state: BuildState
    seconds: float = 0.0
    summary: BuildSummary = field(default_factory=lambda: BuildSummary({}))
    problem: UsageError | None = None
    trace: str = ""


Perform = Callable[[Task], Done]
Submit = Callable[[Perform, Task], Future[Done]]


class BuildPlace(Struct, frozen=True):
    """Where the tasks of a batch are done: `submit` starts the `work` on one.

    At `most` so many tasks are under way. `known` are outcomes that need no work, `prepared` makes
    a task ready for the journey, and `explained` turns the error of a place into one for people.
    """

    submit: Submit
    most: int
    work: Perform | None = None
    known: Callable[[Task], Done | None] = lambda _: None
    prepared: Callable[[Task], Task] = lambda task: task
    explained: Callable[[BaseException], BaseException] = lambda error: error


def run_batch(tasks: Iterable[Task], place: BuildPlace) -> Generator[Done, None, None]:
    """Yield the outcome of each task, in the order in which they are done.

    Tasks that are not under way yet are not even looked at. When the generator is closed, those
    that have not begun are cancelled. A place that cancels one task is taken to be gone.
    """
    left = iter(tasks)
    under_way: dict[Future[Done], Task] = {}
    try:
        while True:
            for task in islice(left, place.most - len(under_way)):
                under_way[_submitted(place.prepared(task), place)] = task
            if not under_way:
                return
            done, _ = wait(under_way, GLANCE, FIRST_COMPLETED)
            cancelled = {future for future in done if future.cancelled()}
            for future in done - cancelled:
                yield _done(under_way.pop(future), future, place)
            if cancelled:
                lost = [*under_way.values(), *left]
                under_way.clear()
                yield from (_failed(task, place, CancelledError()) for task in lost)
    finally:
        for future in under_way:
            if not future.running():
                future.cancel()


def build_one(task: Task) -> Done:
    """Build a CV unless the result would be the same again."""
    start = time.perf_counter()
    try:
        return known_outcome(task) or _built(task)
    except UsageError as error:
        problem = error
    except OSError as error:
        where = f"`{error.filename}` " if error.filename else ""
        problem = UsageError(where + (error.strerror or str(error)).lower())
    return Done(task.request, BuildState.UNTRIED, time.perf_counter() - start, problem=problem)


def known_outcome(task: Task) -> Done | None:
    """Return the outcome of the last build of a CV, if another would make the same again."""
    cache = _cache(task)
    record = None if task.force else last_build(task.request, cache)
    report = None if record is None else fresh_report(record, cache)
    if report is None:
        return None
    summary = BuildSummary(dict(report))
    return Done(task.request, BuildState.UP_TO_DATE, summary=summary)


def _built(task: Task) -> Done:
    from cvtex.pipeline.usecases.build import build_cv
    from cvtex.writers.draft import Means

    reads, cache = RecordingReader(), _cache(task)
    result = build_cv(task.request, Means(cache), reads)
    summary = task.summarize(result)
    remember(task.request, cache, result, reads, summary.report)
    state = BuildState.BUILT if result.ok else BuildState.FAULTY
    return Done(task.request, state, result.seconds, summary)


def _cache(task: Task) -> Cache:
    return user_cache() if task.cache is None else task.cache


def _submitted(task: Task, place: BuildPlace) -> Future[Done]:
    outcome = place.known(task)
    if outcome is None:
        return place.submit(place.work or build_one, task)
    future: Future[Done] = Future()
    future.set_result(outcome)
    return future


def _done(task: Task, future: Future[Done], place: BuildPlace) -> Done:
    error = future.exception()
    return future.result() if error is None else _failed(task, place, error)


def _failed(task: Task, place: BuildPlace, error: BaseException) -> Done:
    """Return the outcome of a task of which its place says only that it failed."""
    explained = place.explained(error)
    if isinstance(explained, UsageError):
        return Done(task.request, BuildState.UNTRIED, problem=explained)
    trace = "".join(traceback.format_exception(explained))
    return Done(task.request, BuildState.CRASHED, trace=trace)
