"""Runs a TeX engine on a job in a scratch directory, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from cvtex.support.processes import MOST_BYTES, Ended, finish, start
from cvtex.support.scratch import scratch, write_files
from cvtex.support.signals import ending_signals_unwind
from cvtex.tex.dependencies import RECORDER, recorded_files, search_places
from cvtex.tex.engines.engine import Engine
from cvtex.tex.environment import environment
from cvtex.tex.events import Failure, LogEvent, MissingGlyph, PageCount, Rerun, TexError
from cvtex.tex.find import version
from cvtex.tex.formats import body_of, from_format
from cvtex.tex.job import Job, Outcome
from cvtex.tex.log import decode, read_log
from cvtex.tex.prestart import PrestartedEngine

MOST_PASSES = 3
HEAD, TAIL = 1024 * 1024, 1024 * 1024
"""Bytes of the beginning and of the end of a log that are read."""
LITTLE_SPACE = 64 * 1024
"""A disk with fewer free bytes than this is full."""

OPTIONS = (
    RECORDER,
    "-no-shell-escape",
    "-interaction=nonstopmode",
    "-halt-on-error",
    "-file-line-error",
)


class Pass(Struct, frozen=True):
    """The result of running the engine once; it has a PDF only if the file is complete."""

    pdf: bytes | None
    log: str
    events: tuple[LogEvent, ...]


def run(engine: Engine, job: Job, prestarted: PrestartedEngine | None = None) -> Outcome:
    """Typeset a job, again where TeX asks for it.

    An engine that was `prestarted` with the preamble of the job makes the first pass. Every failure
    is an event of the outcome. Raises ValueError for a file name that leads out of the scratch
    directory.
    """
    deadline = time.monotonic() + job.timeout
    try:
        with ending_signals_unwind(), scratch() as folder:
            place = folder if prestarted is None else prestarted.folder
            outcome = _typeset(engine, job, place, deadline, prestarted)
            if outcome.pdf is None and job.format is not None:
                # Without the format the job may succeed, and its errors are the ones that count.
                return _typeset(engine, replace(job, format=None), folder, deadline)
            return replace(outcome, dumped=job.format is not None)
    except OSError as error:
        return _outcome([Pass(None, "", (_unusable(error),))], [])


def _typeset(
    engine: Engine,
    job: Job,
    folder: Path,
    deadline: float,
    prestarted: PrestartedEngine | None = None,
) -> Outcome:
    variables = _environment(engine, job)
    passes: list[Pass] = []
    reasons: list[str] = []
    write_files(folder, _files(job, begun=prestarted is not None))
    while True:
        if prestarted is not None and not passes:
            ended = prestarted.typeset(job.main, deadline)
            passes.append(_result(engine, job, folder, ended))
        else:
            passes.append(_one_pass(engine, job, folder, variables, deadline))
        again = [event.reason for event in passes[-1].events if isinstance(event, Rerun)]
        if not again or passes[-1].pdf is None or len(passes) == MOST_PASSES:
            outcome = _outcome(passes, reasons)
            places = search_places(engine, variables) if job.format is None else {}
            read = recorded_files((folder / job.main).with_suffix(".fls"))
            return replace(outcome, packages={**read, **places})
        reasons.append(again[0])
        if prestarted is not None:
            write_files(folder, _files(job))


def _files(job: Job, *, begun: bool = False) -> dict[str, bytes]:
    """Return the files for TeX; if there is a format, the main file has only its body."""
    if job.format is None:
        return dict(job.files)
    body = body_of(job.files[job.main].decode(), begun=begun)
    return {**job.files, job.main: body.encode()}


def _outcome(passes: Sequence[Pass], reasons: Sequence[str]) -> Outcome:
    last = passes[-1]
    counted = [event.pages for event in last.events if isinstance(event, PageCount)]
    return Outcome(
        pdf=last.pdf,
        pages=counted[-1] if counted and last.pdf else None,
        passes=len(passes),
        reasons=tuple(reasons),
        log=last.log,
        events=last.events,
    )


def _one_pass(
    engine: Engine, job: Job, folder: Path, variables: Mapping[str, str], deadline: float
) -> Pass:
    for suffix in (".log", ".pdf"):
        (folder / job.main).with_suffix(suffix).unlink(missing_ok=True)
    dumped = [] if job.format is None else from_format(job.format)
    command = [str(engine.path), *dumped, *OPTIONS, *engine.arguments(job)]
    try:
        with start(command, folder, variables, job.timeout) as running:
            ended = finish(running, deadline)
    except OSError as error:
        message = f"cannot run `{engine.path}`: {error.strerror or error}"
        return Pass(None, "", (Failure("start", message),))
    return _result(engine, job, folder, ended)


def _result(engine: Engine, job: Job, folder: Path, ended: Ended) -> Pass:
    log, pdf = ((folder / job.main).with_suffix(end) for end in (".log", ".pdf"))
    text = decode(_ends_of(log))
    events = read_log(text, engine.error_line)
    content = _complete(pdf) if ended.status == 0 else None
    failure = None if content else _failure(job, ended, folder, events)
    return Pass(content, text, (*events, failure) if failure else events)


def _environment(engine: Engine, job: Job) -> dict[str, str]:
    needs_absolute = engine.opens_absolute_paths
    return environment(
        os.environ,
        epoch=int(time.time()) if job.epoch is None else job.epoch,
        own_tree=engine.own_tree,
        read_anywhere=needs_absolute is not None and needs_absolute(version(engine)),
    )


def _ends_of(path: Path) -> bytes:
    """Read a file; of a very long one, only the beginning and the end."""
    try:
        with path.open("rb") as file:
            first = file.read(HEAD)
            left = path.stat().st_size - len(first)
            if left <= TAIL:
                return first + file.read()
            file.seek(-TAIL, os.SEEK_END)
            return first + b"\n" + file.read(TAIL)
    except FileNotFoundError:
        return b""


def _complete(pdf: Path) -> bytes | None:
    """Read a PDF if it is complete; XeTeX exits with 0 even if a full disk cut the file off."""
    try:
        content = pdf.read_bytes()
    except FileNotFoundError:
        return None
    return content if content.startswith(b"%PDF-") and b"%%EOF" in content[-1024:] else None


def _failure(job: Job, ended: Ended, folder: Path, events: Sequence[LogEvent]) -> Failure | None:
    if ended.stopped == "timeout":
        return Failure("timeout", f"stopped after {job.timeout:g} s")
    if ended.stopped == "output":
        return Failure("output", f"stopped after writing {MOST_BYTES >> 20} MB")
    if shutil.disk_usage(folder).free < LITTLE_SPACE:
        return Failure("scratch", f"no space left in `{folder.parent}`")
    if any(isinstance(event, TexError | MissingGlyph) for event in events):
        return None
    if ended.status == 0:
        return Failure("no-pages", "the document has no page")
    return Failure("crash", f"ended with status {ended.status}{_last_words(ended)}")


def _last_words(ended: Ended) -> str:
    lines = [line.strip() for line in ended.output.splitlines() if line.strip()]
    return f": {lines[-1][:200]}" if lines else ""


def _unusable(error: OSError) -> Failure:
    place = error.filename or tempfile.gettempdir()
    return Failure("scratch", f"cannot write to `{place}`: {error.strerror or error}")
