"""The processes of this machine that build the CVs of a batch.

They are those of a pool of pebble's: a process that dies costs only the task it had, and a process
whose parent is gone ends.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING

from cvtex.diagnostics.usage import UsageError
from cvtex.pipeline.batch.run import (
    BuildPlace,
    BuildState,
    Done,
    Perform,
    Submit,
    Task,
    known_outcome,
)
from cvtex.support.scratch import scratch
from cvtex.support.signals import ENDING, ending_signals_unwind, held_signals

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

    from pebble import ProcessPool

TASKS_PER_WORKER = 2
"""How many tasks are under way for each process, so that it has the next one when it is done."""
MOST_TASKS = 200
"""After so many tasks a process is replaced by a new one, to give back its memory."""
TIME_LIMIT = 1800
"""Seconds that one CV may take; its engine has a limit of its own, which is far shorter."""
OBJECTS_PER_COLLECTION = 100_000
"""As in the command line, for the same reason: building one CV leaves little behind."""
FEWER = "build it again; where memory runs out, with fewer `--jobs`"

PRELOADED = (
    *("babel.dates", "babel.numbers", "csv", "email.utils", "importlib.resources"),
    *("markdown_it.main", "pebble.pool.process", "resource"),
    *("cvtex.pipeline.usecases.build", "cvtex.readers.bibtex.gather", "cvtex.report.summarize"),
)
"""Modules that are imported once, by the process from which the others are forked."""


@contextmanager
def this_machine(jobs: int) -> Iterator[BuildPlace]:
    """Build in up to `jobs` processes; CVs that have not changed need none of them."""
    with workers(jobs) as submit:
        yield BuildPlace(submit, TASKS_PER_WORKER * jobs, known=known_outcome, explained=_explained)


@contextmanager
def workers(jobs: int) -> Iterator[Submit]:
    """Start processes with the first task; at the end of the block they and their files are gone.

    Their temporary files are in one folder.
    """
    with ExitStack() as stack:
        folder = str(stack.enter_context(scratch()))

        @cache
        def pool() -> ProcessPool:
            context = _context()
            from pebble import ProcessPool

            made = ProcessPool(jobs, MOST_TASKS, prepare, (folder, dict(os.environ)), context)
            stack.callback(_end, made)
            return made

        def submit(work: Perform, task: Task) -> Future[Done]:
            with _deaf():
                try:
                    return pool().schedule(perform, (work, task), timeout=TIME_LIMIT)
                except RuntimeError as error:  # the pool is broken: it can start no processes
                    failed: Future[Done] = Future()
                    failed.set_exception(error)
                    return failed

        yield submit


def prepare(folder: str, environment: Mapping[str, str]) -> None:
    """Make a new process fit for tasks.

    It may have been forked from a process that is older than this batch.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # `perform` lets the stack unwind
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = folder
    gc.freeze()
    gc.set_threshold(OBJECTS_PER_COLLECTION)


def perform(work: Perform, task: Task) -> Done:
    """Do a task; an exception is returned as a crash, and a signal ends the process."""
    try:
        with ending_signals_unwind():
            return work(task)
    except SystemExit as ended:
        os._exit(ended.code if isinstance(ended.code, int) else 1)
    except Exception:  # noqa: BLE001  # the last stop in this process; it is shown by the parent
        return Done(task.request, BuildState.CRASHED, trace=traceback.format_exc())


def _end(pool: ProcessPool) -> None:
    """End the processes: by SIGTERM first, so that no engine of theirs stays behind."""
    with held_signals():
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _explained(error: BaseException) -> BaseException:
    """Return why a process gave no answer: a `UsageError` unless it is a fault of cvtex."""
    from pebble import ProcessExpired

    if isinstance(error, ProcessExpired):
        return _ended(error.exitcode)
    if isinstance(error, TimeoutError):
        return UsageError(f"it took longer than {TIME_LIMIT // 60} minutes", FEWER)
    if isinstance(error, RuntimeError):
        return UsageError("the processes that build CVs cannot be started", FEWER)
    return error


def _ended(status: int) -> UsageError | RuntimeError:
    for number in signal.Signals:
        if status in (-number, 128 + number):
            ended = f"the process that built it was ended by {number.name}"
            outside = number in (*ENDING, getattr(signal, "SIGKILL", None))
            return UsageError(ended, FEWER) if outside else RuntimeError(ended)
    return RuntimeError(f"the process that built it ended with status {status}")


def _context() -> ForkServerContext | SpawnContext:
    """Choose how processes are started: forked from one that has no threads, where possible."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing import forkserver

        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(PRELOADED))
        with suppress(OSError):  # where the name of the folder for sockets is too long for one
            forkserver.ensure_running()
            return context
    return multiprocessing.get_context("spawn")


@contextmanager
def _deaf() -> Iterator[None]:
    """Start processes and threads with Ctrl-C blocked: it reaches all processes of a terminal."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # when it is started it lifts the block
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
