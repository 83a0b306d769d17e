"""Tells whether a build is up to date, and prestarts its engine while the rest is imported.

This module imports nothing heavy, so that a build with nothing to do ends at once.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from cvtex.pipeline.persistence.build_report import BuildReport
from cvtex.pipeline.persistence.fingerprints import (
    BuildRecord,
    RecordingReader,
    find_record,
    fingerprint_of,
    keep_record,
    key_of,
)
from cvtex.pipeline.usecases.request import Request
from cvtex.support.cache import Cache, stamp
from cvtex.support.clock import epoch_of, today
from cvtex.support.codec import REJECTED, decode, encode
from cvtex.tex.environment import trees
from cvtex.tex.find import find_engines
from cvtex.tex.formats import find_format
from cvtex.tex.prestart import PrestartedEngine, prestart

if TYPE_CHECKING:
    from cvtex.pipeline.usecases.result import Result

ENVIRONMENT = ("PATH", "SOURCE_DATE_EPOCH", "OSFONTDIR")
"""The variables that a build depends on, beside those that say where TeX's trees are."""


def last_build(request: Request, cache: Cache) -> BuildRecord | None:
    """Return the record of the last build with the same request."""
    return find_record(cache, _key(request), BuildRecord)


def fresh_report(record: BuildRecord, cache: Cache) -> BuildReport | None:
    """Return the report of a build if another one would give the same again, else None."""
    stored = record.engine_start  # its format knows which packages were read
    if not record.is_fresh(today().isoformat(), _engines()) or (
        stored is not None and find_format(cache, stored.format) is None
    ):
        return None
    with suppress(*REJECTED):
        return {**decode(record.report, BuildReport), "up_to_date": True}
    return None


def prestart_again(
    record: BuildRecord | None, cache: Cache
) -> AbstractContextManager[PrestartedEngine | None]:
    """Prestart the engine of the last build, with the time of today if the CV has no date."""
    start = None if record is None else record.engine_start
    if record is not None and start is not None and record.day is not None:
        start = replace(start, epoch=epoch_of(today()))
    return prestart(start, cache)


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
    record = BuildRecord(
        inputs=reader.fingerprints(result.files),
        outputs={str(w.path.resolve()): fingerprint_of(w.path) for w in result.outputs},
        day=None if result.dated else today().isoformat(),
        engines=_engines(),
        engine_start=result.engine_start,
        report=encode(report),
        packages=result.packages if result.engine_start is None else {},
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
