"""Lints what has changed, and remembers what was found in the rest.

What this module imports is light, so that a CV without changes is linted before anything heavy
begins.
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
from cvtex.pipeline.usecases.clock import today
from cvtex.pipeline.usecases.request import Request
from cvtex.source import Source
from cvtex.support.cache import Cache

if TYPE_CHECKING:
    from cvtex.pipeline.usecases.lint import Linted


def lint_again(
    request: Request, asked: RuleSelection, cache: Cache, *, page: bool = False
) -> list[Diagnostic]:
    """What is shown of all that can be found in a file.

    With `page` it is typeset as well, and nothing is remembered: what TeX says depends on more than
    the files. Raises `UsageError` when there is no such file, or no engine.
    """
    key = key_of(_words(request, asked))
    record = None if page else find_record(cache, key)
    known = _known(record) if record is not None else None
    if known is not None:
        return known
    from cvtex.pipeline.usecases.lint import lint_whole

    reads = RecordingReader()
    linted = lint_whole(request, asked, reads, cache, page=page)
    found = list(linted.found)
    if linted.files and not page and all(map(_is_plain, _sources(found))):
        keep_record(cache, key, _record(linted, found, reads))
    return found


def _words(request: Request, asked: RuleSelection) -> Iterator[str]:
    yield from ("lint", str(request.cv), str(Path.cwd()), repr(request.overrides), repr(asked))


def _record(linted: Linted, found: list[Diagnostic], reads: RecordingReader) -> RunRecord:
    return RunRecord(
        inputs=reads.prints(linted.files),
        outputs={},
        day=None if linted.dated else today().isoformat(),
        engines=(),
        promise=None,
        report={"findings": [stored(one) for one in found]},
    )


def _known(record: RunRecord) -> list[Diagnostic] | None:
    """What was found the last time, if it would be found again."""
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
    """Whether a source is a file in UTF-8 without anything before its text."""
    path = Path(source.path)
    try:
        return path.is_file() and path.read_bytes() == source.text.encode()
    except (OSError, UnicodeError):
        return False
