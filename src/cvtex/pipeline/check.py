"""Checks a CV: everything that can be found before it is emitted."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.model import Sink
from cvtex.lower.document import Lowered, lower
from cvtex.lower.ledger import State
from cvtex.pipeline.request import Request
from cvtex.project.load import Read, load_bibliography, load_project
from cvtex.project.model import Project
from cvtex.theme import Theme, find_theme, theme_options


@dataclass(frozen=True)
class Reading:
    """A CV as it was read and as it is printed; `theme` is none if the one it names is no use."""

    project: Project
    lowered: Lowered
    theme: ChosenTheme | None


@dataclass(frozen=True)
class ChosenTheme:
    """A theme and the values of its options."""

    theme: Theme
    options: Mapping[str, str]


@dataclass(frozen=True)
class Checked:
    """A CV ready to be emitted if nothing that was found stops it."""

    project: Project
    lowered: Lowered
    theme: Theme
    options: Mapping[str, str]


def check(request: Request, sink: Sink) -> Checked | None:
    """Everything that can be found without typesetting; none when it cannot go on."""
    reading = read(request, sink)
    if reading is None or reading.theme is None:
        return None
    chosen = reading.theme
    return Checked(reading.project, reading.lowered, chosen.theme, chosen.options)


def read(request: Request, sink: Sink, disk: Read = Path.read_bytes) -> Reading | None:
    """A CV, or a .bib file alone, with what is wrong in it; none when nothing could be read."""
    project = _load(request, sink, disk)
    if project is None:
        return None
    lowered = lower(project, sink)
    theme = find_theme(project.cv.theme.name, project.folder, sink)
    options = {**theme_options(theme, project.cv.theme, sink)} if theme is not None else {}
    _check_publication_limit(project, lowered, sink)
    return Reading(project, lowered, ChosenTheme(theme, options) if theme is not None else None)


def _load(request: Request, sink: Sink, disk: Read) -> Project | None:
    if request.cv.suffix.lower() == ".bib":
        return load_bibliography(request.cv, today(), sink, disk)
    return load_project(request.cv, request.overrides, today(), sink, disk)


def today() -> date:
    """The date of the build; SOURCE_DATE_EPOCH sets it, for builds that can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now(UTC).astimezone().date()


def _check_publication_limit(project: Project, lowered: Lowered, sink: Sink) -> None:
    limit = project.cv.limits.publications
    printed = lowered.ledger.count(State.PRINTED)
    if limit is not None and printed > limit:
        sink.add(
            catalogue.LIMIT_EXCEEDED,
            f"the CV prints {counted(printed, 'publication')}; the limit is {limit}",
            project.locate(("limits", "publications")),
            hint="narrow a `select`, or raise the limit",
        )


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural where it must be."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
