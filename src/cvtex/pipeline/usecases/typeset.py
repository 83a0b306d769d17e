"""Typesets a checked CV: chooses the engine for its TeX file, and runs it."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from cvtex.diagnostics.diagnostic import Sink
from cvtex.pipeline.usecases.check import Checked
from cvtex.pipeline.usecases.clock import epoch_of
from cvtex.pipeline.usecases.engine_choice import choose_engine
from cvtex.pipeline.usecases.tex_findings import MAIN, report_events
from cvtex.support.cache import NOTHING_KEPT, Cache
from cvtex.support.processes import TIME_LIMIT
from cvtex.tex.engines.engine import Engine
from cvtex.tex.find import find_engines
from cvtex.tex.formats import DumpedPreamble, dumping, find_format, forget_format, preamble_of
from cvtex.tex.job import Job, Outcome
from cvtex.tex.prestart import EngineStart, PrestartedEngine
from cvtex.tex.run import run
from cvtex.writers.latex.languages import babel_name
from cvtex.writers.latex.writer import LatexPreamble, TexFile, write_latex


class Typeset(Struct, frozen=True):
    """The result of an engine for a TeX file.

    `engine_start` is for prestarting the engine of the next build.
    """

    engine: Engine
    outcome: Outcome
    engine_start: EngineStart | None


def emit(checked: Checked) -> TexFile:
    """The TeX file of a checked CV."""
    return write_latex(checked.lowered.document, _preamble(checked))


def _preamble(checked: Checked) -> LatexPreamble:
    manifest = checked.theme.manifest
    owner = checked.project.cv.bibliography.owner
    options = {**checked.options, "language": babel_name(checked.project.language)}
    if owner != "bold":
        options["owner"] = owner
    return LatexPreamble(manifest.document_class, manifest.class_options, manifest.package, options)


def typeset(
    checked: Checked,
    tex: TexFile,
    sink: Sink,
    cache: Cache = NOTHING_KEPT,
    prestarted: PrestartedEngine | None = None,
) -> Typeset | None:
    """Typeset a TeX file with the engine that is chosen; None if no engine can set the text.

    The `cache` may have a dump of the preamble, and is given one if not. An engine that was
    `prestarted` is used if it waits for this text. Raises `UsageError` if the engine asked for is
    not installed, or cannot run.
    """
    engine = choose_engine(checked.project.cv.engine, find_engines(), tex, sink)
    if engine is None:
        return None
    theme = checked.theme.files()
    job = Job(
        files={MAIN: tex.text.encode(), **theme, **checked.project.images},
        main=MAIN,
        epoch=epoch_of(checked.project.today),
        timeout=TIME_LIMIT,
    )
    preamble = preamble_of(engine, tex.text, theme) if cache.root is not None else None
    engine_start = _engine_start(engine, job, preamble, cache)
    outcome = _run(engine, job, preamble, engine_start, cache, prestarted)
    report_events(
        outcome.events, engine, tex, checked.theme, sink, checked.project.language_place()
    )
    if not outcome.dumped:
        engine_start = _engine_start(engine, job, preamble, cache)
    return Typeset(engine, outcome, engine_start)


def _run(
    engine: Engine,
    job: Job,
    preamble: DumpedPreamble | None,
    engine_start: EngineStart | None,
    cache: Cache,
    prestarted: PrestartedEngine | None,
) -> Outcome:
    """Run a job, from a dumped preamble if there is one; dump the preamble if not."""
    if preamble is None:
        return run(engine, job)
    if engine_start is None:
        with dumping(cache, engine, preamble):
            return run(engine, job)
    fits = prestarted is not None and prestarted.start == engine_start and prestarted.alive
    outcome = run(engine, replace(job, format=engine_start.format), prestarted if fits else None)
    if outcome.pdf is not None and not outcome.dumped:
        forget_format(cache, preamble.key(engine))
    return outcome


def _engine_start(
    engine: Engine, job: Job, preamble: DumpedPreamble | None, cache: Cache
) -> EngineStart | None:
    dumped = None if preamble is None else find_format(cache, preamble.key(engine))
    return None if dumped is None else EngineStart(engine, dumped, job.epoch or 0, job.main)
