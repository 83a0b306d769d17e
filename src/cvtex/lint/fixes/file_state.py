"""Files, and the CV and the findings that were read from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Diagnostic
from cvtex.lint.context import LintContext
from cvtex.lint.fixes.patching import Files


class View(Struct, frozen=True):
    """The CV as one variant or language prints it, with the findings of reading it.

    `context` is None when it could not be read.
    """

    context: LintContext | None
    found: tuple[Diagnostic, ...]


class FileState(Struct, frozen=True):
    """Files and the result of reading them.

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
"""Reads the CV again from given files; raises `UsageError` as reading does."""
