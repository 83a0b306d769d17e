"""Builds a CV: load, lower, emit, typeset, and put the result in its place."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from cvtex import __version__
from cvtex.diagnostics import catalogue
from cvtex.diagnostics.model import Sink
from cvtex.emit.latex.characters import beyond_eight_bit
from cvtex.emit.latex.languages import babel_name
from cvtex.emit.latex.writer import Preamble, TexFile, write_latex
from cvtex.lint.settle import settle
from cvtex.lower.ledger import Ledger
from cvtex.pipeline.check import Checked, check, counted
from cvtex.pipeline.engines import choose_engine
from cvtex.pipeline.findings import MAIN, report_events
from cvtex.pipeline.output import check_writable, write_whole
from cvtex.pipeline.request import Request, Result, Written
from cvtex.project.model import Project
from cvtex.tex.engine import Job, Outcome, run
from cvtex.tex.find import find_engines
from cvtex.theme import Theme

TIME_LIMIT = 120.0
"""How long an engine may run, in seconds."""


def build(request: Request) -> Result:
    """The CV built; a fault leaves what was there before as it was.

    Raises `UsageError` when an engine is missing or the output cannot be written.
    """
    start, sink = time.perf_counter(), Sink()
    checked = check(request, sink)
    written: Written | None = None
    outcome: Outcome | None = None
    engine: str | None = None
    if checked is not None and not sink.has_errors():
        tex = emit(checked)
        check_writable(request.target(), f".{request.kind}", checked.project.inputs)
        if request.kind == "tex":
            written = write_whole(request.target(), self_contained(tex, checked.theme).encode())
        else:
            engine, outcome = typeset(checked, tex, sink)
            written = _put_in_place(request, checked.project, outcome, sink)
    return Result(
        outputs=(written,) if written else (),
        diagnostics=tuple(settle(sink, checked.project)) if checked else tuple(sink),
        ledger=checked.lowered.ledger if checked else Ledger(()),
        engine=engine,
        passes=outcome.passes if outcome else 0,
        reasons=outcome.reasons if outcome else (),
        seconds=time.perf_counter() - start,
    )


def emit(checked: Checked) -> TexFile:
    """The TeX file of a checked CV."""
    return write_latex(checked.lowered.document, _preamble(checked))


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


def _preamble(checked: Checked) -> Preamble:
    manifest = checked.theme.manifest
    owner = checked.project.cv.bibliography.owner
    options = {**checked.options, "language": babel_name(checked.project.language)}
    if owner != "bold":
        options["owner"] = owner
    return Preamble(manifest.document_class, manifest.class_options, manifest.package, options)


def typeset(checked: Checked, tex: TexFile, sink: Sink) -> tuple[str | None, Outcome | None]:
    """The engine that was chosen and what came of it; neither when none can set the text.

    Raises `UsageError` when the engine asked for is not installed, or cannot run.
    """
    engine = choose_engine(checked.project.cv.engine, find_engines(), tex, sink)
    if engine is None:
        return None, None
    midnight = datetime.combine(checked.project.today, datetime.min.time(), UTC)
    job = Job(
        files={MAIN: tex.text.encode(), **checked.theme.files(), **checked.project.images},
        main=MAIN,
        epoch=max(int(midnight.timestamp()), 0),
        timeout=TIME_LIMIT,
    )
    outcome = run(engine, job)
    report_events(outcome.events, engine, tex, sink)
    return engine.name, outcome


def _put_in_place(
    request: Request, project: Project, outcome: Outcome | None, sink: Sink
) -> Written | None:
    if outcome is None or outcome.pdf is None:
        if outcome is not None and not sink.has_errors():
            sink.add(
                catalogue.TEX_ERROR, "TeX made no PDF and did not say why", path=str(request.cv)
            )
        return None
    limit = project.cv.limits.pages
    if limit is not None and outcome.pages is not None and outcome.pages > limit:
        sink.add(
            catalogue.PAGE_LIMIT,
            f"the CV has {counted(outcome.pages, 'page')}; the limit is {limit}",
            project.locate(("limits", "pages")),
            hint="shorten it, or raise the limit",
        )
    if sink.has_errors():
        return None
    return write_whole(request.target(), outcome.pdf, outcome.pages)
