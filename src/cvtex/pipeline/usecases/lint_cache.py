"""Lints a file that has changed; for one that has not, the stored findings are returned.

This module imports nothing heavy, so that the findings of an unchanged CV are there at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cvtex.diagnostics.diagnostic import Diagnostic
from cvtex.lint.selection import RuleSelection
from cvtex.pipeline.persistence.fingerprints import (
    LintRecord,
    RecordingReader,
    find_record,
    keep_record,
    key_of,
)
from cvtex.pipeline.usecases.request import Request
from cvtex.source import Source, Span
from cvtex.support.cache import Cache
from cvtex.support.clock import today
from cvtex.support.codec import REJECTED, decode, encode

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
    record = None if page else find_record(cache, key, LintRecord)
    known = _known(record) if record is not None else None
    if known is not None:
        return known
    from cvtex.pipeline.usecases.lint import lint_file

    reader = RecordingReader()
    linted = lint_file(request, asked, reader, cache, page=page)
    found = list(linted.found)
    sources = tuple(dict.fromkeys(span.source for span in _spans(found)))
    if linted.files and not page and all(map(_is_plain, sources)):
        keep_record(cache, key, _record(linted, found, sources, reader))
    return found


def _words(request: Request, asked: RuleSelection) -> Iterator[str]:
    yield from ("lint", str(request.cv), str(Path.cwd()), repr(request.overrides), repr(asked))


def _record(
    linted: Linted, found: list[Diagnostic], sources: Sequence[Source], reader: RecordingReader
) -> LintRecord:
    return LintRecord(
        inputs=reader.fingerprints(linted.files),
        day=None if linted.dated else today().isoformat(),
        sources=tuple(source.path for source in sources),
        findings=encode([one.without_doc() for one in found], sources),
    )


def _known(record: LintRecord) -> list[Diagnostic] | None:
    """Return the stored findings if they would be found again."""
    if not record.is_fresh(today().isoformat(), ()):
        return None
    with suppress(OSError, *REJECTED):
        sources = [Source(path, _text(path)) for path in record.sources]
        found = decode(record.findings, list[Diagnostic], sources)
        if all(0 <= s.start <= s.end <= len(s.source.text) for s in _spans(found)):
            return found
    return None


def _spans(found: list[Diagnostic]) -> Iterator[Span]:
    for one in found:
        if one.span is not None:
            yield one.span
        yield from (note.span for note in one.notes)
        yield from (edit.span for edit in one.fix.edits) if one.fix else ()


def _is_plain(source: Source) -> bool:
    """Return whether a source is a file in UTF-8 without a byte order mark."""
    with suppress(OSError, UnicodeError):
        return _text(source.path) == source.text
    return False


def _text(path: str) -> str:
    """Return the text of a regular file in UTF-8; raises `OSError` or `UnicodeError`."""
    if not Path(path).is_file():
        raise FileNotFoundError(path)
    return Path(path).read_bytes().decode()
