"""Checks a CV: everything that can be found before it is written."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.hints import counted
from cvtex.lower.document import Lowered, lower, print_publications
from cvtex.lower.ledger import EntryState
from cvtex.pipeline.usecases.request import Request
from cvtex.project.bibliography import DEFAULT_BIB
from cvtex.project.load import Read, load_bibliography, load_project
from cvtex.project.project import Project
from cvtex.support.cache import NOTHING_KEPT, Cache
from cvtex.support.clock import today
from cvtex.theme.manifest import find_theme, theme_files
from cvtex.theme.options import theme_options
from cvtex.writers.draft import Draft, Reading


def check(
    request: Request, sink: Sink, disk: Read = Path.read_bytes, cache: Cache = NOTHING_KEPT
) -> Draft | None:
    """Find everything that can be found without typesetting; None when it cannot go on."""
    reading = read(request, sink, disk, cache)
    return printed(reading, sink) if isinstance(reading, Draft) else None


AnyReading = TypeVar("AnyReading", bound=Reading)


def printed(reading: AnyReading, sink: Sink) -> AnyReading:
    """Return a reading with the texts of its publications."""
    return replace(reading, lowered=print_publications(reading.lowered, sink))


def files_of(project: Project) -> tuple[Path, ...]:
    """Return the files a CV is made of, and those that would be read first if they existed."""
    style = project.cv.bibliography.style.value
    default_bib = () if project.cv.bibliography.files else (project.folder / DEFAULT_BIB,)
    styles = (project.folder / style,) if style.endswith(".csl") else ()
    themes = theme_files(project.cv.theme.name, project.folder)
    return tuple(dict.fromkeys((*project.inputs, *default_bib, *styles, *themes)))


def read(
    request: Request,
    sink: Sink,
    disk: Read = Path.read_bytes,
    cache: Cache = NOTHING_KEPT,
) -> Reading | None:
    """Read a CV, or a .bib file alone, and report its faults; None if nothing could be read.

    The reading is a `Draft` if the theme is found. Publications have no text yet.
    """
    project = _load(request, sink, disk, cache)
    if project is None:
        return None
    lowered = lower(project, sink)
    theme = find_theme(project.cv.theme.name, project.folder, sink)
    reading = Reading(project, lowered)
    if theme is not None:
        options = theme_options(theme, project.cv.theme, sink, project.root)
        reading = Draft(project, lowered, theme, options)
    _check_publication_limit(project, lowered, sink)
    return reading


def _load(request: Request, sink: Sink, disk: Read, cache: Cache) -> Project | None:
    if request.cv.suffix.lower() == ".bib":
        return load_bibliography(request.cv, today(), sink, disk, cache)
    return load_project(request.cv, request.overrides, today(), sink, disk, cache)


def _check_publication_limit(project: Project, lowered: Lowered, sink: Sink) -> None:
    limit = project.cv.limits.publications
    printed = lowered.ledger.count(EntryState.PRINTED)
    if limit is not None and printed > limit:
        sink.add(
            catalogue.LIMIT_EXCEEDED,
            f"the CV prints {counted(printed, 'publication')}; the limit is {limit}",
            project.locate(("limits", "publications")),
            hint="narrow a `select`, or raise the limit",
        )
