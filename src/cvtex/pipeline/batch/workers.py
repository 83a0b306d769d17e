"""Processes of this machine that work for us, behind the interface of `concurrent.futures`.

`ProcessPoolExecutor` gives up all that is under way when one process dies, and cannot say what
killed it. Here each process has one task at a time, so a crash costs that task alone; the next one
gets a new process. A process that finds nobody at the other end of its connection ends.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from cvtex.diagnostics.usage import UsageError
from cvtex.support.scratch import scratch
from cvtex.support.signals import ENDING, ending_signals_unwind, held_signals

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

MOST_TASKS = 200
"""After so many tasks a process makes room for a new one, so that what it kept is given back."""
PATIENCE = 2.0
"""Seconds that processes get to clean up before they are killed."""
OBJECTS_PER_COLLECTION = 100_000
"""As in the command line, for the same reason: building one CV leaves little behind."""

PRELOADED = (
    *("babel.dates", "babel.numbers", "csv", "email.utils", "importlib.resources"),
    *(
        "markdown_it.main",
        "resource",
        "cvtex.readers.bibtex.gather",
        "cvtex.pipeline.usecases.build",
    ),
    *("cvtex.report.machine", "cvtex.report.terminal"),
)
"""What is imported once, before processes are forked from the one that has it."""

T = TypeVar("T")


class CrashError(Exception):
    """A task raised what it should not, or its process died; the text says all there is to say."""


class Worker(Struct, eq=False):
    """A process and our end of the connection to it."""

    process: BaseProcess
    connection: Connection
    tasks: int = 0

    def call(self, function: Callable[..., T], *arguments: object) -> T:
        """What the function returns there; raises `CrashError`, or EOFError if the process died."""
        self.tasks += 1
        try:
            self.connection.send((function, arguments))
            value, trace = self.connection.recv()
        except OSError as error:
            raise EOFError from error
        if trace is not None:
            raise CrashError(trace)
        return value  # type: ignore[no-any-return]


class Workers(Executor):
    """An executor of up to `jobs` processes, started when there is work for them."""

    def __init__(self, jobs: int, folder: Path) -> None:
        """The processes put their temporary files into the folder."""
        self._threads = ThreadPoolExecutor(jobs, "cvtex-worker")
        self._folder = folder
        self._lock = Lock()
        self._idle: list[Worker] = []
        self._all: list[Worker] = []
        self._open = True

    def submit(self, fn: Callable[..., T], /, *args: object, **keywords: object) -> Future[T]:
        """Have a process call a function, which is given to it by name, as its arguments are."""
        assert not keywords, "no task of ours has any"
        return self._threads.submit(self._call, fn, *args)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes, once what they do is done; at once if futures are cancelled."""
        if not cancel_futures:
            self._threads.shutdown(wait=wait)
        with self._lock:
            self._open = False
            left, self._all = self._all, []
            _end(left)
        self._threads.shutdown(wait=wait, cancel_futures=True)

    def _call(self, fn: Callable[..., T], *arguments: object) -> T:
        worker = self._taken()
        try:
            return worker.call(fn, *arguments)
        except EOFError:
            raise self._end_of(worker) from None
        finally:
            self._given_back(worker)

    def _end_of(self, worker: Worker) -> UsageError | CrashError:
        """How a process ended; only one thread at a time may ask."""
        with self._lock:
            worker.process.join(PATIENCE)
            status = worker.process.exitcode
        for number in signal.Signals:
            if status in (-number, 128 + number):
                ended = f"the process that built it was ended by {number.name}"
                outside = number in (*ENDING, getattr(signal, "SIGKILL", None))
                hint = "build it again; where memory runs out, with fewer `--jobs`"
                return UsageError(ended, hint) if outside else CrashError(f"{ended}\n")
        return CrashError(f"the process that built it ended with status {status}\n")

    def _taken(self) -> Worker:
        with self._lock:
            if not self._open:
                raise CrashError("the workers have been ended")
            if not self._idle:
                worker = _started(self._folder)
                self._all.append(worker)
                return worker
            return self._idle.pop()

    def _given_back(self, worker: Worker) -> None:
        with self._lock:
            if worker not in self._all:
                return
            if worker.tasks < MOST_TASKS and worker.process.is_alive():
                self._idle.append(worker)
            else:
                self._all.remove(worker)
                _end([worker])


@contextmanager
def workers(jobs: int) -> Iterator[Executor]:
    """Processes of this machine; at the end of the block they and their files are gone."""
    with ExitStack() as stack:
        folder = stack.enter_context(scratch())
        crew = Workers(jobs, folder)
        stack.callback(_shut_down, crew)
        yield crew


def _shut_down(crew: Workers) -> None:
    with held_signals():
        crew.shutdown(cancel_futures=True)


def _started(folder: Path) -> Worker:
    with _deaf():
        context = _context()
        ours, theirs = context.Pipe()
        given = (theirs, str(folder), str(Path.cwd()), dict(os.environ), list(sys.path))
        process = context.Process(target=serve, args=given, daemon=True)
        process.start()
    theirs.close()
    return Worker(process, ours)


def _context() -> ForkServerContext | SpawnContext:
    """How processes are started: forked from one that has no threads, where the system can."""
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
    """Have processes that are started not hear Ctrl-C, which reaches all of a terminal."""
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


def _end(left: list[Worker]) -> None:
    """End processes: they are asked first, so that no engine of theirs stays behind."""
    for worker in left:
        worker.process.terminate()
    deadline = time.monotonic() + PATIENCE
    for worker in left:
        worker.process.join(max(0.0, deadline - time.monotonic()))
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()


def serve(
    connection: Connection,
    folder: str,
    directory: str,
    environment: Mapping[str, str],
    search_path: list[str],
) -> None:
    """Do what comes through a connection until its other end is closed.

    The process may have been forked from one that is older than the task, so it is told where it
    works.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.chdir(directory)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:] = search_path
    tempfile.tempdir = folder
    gc.freeze()
    gc.set_threshold(OBJECTS_PER_COLLECTION)
    with ending_signals_unwind(), suppress(EOFError, BrokenPipeError):
        while True:
            function, arguments = connection.recv()
            connection.send(_answer(function, arguments))


def _answer(function: Callable[..., T], arguments: tuple[Any, ...]) -> tuple[T | None, str | None]:
    try:
        return function(*arguments), None
    except Exception as error:  # noqa: BLE001  # the last stop here: it is told where it can be said
        return None, "".join(traceback.format_exception(error))
