"""Typesets a CV: writes its TeX file, chooses the engine for it, and runs it."""

from __future__ import annotations

from msgspec.structs import replace

from cvtex.diagnostics.diagnostic import Sink
from cvtex.support.clock import epoch_of
from cvtex.support.processes import TIME_LIMIT
from cvtex.tex.engines.engine import Engine
from cvtex.tex.find import find_engines
from cvtex.tex.formats import DumpedPreamble, dumping, find_format, forget_format, preamble_of
from cvtex.tex.job import EngineStart, Job, Outcome
from cvtex.tex.run import run
from cvtex.writers.draft import Draft, Means, Output
from cvtex.writers.latex.write import tex_file
from cvtex.writers.pdf.engine_choice import choose_engine
from cvtex.writers.pdf.findings import MAIN, report_events


def typeset(draft: Draft, sink: Sink, means: Means) -> Output:
    """Typeset a CV with the engine that is chosen; no data if no engine can set the text.

    The cache may have a dump of the preamble, and is given one if not. A prestarted engine is used
    if it waits for this text. Raises `UsageError` when the engine asked for is not
    installed, or cannot run.
    """
    tex, cache = tex_file(draft), means.cache
    engine = choose_engine(draft.project.cv.engine, find_engines(), tex, sink)
    if engine is None:
        return Output(None)
    theme = draft.theme.files()
    job = Job(
        files={MAIN: tex.text.encode(), **theme, **draft.project.images},
        main=MAIN,
        epoch=epoch_of(draft.project.today),
        timeout=TIME_LIMIT,
    )
    preamble = preamble_of(engine, tex.text, theme) if cache.root is not None else None
    start = None
    if preamble is not None:
        start = EngineStart(engine.name, preamble.key(engine), job.epoch or 0, MAIN)
    outcome = _run(engine, job, preamble, start, means)
    may_start = start is not None and find_format(cache, start.format) is not None
    language = draft.project.language_place()
    report_events(outcome.events, engine, tex, draft.theme, sink, language)
    return Output(
        outcome.pdf,
        outcome.pages,
        maker=engine.name,
        passes=outcome.passes,
        notes=tuple(f"TeX ran once more: {reason}" for reason in outcome.reasons),
        engine_start=start if may_start else None,
        packages=outcome.packages,
    )


def _run(
    engine: Engine,
    job: Job,
    preamble: DumpedPreamble | None,
    start: EngineStart | None,
    means: Means,
) -> Outcome:
    """Run a job, from a dumped preamble if there is one; dump the preamble if not."""
    if preamble is None or start is None:
        return run(engine, job)
    dumped = find_format(means.cache, start.format)
    if dumped is None:
        with dumping(means.cache, engine, preamble):
            return run(engine, job)
    prestarted = means.prestarted
    fits = prestarted is not None and prestarted.start == start and prestarted.alive
    outcome = run(engine, replace(job, format=dumped), prestarted if fits else None)
    if outcome.pdf is not None and not outcome.dumped:
        forget_format(means.cache, start.format)
    return outcome
