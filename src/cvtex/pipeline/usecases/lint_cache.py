"""Lints a file that has changed; for one that has not, the stored findings are returned.

This module imports nothing heavy, so that the findings of an unchanged CV are there at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache as remembered
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex.diagnostics.diagnostic import Diagnostic
from cvtex.diagnostics.stored import restored, stored
from cvtex.lint.selection import RuleSelection
from cvtex.pipeline.persistence.fingerprints import (
    RecordingReader,
    RunRecord,
    find_record,
    keep_record,
    key_of,
)
from cvtex.pipeline.usecases.request import Request
from cvtex.source import Source
from cvtex.support.cache import Cache
from cvtex.support.clock import today

if TYPE_CHECKING:
    from cvtex.pipeline.usecases.lint import Linted


def lint_again(
    request: Request, asked: RuleSelection, cache: Cache, *, page: bool = False
) -> list[Diagnostic]:
    """Return the findings to show for a file.

    With `page` it is typeset as well, and nothing is stored: findings of TeX depend on more than
    the files. Raises `UsageError` if the file or an engine is missing.
    """
    key = key_of(_words(request, asked))
    record = None if page else find_record(cache, key)
    known = _known(record) if record is not None else None
    if known is not None:
        return known
    from cvtex.pipeline.usecases.lint import lint_whole

    reader = RecordingReader()
    linted = lint_whole(request, asked, reader, cache, page=page)
    found = list(linted.found)
    if linted.files and not page and all(map(_is_plain, _sources(found))):
        keep_record(cache, key, _record(linted, found, reader))
    return found


def _words(request: Request, asked: RuleSelection) -> Iterator[str]:
    yield from ("lint", str(request.cv), str(Path.cwd()), repr(request.overrides), repr(asked))


def _record(linted: Linted, found: list[Diagnostic], reader: RecordingReader) -> RunRecord:
    return RunRecord(
        inputs=reader.fingerprints(linted.files),
        outputs={},
        day=None if linted.dated else today().isoformat(),
        engines=(),
        engine_start=None,
        report={"findings": [stored(one) for one in found]},
    )


def _known(record: RunRecord) -> list[Diagnostic] | None:
    """Return the stored findings if they would be found again."""
    if not record.is_fresh(today().isoformat(), ()):
        return None

    @remembered
    def source_of(path: str) -> Source:
        return Source(path, Path(path).read_bytes().decode())

    return [restored(one, source_of) for one in record.report["findings"]]


def _sources(found: list[Diagnostic]) -> set[Source]:
    places = [one.span for one in found]
    places += [note.span for one in found for note in one.notes]
    places += [edit.span for one in found if one.fix for edit in one.fix.edits]
    return {place.source for place in places if place is not None}


def _is_plain(source: Source) -> bool:
    """Return whether a source is a file in UTF-8 without a byte order mark."""
    path = Path(source.path)
    try:
        return path.is_file() and path.read_bytes() == source.text.encode()
    except (OSError, UnicodeError):
        return False
