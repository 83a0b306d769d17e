"""Where the CVs of a batch are built: in processes of this machine, or on a Dask cluster."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from cvtex import __version__
from cvtex.diagnostics.usage import UsageError
from cvtex.pipeline.batch.run import BuildState, Done, Task, Work, build_one, known_outcome
from cvtex.pipeline.batch.workers import workers
from cvtex.support.cache import NOTHING_KEPT

if TYPE_CHECKING:
    from distributed import Client

INSTALL = "install it: pip install 'cvtex[dask]'"
PATIENCE = 10
"""Seconds to wait for the scheduler, and for the first worker."""
LOGGERS = ("distributed", "distributed.client", "tornado.application")
"""Who tells of a lost connection too, as programmers like it; what it means is said by us."""
AHEAD = 2
"""How many tasks each worker is given, so that it has the next one when it is done."""


class Place(Struct, frozen=True):
    """An executor and what it needs: how many tasks at `most` are under way, and their `work`.

    `known` are outcomes that need no worker, and `prepared` makes a task ready for the journey.
    """

    executor: Executor
    most: int
    work: Work = build_one
    known: Callable[[Task], Done | None] = lambda _: None
    prepared: Callable[[Task], Task] = lambda task: task


@contextmanager
def this_machine(jobs: int) -> Iterator[Place]:
    """So many processes; what has not changed is known without them."""
    with workers(jobs) as executor:
        yield Place(executor, AHEAD * jobs, known=known_outcome)


@contextmanager
def cluster(address: str, jobs: int | None = None) -> Iterator[Place]:
    """The Dask cluster of a scheduler, with at most so many tasks under way.

    Its workers must see the files under the same paths. Raises `UsageError` when there is no such
    cluster, or one of its members has another cvtex or none.
    """
    client = _connected(address)
    try:
        threads = _threads(client, address)
        _check_versions(client)
        executor = client.get_executor(pure=False)
        work = partial(build_remotely, __version__)
        yield Place(executor, jobs or AHEAD * threads, work, prepared=_absolute)
    finally:
        client.close()


def build_remotely(version: str, task: Task) -> Done:
    """What a worker of a cluster does: build a CV, and say which machine it was if it cannot.

    One that came late is not of the `version` it should be, perhaps.
    """
    if version != __version__:
        return Done(
            task.request, BuildState.UNTRIED, problem=_unfit("a worker", __version__, version)
        )
    done = build_one(task)
    if done.problem is None:
        return done
    import socket

    hint = f"; {done.problem.hint}" if done.problem.hint else ""
    seen = f"this was on {socket.gethostname()}, where files must have the same paths as here"
    return replace(done, problem=UsageError(done.problem.message, seen + hint))


def _connected(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("`--scheduler` needs Dask, which is not installed", INSTALL) from None
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError):
        hint = "it says its address when it starts: `dask scheduler`"
        raise UsageError(f"no Dask scheduler answers at `{address}`", hint) from None


def _threads(client: Client, address: str) -> int:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        hint = f"start some: `dask worker {address}`"
        raise UsageError(f"the scheduler at `{address}` has no workers", hint) from None
    return sum(client.nthreads().values())


def _check_versions(client: Client) -> None:
    # It must be able to run where there is no cvtex: a function inside another one travels as code.
    def version() -> str | None:
        try:
            import cvtex
        except ImportError:
            return None
        return cvtex.__version__

    found = {"the scheduler": client.run_on_scheduler(version)}
    found |= {f"the worker {name}": said for name, said in client.run(version).items()}
    for name, said in found.items():
        if said != __version__:
            raise _unfit(name, said, __version__)


def _unfit(name: str, said: str | None, wanted: str) -> UsageError:
    has = "no cvtex" if said is None else f"cvtex {said}"
    hint = f"install the same there: pip install cvtex=={wanted}"
    return UsageError(f"{name} has {has}, not {wanted}", hint)


def _absolute(task: Task) -> Task:
    """The task with paths that do not depend on where a worker runs, and its worker's own cache."""
    request = task.request
    moved = replace(
        request,
        cv=request.cv.absolute(),
        output=request.target().absolute(),
    )
    return replace(task, request=moved, cache=None if task.cache != NOTHING_KEPT else NOTHING_KEPT)
