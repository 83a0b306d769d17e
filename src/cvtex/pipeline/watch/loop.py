"""Builds a CV again whenever a file of it changes, with an engine that waits for the next time.

Events only wake the loop. What decides is whether a file still is what the last build read of it:
so neither the output nor the backup files of editors make a build, and no change is missed that
comes during one. An output that is gone is made again.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from msgspec import Struct
from msgspec.structs import replace

from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.usage import UsageError
from cvtex.pipeline.persistence.fingerprints import Fingerprint, RecordingReader, print_of
from cvtex.pipeline.persistence.incremental import started
from cvtex.pipeline.usecases.build import build_cv
from cvtex.pipeline.usecases.check import files_of
from cvtex.pipeline.usecases.clock import epoch_of, today
from cvtex.pipeline.usecases.request import Request
from cvtex.pipeline.usecases.result import Result
from cvtex.pipeline.watch.file_watcher import FileWatcher, lookout
from cvtex.project.load import load_project
from cvtex.support.cache import Cache, stamp
from cvtex.support.scratch import scratch
from cvtex.support.signals import ending_signals_unwind
from cvtex.tex.formats import find_format
from cvtex.tex.prestart import EngineStart, PrestartedEngine

TICK = 1.0
"""Seconds after which the files, the day and the engine are looked at without an event."""
HALF_SAVED = 0.2
"""Seconds that an editor gets to fill a file that it has emptied or moved away."""
MOST_DEATHS = 3
"""How many waiting engines may die before the next build has to do without."""

Prints = Mapping[Path, Fingerprint]


class Made(Struct, frozen=True):
    """What came of one build: its result, or the problem that there is none.

    `prints` are the files it depends on, as it found them.
    """

    result: Result | None
    problem: UsageError | None
    reads: RecordingReader
    prints: Prints

    @property
    def ok(self) -> bool:
        """Whether everything asked for was written."""
        return self.result is not None and self.result.ok

    def is_outdated(self) -> bool:
        """Whether a file is no longer what it was, or the PDF is gone."""
        written = self.result.outputs if self.result is not None else ()
        return not all(known.fits(path) for path, known in self.prints.items()) or not all(
            output.path.exists() for output in written
        )


class Ahead(Struct):
    """What the engine of the next build can be started with, as the last builds promised."""

    cache: Cache
    promise: EngineStart | None = None
    dated: bool = False
    deaths: int = 0

    def learn(self, result: Result) -> None:
        """Take what a build promised; after one that broke off, what was promised before holds."""
        self.deaths = 0
        if result.ok or result.promise is not None:
            self.promise, self.dated = result.promise, result.dated

    @contextmanager
    def engine(self) -> Iterator[PrestartedEngine | None]:
        """An engine that waits, if one can; at the end of the block it is gone."""
        with started(self._of_today()) as early:
            yield early
            if early is not None and not early.alive:
                self.deaths += 1

    def still_fits(self, early: PrestartedEngine | None) -> bool:
        """Whether the engine can still be used, or there can be no other."""
        if early is None:
            return True
        return early.alive and early.promise.epoch == self._epoch(early.promise)

    def _of_today(self) -> EngineStart | None:
        promise = self.promise if self.deaths < MOST_DEATHS else None
        if promise is None or find_format(self.cache, promise.format.stem) is None:
            return None
        return replace(promise, epoch=self._epoch(promise))

    def _epoch(self, promise: EngineStart) -> int:
        return promise.epoch if self.dated else epoch_of(today())


def watch_cv(request: Request, cache: Cache, show: Callable[[Made], None]) -> NoReturn:
    """Build a CV now and at every change, and `show` each time what came of it.

    Only an exception ends it, such as that of a signal; no process and no file of ours is left
    then. Raises `UsageError` when nothing can be built at the start, because there is no such file
    or no engine; what goes wrong later is shown.
    """
    if request.cv.exists() and not request.cv.is_file():
        raise UsageError(f"`{request.cv}` is no file that can be watched", "name a cv.yaml")
    with ending_signals_unwind(), _kept(cache) as kept, _tidied_when_idle(), lookout() as events:
        ahead = Ahead(kept)
        made = _make(request, kept, None, {})
        if made.problem is not None:
            raise made.problem
        gc.freeze()  # what has been imported stays
        while True:
            if made.result is not None:
                ahead.learn(made.result)
            if made.ok or not made.is_outdated():
                show(made)
            gc.collect()
            made = _next(request, made, ahead, events)


def _next(request: Request, made: Made, ahead: Ahead, events: FileWatcher) -> Made:
    """What comes of the next build, as soon as there is a reason for one."""
    while True:
        with ahead.engine() as early:
            while ahead.still_fits(early):
                if _changed(made, events):
                    return _make(request, ahead.cache, early, made.prints)


def _changed(made: Made, events: FileWatcher) -> bool:
    """Whether a file changes before a tick is over, and then no file is half saved."""
    events.follow(made.prints)
    if not made.is_outdated():
        events.wait(TICK)
        if not made.is_outdated():
            return False
    patience = time.monotonic() + HALF_SAVED
    while _is_half_saved(made.prints) and time.monotonic() < patience:
        events.wait(patience - time.monotonic())
    _check_here()
    return True


def _check_here() -> None:
    """Raises `UsageError` when the working directory is gone, and relative paths with it."""
    try:
        Path.cwd()
    except FileNotFoundError:
        hint = "start again in one that is there"
        raise UsageError("the directory you are in has been removed", hint) from None


def _is_half_saved(prints: Prints) -> bool:
    """Whether a file that had something in it is empty or gone."""
    return any(known.size > 0 and stamp(path)[0] <= 0 for path, known in prints.items())


def _make(request: Request, cache: Cache, early: PrestartedEngine | None, known: Prints) -> Made:
    """Build once; whatever the files are like, something comes of it."""
    reads = RecordingReader()
    before = {path: old if old.fits(path) else print_of(path) for path, old in known.items()}
    result = problem = None
    try:
        result = build_cv(request, cache, early, reads)
    except (UsageError, OSError) as error:
        problem = _problem(error)
    if result is not None and result.ok:
        files: Iterable[Path] = result.files
    else:
        files = (*before, *_files_despite(request))
    return Made(result, problem, reads, _prints(files, reads, before))


def _prints(files: Iterable[Path], reads: RecordingReader, before: Prints) -> Prints:
    """The files as they were when they were read, or before that, or are where they are new."""
    return {
        path: reads.seen.get(str(path.resolve())) or before.get(path) or print_of(path)
        for path in files
    }


def _files_despite(request: Request) -> tuple[Path, ...]:
    """The files a CV is made of, as far as it can be read, where the build did not come to say."""
    with suppress(UsageError, OSError):
        project = load_project(request.cv, request.overrides, today(), Sink())
        if project is not None:
            return files_of(project)
    return (request.cv,)


def _problem(error: UsageError | OSError) -> UsageError:
    if isinstance(error, UsageError):
        return error
    where = f"`{error.filename}`: " if error.filename else ""
    return UsageError(f"{where}{(error.strerror or str(error)).lower()}")


@contextmanager
def _kept(cache: Cache) -> Iterator[Cache]:
    """The cache, or one of our own that goes with us where nothing is to be kept."""
    if cache.root is not None:
        yield cache
        return
    with scratch() as folder:
        yield Cache(folder)


@contextmanager
def _tidied_when_idle() -> Iterator[None]:
    """Keep Python from looking for garbage during a build; whoever waits for a change does it."""
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.enable()
