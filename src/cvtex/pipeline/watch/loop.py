"""Builds a CV again whenever a file of it changes, with an engine that waits for the next build.

Events only wake the loop. A build starts if a file differs from its fingerprint in the last build:
so neither the output nor the backup files of editors cause a build, and no change during a build is
missed. A missing output is built again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from msgspec import Struct
from msgspec.structs import replace

from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.usage import UsageError
from cvtex.pipeline.persistence.fingerprints import Fingerprint, RecordingReader, fingerprint_of
from cvtex.pipeline.usecases.build import build_cv
from cvtex.pipeline.usecases.check import files_of
from cvtex.pipeline.usecases.request import Request
from cvtex.pipeline.usecases.result import Result
from cvtex.pipeline.watch.file_watcher import FileWatcher, file_watcher
from cvtex.project.load import load_project
from cvtex.support.cache import Cache, stamp
from cvtex.support.clock import epoch_of, today
from cvtex.support.scratch import scratch
from cvtex.support.signals import ending_signals_unwind
from cvtex.tex.job import EngineStart
from cvtex.tex.prestart import PrestartedEngine, prestart
from cvtex.writers.draft import Means

TICK = 1.0
"""Seconds after which the files, the day and the engine are looked at without an event."""
HALF_SAVED = 0.2
"""Seconds that an editor gets to fill a file that it has emptied or moved away."""
MOST_DEATHS = 3
"""The number of waiting engines that may die before the next build has to do without."""

Fingerprints = Mapping[Path, Fingerprint]


class WatchedBuild(Struct, frozen=True):
    """One build: its result, or the problem that prevented one.

    `fingerprints` are those of the files it depends on, when it read them.
    """

    result: Result | None
    problem: UsageError | None
    reader: RecordingReader
    fingerprints: Fingerprints

    @property
    def ok(self) -> bool:
        """True if everything asked for was written."""
        return self.result is not None and self.result.ok

    def is_outdated(self) -> bool:
        """Return whether a file has changed, or the output is gone."""
        written = self.result.outputs if self.result is not None else ()
        return not all(known.fits(path) for path, known in self.fingerprints.items()) or not all(
            output.path.exists() for output in written
        )


class NextEngine(Struct):
    """Prestarts the engine of the next build, as the last builds needed it."""

    cache: Cache
    engine_start: EngineStart | None = None
    dated: bool = False
    deaths: int = 0

    def learn(self, result: Result) -> None:
        """Take the engine start of a build; a build that failed without one changes nothing."""
        self.deaths = 0
        if result.ok or result.engine_start is not None:
            self.engine_start, self.dated = result.engine_start, result.dated

    @contextmanager
    def prestarted(self) -> Iterator[PrestartedEngine | None]:
        """Give an engine that waits, if possible; at the end of the block it is gone."""
        with prestart(self._start_of_today(), self.cache) as prestarted:
            yield prestarted
            if prestarted is not None and not prestarted.alive:
                self.deaths += 1

    def still_fits(self, prestarted: PrestartedEngine | None) -> bool:
        """Return whether the engine can still be used, or no other is possible."""
        if prestarted is None:
            return True
        return prestarted.alive and prestarted.start.epoch == self._epoch(prestarted.start)

    def _start_of_today(self) -> EngineStart | None:
        start = self.engine_start if self.deaths < MOST_DEATHS else None
        return None if start is None else replace(start, epoch=self._epoch(start))

    def _epoch(self, start: EngineStart) -> int:
        return start.epoch if self.dated else epoch_of(today())


def watch_cv(request: Request, cache: Cache, show: Callable[[WatchedBuild], None]) -> NoReturn:
    """Build a CV now and at every change, and `show` each build.

    Only an exception ends it, such as that of a signal; no process and no temporary file is left
    then. Raises `UsageError` if nothing can be built at the start, because the file or an engine is
    missing; later problems are shown.
    """
    if request.cv.exists() and not request.cv.is_file():
        raise UsageError(f"`{request.cv}` is not a file that can be watched", "name a cv.yaml")
    with (
        ending_signals_unwind(),
        _kept(cache) as kept,
        file_watcher() as watcher,
    ):
        engine = NextEngine(kept)
        build = _build(request, kept, None, {})
        if build.problem is not None:
            raise build.problem
        while True:
            if build.result is not None:
                engine.learn(build.result)
            if build.ok or not build.is_outdated():
                show(build)
            build = _next(request, build, engine, watcher)


def _next(
    request: Request, last: WatchedBuild, engine: NextEngine, watcher: FileWatcher
) -> WatchedBuild:
    """Wait for a change, and build."""
    while True:
        with engine.prestarted() as prestarted:
            while engine.still_fits(prestarted):
                if _changed(last, watcher):
                    return _build(request, engine.cache, prestarted, last.fingerprints)


def _changed(last: WatchedBuild, watcher: FileWatcher) -> bool:
    """Return whether a file changes within a tick; wait until no file is half saved."""
    watcher.follow(last.fingerprints)
    if not last.is_outdated():
        watcher.wait(TICK)
        if not last.is_outdated():
            return False
    patience = time.monotonic() + HALF_SAVED
    while _is_half_saved(last.fingerprints) and time.monotonic() < patience:
        watcher.wait(patience - time.monotonic())
    _check_here()
    return last.is_outdated()  # a file that was saved again with the same text is not


def _check_here() -> None:
    """Raise `UsageError` if the working directory is gone, and relative paths with it."""
    try:
        Path.cwd()
    except FileNotFoundError:
        hint = "start again in one that is there"
        raise UsageError("the directory you are in has been removed", hint) from None


def _is_half_saved(known: Fingerprints) -> bool:
    """Return whether a file that had some content is empty or gone."""
    return any(old.size > 0 and stamp(path)[0] <= 0 for path, old in known.items())


def _build(
    request: Request, cache: Cache, prestarted: PrestartedEngine | None, known: Fingerprints
) -> WatchedBuild:
    """Build once, whatever the state of the files."""
    reader = RecordingReader()
    before = {path: old if old.fits(path) else fingerprint_of(path) for path, old in known.items()}
    result = problem = None
    try:
        result = build_cv(request, Means(cache, prestarted), reader)
    except (UsageError, OSError) as error:
        problem = _problem(error)
    if result is not None and result.ok:
        files: Iterable[Path] = result.files
    else:
        files = (*before, *_files_despite(request))
    fingerprints = {
        path: reader.seen.get(str(path.resolve())) or before.get(path) or fingerprint_of(path)
        for path in files
    }
    return WatchedBuild(result, problem, reader, fingerprints)


def _files_despite(request: Request) -> tuple[Path, ...]:
    """Return the files of a CV that did not build, as far as it can be read."""
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
    """Give the cache, or a temporary one if nothing is to be kept."""
    if cache.root is not None:
        yield cache
        return
    with scratch() as folder:
        yield Cache(folder)
