"""Typesets a checked CV: its TeX file, the engine for it, and what came of the two."""

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
from cvtex.tex.engine import Job, Outcome, run
from cvtex.tex.find import Engine, find_engines
from cvtex.tex.formats import DumpedPreamble, dumping, find_format, forget_format, preamble_of
from cvtex.tex.prestart import EngineStart, PrestartedEngine
from cvtex.writers.latex.languages import babel_name
from cvtex.writers.latex.writer import LatexPreamble, TexFile, write_latex


class Typeset(Struct, frozen=True):
    """What an engine made of a TeX file.

    `promise` is what it could have been started with before the text was known.
    """

    engine: Engine
    outcome: Outcome
    promise: EngineStart | None


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
    early: PrestartedEngine | None = None,
) -> Typeset | None:
    """The engine that was chosen and what came of it; none when no engine can set the text.

    The `cache` may have the preamble dumped, and is given the dump if not. An engine that was
    started `early` is used if it waits for this text. Raises `UsageError` when the engine asked for
    is not installed, or cannot run.
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
    promise = _promise(engine, job, preamble, cache)
    outcome = _run(engine, job, preamble, promise, cache, early)
    report_events(
        outcome.events, engine, tex, checked.theme, sink, checked.project.language_place()
    )
    if not outcome.dumped:
        promise = _promise(engine, job, preamble, cache)
    return Typeset(engine, outcome, promise)


def _run(
    engine: Engine,
    job: Job,
    preamble: DumpedPreamble | None,
    promise: EngineStart | None,
    cache: Cache,
    early: PrestartedEngine | None,
) -> Outcome:
    """What comes of a job, behind a dumped preamble where there is one."""
    if preamble is None:
        return run(engine, job)
    if promise is None:
        with dumping(cache, engine, preamble):
            return run(engine, job)
    fits = early is not None and early.promise == promise and early.alive
    outcome = run(engine, replace(job, format=promise.format), early if fits else None)
    if outcome.pdf is not None and not outcome.dumped:
        forget_format(cache, preamble.key(engine))
    return outcome


def _promise(
    engine: Engine, job: Job, preamble: DumpedPreamble | None, cache: Cache
) -> EngineStart | None:
    dumped = None if preamble is None else find_format(cache, preamble.key(engine))
    return None if dumped is None else EngineStart(engine, dumped, job.epoch or 0, job.main)
