"""Builds a CV: everything in its order, and the result put in its place."""

from __future__ import annotations

import time
from pathlib import Path

from cvtex import __version__
from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Sink
from cvtex.lint.suppressions import filter_diagnostics
from cvtex.lower.ledger import Ledger
from cvtex.pipeline.persistence.output import Written, check_writable, write_whole
from cvtex.pipeline.usecases.check import check, counted, files_of
from cvtex.pipeline.usecases.request import Request
from cvtex.pipeline.usecases.result import Result
from cvtex.pipeline.usecases.typeset import Typeset, emit, typeset
from cvtex.project.load import Read
from cvtex.project.project import Project
from cvtex.support.cache import NOTHING_KEPT, Cache
from cvtex.tex.job import Outcome
from cvtex.tex.prestart import PrestartedEngine
from cvtex.theme.manifest import Theme
from cvtex.writers.latex.characters import beyond_eight_bit
from cvtex.writers.latex.writer import TexFile


def build_cv(
    request: Request,
    cache: Cache = NOTHING_KEPT,
    prestarted: PrestartedEngine | None = None,
    disk: Read = Path.read_bytes,
) -> Result:
    """The CV built; a fault leaves what was there before as it was.

    An engine that was `prestarted` is used if it is the right one; `disk` gives the files.
    Raises `UsageError` when an engine is missing or the output cannot be written.
    """
    start, sink = time.perf_counter(), Sink()
    checked = check(request, sink, disk, cache)
    written: Written | None = None
    made: Typeset | None = None
    if checked is not None and not sink.has_errors():
        tex = emit(checked)
        check_writable(request.target(), f".{request.kind}", checked.project.inputs)
        if request.kind == "tex":
            written = write_whole(request.target(), self_contained(tex, checked.theme).encode())
        else:
            made = typeset(checked, tex, sink, cache, prestarted)
            if made is not None:
                written = _put_in_place(request, checked.project, made.outcome, sink)
    return Result(
        outputs=(written,) if written else (),
        diagnostics=tuple(filter_diagnostics(sink, checked.project)) if checked else tuple(sink),
        ledger=checked.lowered.ledger if checked else Ledger(()),
        engine=made.engine.name if made else None,
        passes=made.outcome.passes if made else 0,
        reasons=made.outcome.reasons if made else (),
        seconds=time.perf_counter() - start,
        files=files_of(checked.project) if checked else (request.cv,),
        dated=checked is not None and checked.project.cv.date is not None,
        engine_start=made.engine_start if made else None,
        packages=made.outcome.packages if made else {},
    )


def self_contained(tex: TexFile, theme: Theme) -> str:
    """The TeX file with the theme in it, so that it compiles anywhere (LaTeX 2019-10 and later)."""
    parts = [
        f"\\begin{{filecontents*}}[overwrite]{{{name}}}\n{data.decode()}\\end{{filecontents*}}\n"
        for name, data in theme.files().items()
    ]
    engines = (
        "xelatex or lualatex" if beyond_eight_bit(tex.text) else "pdflatex, xelatex or lualatex"
    )
    return f"% cvtex {__version__}; compile with {engines}\n" + "".join(parts) + tex.text


def _put_in_place(
    request: Request, project: Project, outcome: Outcome, sink: Sink
) -> Written | None:
    if outcome.pdf is not None:
        check_pages(project, outcome, sink)
    elif not sink.has_errors():
        sink.add(
            catalogue.TEX_ERROR,
            "TeX made no PDF and did not say why",
            hint="`cvtex doctor` says which engines work",
            path=str(request.cv),
        )
    if outcome.pdf is None or sink.has_errors():
        return None
    return write_whole(request.target(), outcome.pdf, outcome.pages)


def check_pages(project: Project, outcome: Outcome, sink: Sink) -> None:
    """Report a CV that has more pages than it may."""
    limit = project.cv.limits.pages
    if limit is not None and outcome.pages is not None and outcome.pages > limit:
        sink.add(
            catalogue.PAGE_LIMIT,
            f"the CV has {counted(outcome.pages, 'page')}; the limit is {limit}",
            project.locate(("limits", "pages")),
            hint="shorten it, or raise the limit",
        )
