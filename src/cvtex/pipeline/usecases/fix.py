"""Fixes the findings of a CV, or of a .bib file alone, and writes the files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from cvtex.diagnostics.diagnostic import Diagnostic, Safety, Sink
from cvtex.diagnostics.usage import UsageError
from cvtex.lint.context import LintContext
from cvtex.lint.fixes.apply import FixResult, apply_fixes
from cvtex.lint.fixes.file_state import FileState, View
from cvtex.lint.fixes.patching import Files
from cvtex.lint.run import lint
from cvtex.lint.selection import NOTHING_ASKED, RuleSelection, selection_of
from cvtex.pipeline.persistence.output import write_whole
from cvtex.pipeline.usecases.check import printed, read
from cvtex.pipeline.usecases.request import Request
from cvtex.project.load import Read
from cvtex.writers.draft import Reading

SAFE = frozenset({Safety.SAFE})
ALL = frozenset(Safety)


def fix_file(
    request: Request,
    asked: RuleSelection = NOTHING_ASKED,
    safeties: Iterable[Safety] = SAFE,
    disk: Read = Path.read_bytes,
) -> FixResult:
    """Return the files of a CV after every fix that does no harm; nothing is written.

    `disk` reads the files. Raises `UsageError` when there is no such file.
    """
    originals: dict[Path, bytes] = {}

    def first(path: Path) -> bytes:
        return originals.setdefault(real_path(path), disk(path))

    def reread(files: Files) -> FileState:
        return _state(request, asked, files, first)

    fixed = apply_fixes(reread({}), reread, safeties)
    # A fix can name a file that was not read before.
    paths = {**fixed.after.paths, **fixed.before.paths}
    return replace(fixed, before=replace(fixed.before, files=originals, paths=paths))


def real_path(path: Path) -> Path:
    """Return the path with all symbolic links followed."""
    return Path(os.path.realpath(path))


def _state(request: Request, asked: RuleSelection, files: Files, disk: Read) -> FileState:
    """Return the given files, those read from disk beside them, and their findings."""
    known, paths = dict(files), dict[str, Path]()

    def give(path: Path) -> bytes:
        real = real_path(path)
        if real not in known:
            known[real] = disk(path)
        paths[str(path)] = real
        return known[real]

    found = Sink()
    view = _view(_read(request, found, give), found)
    views = {"": view}
    for name, other in _other_views(request, view.context):
        also = Sink()
        views[name] = _view(_read(other, also, give), also)
    shown, selection = _shown(view.context, found, asked)
    fixable = tuple(one for one in shown if selection.enables(one.rule))
    return FileState(known, paths, views, tuple(shown), fixable)


def _read(request: Request, found: Sink, give: Read) -> Reading | None:
    reading = read(request, found, give)
    return None if reading is None else printed(reading, found)


def _view(reading: Reading | None, found: Sink) -> View:
    context = None if reading is None else LintContext(reading.project, reading.lowered)
    return View(context, tuple(found.found))


def _other_views(request: Request, context: LintContext | None) -> Iterator[tuple[str, Request]]:
    """Yield the variants of a CV and the languages of its texts, except those asked for."""
    if context is None:
        return
    project, overrides = context.project, request.overrides
    for name in project.cv.variants:
        if name != overrides.variant:
            yield f"variant {name}", replace(request, overrides=replace(overrides, variant=name))
    for tag in dict.fromkeys(text.language for text in context.texts):
        if tag != project.language:
            yield f"language {tag}", replace(request, overrides=replace(overrides, language=tag))


def _shown(
    context: LintContext | None, found: Sink, asked: RuleSelection
) -> tuple[Iterable[Diagnostic], RuleSelection]:
    if context is None:
        return found, asked
    return lint(context, found, asked), selection_of(context.project.cv.lint, asked)


def write(fixed: FixResult) -> None:
    """Write the files that fixing changed, all or none.

    Raises `UsageError` when one has changed since it was read, or cannot be written.
    """
    for path in fixed.changed:
        _check(path, fixed.before.files[path])
    done: list[Path] = []
    try:
        for path in fixed.changed:
            write_whole(path, fixed.after.files[path])
            done.append(path)
    except UsageError as error:
        _put_back(done, fixed.before.files)
        raise UsageError(error.message, "nothing was fixed; make it writable") from None


def _check(path: Path, data: bytes) -> None:
    if path.read_bytes() != data:
        raise UsageError(f"`{path}` was changed while it was checked", "run `cvtex lint` again")
    if not os.access(path, os.W_OK):
        raise UsageError(f"`{path}` cannot be written", "nothing was fixed; make it writable")


def _put_back(paths: Iterable[Path], files: Mapping[Path, bytes]) -> None:
    for path in paths:
        write_whole(path, files[path])
