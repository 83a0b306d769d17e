"""A Dask cluster that builds the CVs of a batch."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cvtex import __version__
from cvtex.diagnostics.usage import UsageError
from cvtex.pipeline.batch.run import BuildPlace, BuildState, Done, Task, build_one
from cvtex.support.cache import NOTHING_KEPT

if TYPE_CHECKING:
    from distributed import Client

INSTALL = "install it: pip install 'cvtex[dask]'"
PATIENCE = 10
"""Seconds to wait for the scheduler, and for the first worker."""
LOGGERS = ("distributed", "distributed.client", "tornado.application")
"""Loggers that report a lost connection in programmers' terms; cvtex reports it itself."""
TASKS_PER_THREAD = 2
"""How many tasks are under way for each thread of the cluster."""
GONE = UsageError(
    "the scheduler is gone",
    "start it again, and then build again: what is up to date is not built twice",
)


@contextmanager
def cluster(address: str, jobs: int | None = None) -> Iterator[BuildPlace]:
    """Build on the Dask cluster of a scheduler, with at most `jobs` tasks under way.

    Its workers must see the files under the same paths. Raises `UsageError` when there is no such
    cluster, or one of its members has another cvtex or none.
    """
    client = _connected(address)
    try:
        threads = _threads(client, address)
        _check_versions(client)
        submit = client.get_executor(pure=False).submit
        work = partial(build_remotely, __version__)
        most = jobs or TASKS_PER_THREAD * threads
        yield BuildPlace(submit, most, work, prepared=_absolute, explained=_explained)
    finally:
        client.close()


def build_remotely(version: str, task: Task) -> Done:
    """Build a CV on a worker of a cluster; a problem names the machine.

    A worker that joined late may not have the `version` of cvtex that it should have.
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
        hint = "`dask scheduler` prints its address when it starts"
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
    found |= {f"the worker {name}": answer for name, answer in client.run(version).items()}
    for name, answer in found.items():
        if answer != __version__:
            raise _unfit(name, answer, __version__)


def _unfit(name: str, found: str | None, wanted: str) -> UsageError:
    has = "no cvtex" if found is None else f"cvtex {found}"
    hint = f"install the same there: pip install cvtex=={wanted}"
    return UsageError(f"{name} has {has}, not {wanted}", hint)


def _absolute(task: Task) -> Task:
    """Return a task whose paths do not depend on where a worker runs, with its worker's cache."""
    request = task.request
    moved = replace(request, cv=request.cv.absolute(), output=request.target().absolute())
    return replace(task, request=moved, cache=None if task.cache != NOTHING_KEPT else NOTHING_KEPT)


def _explained(error: BaseException) -> BaseException:
    """Dask takes back the tasks of a scheduler that it has lost."""
    return GONE if isinstance(error, CancelledError) else error
