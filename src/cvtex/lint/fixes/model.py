"""The types that fixing hands around: files, what was read from them, edits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Diagnostic, Safety, Severity
from cvtex.lint.context import LintContext

Files = Mapping[Path, bytes]
"""Every file that was read, by its real path."""


class View(Struct, frozen=True):
    """The CV as one variant or language prints it, and everything found in it.

    `subject` is none when it could not be read.
    """

    subject: LintContext | None
    found: tuple[Diagnostic, ...]


class FileState(Struct, frozen=True):
    """Files, and what reading them gave.

    `paths` has the real path of each file by the path of its source. The first of the `views` is
    the one that was asked for; `shown` are its findings, `fixable` those whose rule is selected.
    """

    files: Files
    paths: Mapping[str, Path]
    views: Mapping[str, View]
    shown: tuple[Diagnostic, ...]
    fixable: tuple[Diagnostic, ...]

    @property
    def view(self) -> View:
        """The view that was asked for."""
        return next(iter(self.views.values()))


Reread = Callable[[Files], FileState]
"""Reads the CV again from files that are given; raises `UsageError` as reading does."""


class Patch(Struct, frozen=True, order=True):
    """Replace the characters from `start` up to `end` of a file's text."""

    path: Path
    start: int
    end: int
    text: str


class FixCandidate(Struct, frozen=True):
    """A fix that could be made: its patches in order, and the findings that it mends."""

    patches: tuple[Patch, ...]
    safety: Safety
    findings: tuple[Diagnostic, ...]

    @property
    def mends_error(self) -> bool:
        """Whether what it mends stops the build."""
        return any(found.severity is Severity.ERROR for found in self.findings)


class LeftAlone(Struct, frozen=True):
    """A finding whose fix would do harm, and which."""

    diagnostic: Diagnostic
    why: str


class Fixed(Struct, frozen=True):
    """The files before and after, the findings that were mended, and those left alone."""

    before: FileState
    after: FileState
    mended: tuple[Diagnostic, ...]
    left_alone: tuple[LeftAlone, ...]

    @property
    def changed(self) -> tuple[Path, ...]:
        """The files that are not as they were."""
        return tuple(p for p, data in self.after.files.items() if self.before.files[p] != data)
