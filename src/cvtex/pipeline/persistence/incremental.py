"""Builds what has changed, and has the engine start while the rest is still being imported.

What this module imports is light, so that a build of nothing ends before anything heavy begins.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any

from cvtex.pipeline.persistence.fingerprints import (
    Promised,
    RecordingReader,
    RunRecord,
    find_record,
    keep_record,
    key_of,
    print_of,
)
from cvtex.pipeline.usecases.clock import epoch_of, today
from cvtex.pipeline.usecases.request import Request
from cvtex.support.cache import Cache, stamp
from cvtex.support.processes import TIME_LIMIT
from cvtex.tex.environment import trees
from cvtex.tex.find import find_engines
from cvtex.tex.formats import find_format
from cvtex.tex.prestart import EngineStart, PrestartedEngine, waiting

if TYPE_CHECKING:
    from cvtex.pipeline.usecases.result import Result

ENVIRONMENT = ("PATH", "SOURCE_DATE_EPOCH", "OSFONTDIR")
"""The variables that a build depends on, beside those that say where TeX's trees are."""


def last_build(request: Request, cache: Cache) -> RunRecord | None:
    """The record of the last build that was asked for in the same words."""
    return find_record(cache, _key(request))


def is_up_to_date(record: RunRecord, cache: Cache) -> bool:
    """Whether a build would make the same again."""
    promise = record.promise  # its format knows which packages were read
    return record.is_fresh(today().isoformat(), _engines()) and (
        promise is None or find_format(cache, promise.format) is not None
    )


def early_engine(
    record: RunRecord | None, cache: Cache
) -> AbstractContextManager[PrestartedEngine | None]:
    """The engine that the last build promised, started; none where it cannot be."""
    return started(None if record is None else _promise(record, cache))


@contextmanager
def started(promise: EngineStart | None) -> Iterator[PrestartedEngine | None]:
    """An engine that waits as it was promised; none where it cannot be started.

    At the end of the block it is gone, used or not.
    """
    with ExitStack() as stack:
        early = None
        if promise is not None:
            with suppress(OSError):
                early = stack.enter_context(waiting(promise, TIME_LIMIT))
        yield early


def remember(
    request: Request,
    cache: Cache,
    result: Result,
    reads: RecordingReader,
    report: Mapping[str, Any],
) -> None:
    """Keep the record of a build that went well; `report` is what it said of itself."""
    if not result.ok:
        return
    record = RunRecord(
        inputs=reads.prints(result.files),
        outputs={str(w.path.resolve()): print_of(w.path) for w in result.outputs},
        day=None if result.dated else today().isoformat(),
        engines=_engines(),
        promise=None if result.promise is None else _promised(result.promise),
        report=report,
        packages=result.packages if result.promise is None else {},
    )
    keep_record(cache, _key(request), record)


def _key(request: Request) -> str:
    return key_of(
        (
            os.path.realpath(request.cv),
            os.path.realpath(request.target()),
            request.kind,
            repr(request.overrides),
            *(os.environ.get(name, "") for name in ENVIRONMENT),
            repr(trees(os.environ)),
        )
    )


def _engines() -> tuple[str, ...]:
    return tuple(f"{e.name} {e.path} {stamp(e.path)}" for e in find_engines())


def _promised(promise: EngineStart) -> Promised:
    return Promised(promise.engine.name, promise.format.stem, promise.epoch, promise.main)


def _promise(record: RunRecord, cache: Cache) -> EngineStart | None:
    """What the last build promised, as far as it still holds; the epoch is that of today."""
    known = record.promise
    if known is None:
        return None
    engine = next((one for one in find_engines() if one.name == known.engine), None)
    dumped = find_format(cache, known.format)
    if engine is None or dumped is None:
        return None
    epoch = known.epoch if record.day is None else epoch_of(today())
    return EngineStart(engine, dumped, epoch, known.main)
