"""Tells whether a build is up to date, and prestarts its engine while the rest is imported.

This module imports nothing heavy, so that a build with nothing to do ends at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any

from cvtex.pipeline.persistence.fingerprints import (
    EngineStartRecord,
    RecordingReader,
    RunRecord,
    find_record,
    fingerprint_of,
    keep_record,
    key_of,
)
from cvtex.pipeline.usecases.request import Request
from cvtex.support.cache import Cache, stamp
from cvtex.support.clock import epoch_of, today
from cvtex.support.processes import TIME_LIMIT
from cvtex.tex.environment import trees
from cvtex.tex.find import find_engine, find_engines
from cvtex.tex.formats import find_format
from cvtex.tex.prestart import EngineStart, PrestartedEngine, prestart

if TYPE_CHECKING:
    from cvtex.pipeline.usecases.result import Result

ENVIRONMENT = ("PATH", "SOURCE_DATE_EPOCH", "OSFONTDIR")
"""The variables that a build depends on, beside those that say where TeX's trees are."""


def last_build(request: Request, cache: Cache) -> RunRecord | None:
    """Return the record of the last build with the same request."""
    return find_record(cache, _key(request))


def is_up_to_date(record: RunRecord, cache: Cache) -> bool:
    """Return whether a build would give the same again."""
    stored = record.engine_start  # its format knows which packages were read
    return record.is_fresh(today().isoformat(), _engines()) and (
        stored is None or find_format(cache, stored.format) is not None
    )


def prestart_again(
    record: RunRecord | None, cache: Cache
) -> AbstractContextManager[PrestartedEngine | None]:
    """Prestart the engine of the last build; None if that is impossible."""
    return try_prestart(None if record is None else _restored(record, cache))


@contextmanager
def try_prestart(engine_start: EngineStart | None) -> Iterator[PrestartedEngine | None]:
    """Prestart an engine; None if it cannot be started.

    At the end of the block it is gone, used or not.
    """
    with ExitStack() as stack:
        prestarted = None
        if engine_start is not None:
            with suppress(OSError):
                prestarted = stack.enter_context(prestart(engine_start, TIME_LIMIT))
        yield prestarted


def remember(
    request: Request,
    cache: Cache,
    result: Result,
    reader: RecordingReader,
    report: Mapping[str, Any],
) -> None:
    """Store the record of a build that succeeded, with its report."""
    if not result.ok:
        return
    start = result.engine_start
    record = RunRecord(
        inputs=reader.fingerprints(result.files),
        outputs={str(w.path.resolve()): fingerprint_of(w.path) for w in result.outputs},
        day=None if result.dated else today().isoformat(),
        engines=_engines(),
        engine_start=None if start is None else _stored(start),
        report=report,
        packages=result.packages if start is None else {},
    )
    keep_record(cache, _key(request), record)


def _key(request: Request) -> str:
    return key_of(
        (
            os.path.realpath(request.cv),
            os.path.realpath(request.target()),
            request.writer.name,
            repr(request.overrides),
            *(os.environ.get(name, "") for name in ENVIRONMENT),
            repr(trees(os.environ)),
        )
    )


def _engines() -> tuple[str, ...]:
    return tuple(f"{e.name} {e.path} {stamp(e.path)}" for e in find_engines())


def _stored(start: EngineStart) -> EngineStartRecord:
    return EngineStartRecord(start.engine.name, start.format.stem, start.epoch, start.main)


def _restored(record: RunRecord, cache: Cache) -> EngineStart | None:
    """Return the stored start if engine and format still exist; the epoch is that of today."""
    stored = record.engine_start
    if stored is None:
        return None
    engine, dumped = find_engine(stored.engine), find_format(cache, stored.format)
    if engine is None or dumped is None:
        return None
    epoch = stored.epoch if record.day is None else epoch_of(today())
    return EngineStart(engine, dumped, epoch, stored.main)
