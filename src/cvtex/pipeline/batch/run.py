"""Builds many CVs, each for itself: whatever happens to one, the others are built.

No engine is started before its text is known here, as it is for one CV: where every core has work,
an engine that waits only costs.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Generator, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from cvtex.diagnostics.usage import UsageError
from cvtex.pipeline.batch.workers import CrashError
from cvtex.pipeline.persistence.fingerprints import RecordingReader
from cvtex.pipeline.usecases.build_cache import is_up_to_date, last_build, remember
from cvtex.pipeline.usecases.request import Request
from cvtex.support.cache import Cache, user_cache

if TYPE_CHECKING:
    from cvtex.pipeline.usecases.result import Result

GLANCE = 0.5
"""Seconds between two chances to be interrupted, for systems where waiting lets no signal in."""


class BuildState(StrEnum):
    """What became of a CV: an untried one met a fault outside of it, a crash is a bug of ours."""

    BUILT = "built"
    UP_TO_DATE = "up to date"
    FAULTY = "faulty"
    UNTRIED = "untried"
    CRASHED = "crashed"


class Told(Struct, frozen=True):
    """What a build says of itself: as a JSON object, and its findings for people.

    `findings` are lines of pieces, each a text and its style; `summary` is how many there are.
    """

    report: Mapping[str, Any]
    findings: tuple[tuple[tuple[str, str], ...], ...] = ()
    summary: str = ""


class Task(Struct, frozen=True):
    """One CV of a batch; without a `cache` it is that of whoever builds it.

    `tell` says what is wanted of a result; it travels to another process, and what it tells back.
    """

    request: Request
    tell: Callable[[Result], Told]
    cache: Cache | None = None
    force: bool = False


class Done(Struct, frozen=True):
    """What came of one CV, small enough to travel.

    A CV that was built, is up to date or is faulty has `told`, an untried one its `problem`, and
    one whose build crashed the `trace` of that.
    """

    request: Request
    state: BuildState
    seconds: float = 0.0
    told: Told = field(default_factory=lambda: Told({}))
    problem: UsageError | None = None
    trace: str = ""


Work = Callable[[Task], Done]


def run_batch(
    tasks: Iterable[Task],
    executor: Executor,
    most: int,
    work: Work | None = None,
    known: Callable[[Task], Done | None] = lambda _: None,
) -> Generator[Done, None, None]:
    """What comes of each task, in the order in which they are done.

    At most so many are under way at a time, and the others are not even looked at. One of which
    the outcome is `known` needs no worker. When the iterator is closed, what has not begun is
    taken back. When the executor takes one back, it will do no other either.
    """
    left = iter(tasks)
    under_way: dict[Future[Done], Task] = {}
    try:
        while True:
            for task in islice(left, most - len(under_way)):
                under_way[_submitted(task, executor, work or build_one, known)] = task
            if not under_way:
                return
            done, _ = wait(under_way, GLANCE, FIRST_COMPLETED)
            taken_back = {future for future in done if future.cancelled()}
            for future in done - taken_back:
                yield _done(under_way.pop(future), future)
            if taken_back:
                lost = [*under_way.values(), *left]
                under_way.clear()
                yield from map(_lost, lost)
    finally:
        for future in under_way:
            future.cancel()


def build_one(task: Task) -> Done:
    """Build a CV unless that would make the same again. This is what a worker does."""
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
    """What came of the last build of a CV, if another would make the same again."""
    cache = _cache(task)
    record = None if task.force else last_build(task.request, cache)
    if record is None or not is_up_to_date(record, cache):
        return None
    return Done(
        task.request, BuildState.UP_TO_DATE, told=Told({**record.report, "up_to_date": True})
    )


def _built(task: Task) -> Done:
    from cvtex.pipeline.usecases.build import build_cv
    from cvtex.writers.draft import Means

    reads, cache = RecordingReader(), _cache(task)
    result = build_cv(task.request, Means(cache), reads)
    told = task.tell(result)
    remember(task.request, cache, result, reads, told.report)
    state = BuildState.BUILT if result.ok else BuildState.FAULTY
    return Done(task.request, state, result.seconds, told)


def _cache(task: Task) -> Cache:
    return user_cache() if task.cache is None else task.cache


def _submitted(
    task: Task, executor: Executor, work: Work, known: Callable[[Task], Done | None]
) -> Future[Done]:
    outcome = known(task)
    if outcome is None:
        return executor.submit(work, task)
    future: Future[Done] = Future()
    future.set_result(outcome)
    return future


def _lost(task: Task) -> Done:
    """What comes of a task where nobody is left to do it."""
    hint = "start it again, and then build again: what is up to date is not built twice"
    return Done(task.request, BuildState.UNTRIED, problem=UsageError("the scheduler is gone", hint))


def _done(task: Task, future: Future[Done]) -> Done:
    """What came of a task; its worker may not have lived to say it."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, UsageError):
        return Done(task.request, BuildState.UNTRIED, problem=error)
    told = isinstance(error, CrashError)
    trace = str(error) if told else "".join(traceback.format_exception(error))
    return Done(task.request, BuildState.CRASHED, trace=trace)
