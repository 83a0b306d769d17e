"""Running a TeX engine: one job in, one outcome out, and nothing left behind."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

from msgspec import Struct, field
from msgspec.structs import replace

from cvtex.support.cache import Stamps
from cvtex.support.lazy_re import lazy_re
from cvtex.support.processes import MOST_BYTES, Ended, finish, start
from cvtex.support.scratch import scratch, write_files
from cvtex.support.signals import ending_signals_unwind
from cvtex.tex import tectonic
from cvtex.tex.environment import environment
from cvtex.tex.events import Failure, LogEvent, MissingGlyph, PageCount, Rerun, TexError
from cvtex.tex.find import Engine, version
from cvtex.tex.formats import body_of, from_format
from cvtex.tex.log import decode, read_log, unwrap
from cvtex.tex.prestart import PrestartedEngine
from cvtex.tex.recorder import RECORDER, recorded
from cvtex.tex.search_path import searched

MOST_PASSES = 3
HEAD, TAIL = 1024 * 1024, 1024 * 1024
"""How many bytes of the beginning and of the end of a log are read."""
LITTLE_SPACE = 64 * 1024
"""A disk with fewer bytes free than this is full."""

OPTIONS = (
    RECORDER,
    "-no-shell-escape",
    "-interaction=nonstopmode",
    "-halt-on-error",
    "-file-line-error",
)
LUATEX = lazy_re(r"Version ([0-9]+)\.([0-9]+)")
GUARDED_LUATEX = (1, 16)
"""Since this LuaTeX, openin_any binds Lua too, which reads every font by absolute path."""


class Job(Struct, frozen=True):
    """Files to typeset: their names inside the scratch directory, and what is in them.

    `main` is the file given to TeX. `epoch` is the time the document is made at, in seconds
    since 1970; without it the time is now. `timeout` is in seconds, for all passes together.
    With a `format`, a dump of its preamble, TeX begins behind it.
    """

    files: Mapping[str, bytes]
    main: str = "main.tex"
    epoch: int | None = None
    timeout: float = 60.0
    format: Path | None = None


class Outcome(Struct, frozen=True):
    """What came of a job; without a PDF, an event says why.

    `pages` counts the pages of the PDF. `reasons` has one text for each pass after the
    first. `log` and `events` are those of the last pass; a very long log lacks its middle.
    `dumped` says whether it came of a format, and so without most of its `packages`: the files of
    TeX that it was made of, and the places where others might appear.
    """

    pdf: bytes | None
    pages: int | None
    passes: int
    reasons: tuple[str, ...]
    log: str
    events: tuple[LogEvent, ...]
    seconds: float
    dumped: bool = False
    packages: Stamps = field(default_factory=dict)


class Pass(Struct, frozen=True):
    """What came of running the engine once; the PDF only when it is whole."""

    pdf: bytes | None
    log: str
    events: tuple[LogEvent, ...]


def run(engine: Engine, job: Job, waiting: PrestartedEngine | None = None) -> Outcome:
    """Typeset a job in a scratch directory, again where TeX asks for it.

    An engine that is `waiting` behind the preamble of the job is used for the first pass. Whatever
    goes wrong is an event of the outcome. ValueError for a file name that leads out of the scratch
    directory.
    """
    started = time.monotonic()
    try:
        with ending_signals_unwind(), scratch() as folder:
            place = folder if waiting is None else waiting.folder
            outcome = _typeset(engine, job, place, started, waiting)
            if outcome.pdf is None and job.format is not None:
                # What a run from the preamble on says is what counts, and it may do better.
                return _typeset(engine, replace(job, format=None), folder, started)
            return replace(outcome, dumped=job.format is not None)
    except OSError as error:
        return _outcome([Pass(None, "", (_unusable(error),))], [], started)


def _typeset(
    engine: Engine, job: Job, folder: Path, started: float, waiting: PrestartedEngine | None = None
) -> Outcome:
    variables = _environment(engine, job)
    passes: list[Pass] = []
    reasons: list[str] = []
    deadline = started + job.timeout
    write_files(folder, _files(job, begun=waiting is not None))
    while True:
        if waiting is not None and not passes:
            passes.append(_fed_pass(engine, job, waiting, deadline))
        else:
            passes.append(_one_pass(engine, job, folder, variables, deadline))
        again = [event.reason for event in passes[-1].events if isinstance(event, Rerun)]
        if not again or passes[-1].pdf is None or len(passes) == MOST_PASSES:
            outcome = _outcome(passes, reasons, started)
            places = searched(engine, variables) if job.format is None else {}
            read = recorded((folder / job.main).with_suffix(".fls"))
            return replace(outcome, packages={**read, **places})
        reasons.append(again[0])
        if waiting is not None:
            write_files(folder, _files(job))


def _files(job: Job, *, begun: bool = False) -> dict[str, bytes]:
    """The files for TeX: of the main one only what comes behind the format, if there is one."""
    if job.format is None:
        return dict(job.files)
    body = body_of(job.files[job.main].decode(), begun=begun)
    return {**job.files, job.main: body.encode()}


def _outcome(passes: Sequence[Pass], reasons: Sequence[str], started: float) -> Outcome:
    last = passes[-1]
    counted = [event.pages for event in last.events if isinstance(event, PageCount)]
    return Outcome(
        pdf=last.pdf,
        pages=counted[-1] if counted and last.pdf else None,
        passes=len(passes),
        reasons=tuple(reasons),
        log=last.log,
        events=last.events,
        seconds=time.monotonic() - started,
    )


def _one_pass(
    engine: Engine, job: Job, folder: Path, variables: Mapping[str, str], deadline: float
) -> Pass:
    log, pdf = ((folder / job.main).with_suffix(end) for end in (".log", ".pdf"))
    for left_over in (log, pdf):
        left_over.unlink(missing_ok=True)
    try:
        with start(_command(engine, job), folder, variables, job.timeout) as running:
            ended = finish(running, deadline)
    except OSError as error:
        return Pass(None, "", (_not_started(engine, error),))
    return _result(engine, job, folder, ended)


def _fed_pass(engine: Engine, job: Job, waiting: PrestartedEngine, deadline: float) -> Pass:
    ended = waiting.typeset(job.main, deadline)
    return _result(engine, job, waiting.folder, ended)


def _result(engine: Engine, job: Job, folder: Path, ended: Ended) -> Pass:
    log, pdf = ((folder / job.main).with_suffix(end) for end in (".log", ".pdf"))
    text, events = _read(engine, log, ended)
    content = _whole(pdf) if ended.status == 0 else None
    failure = None if content else _failure(engine, job, ended, folder, events)
    return Pass(content, text, (*events, failure) if failure else events)


def _command(engine: Engine, job: Job) -> list[str]:
    options = tectonic.OPTIONS if engine.kind == "tectonic" else OPTIONS
    if engine.kind != "luatex":
        dumped = [] if job.format is None else from_format(job.format)
        return [str(engine.path), *dumped, *options, job.main]
    # LuaTeX alone makes the identifier of the PDF from the name of the current directory.
    identity = f"\\pdfvariable trailerid{{[<{_digest(job)}> <{_digest(job)}>]}}"
    name = f"-jobname={PurePath(job.main).stem}"
    return [str(engine.path), *options, name, f"{identity}\\input{{{job.main}}}"]


def _digest(job: Job) -> str:
    digest = hashlib.sha256(str(job.epoch).encode())
    for name, content in sorted(job.files.items()):
        digest.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(content).digest())
    return digest.hexdigest()[:32].upper()


def _environment(engine: Engine, job: Job) -> dict[str, str]:
    return environment(
        os.environ,
        epoch=int(time.time()) if job.epoch is None else job.epoch,
        own_tree=engine.own_tree,
        read_anywhere=engine.kind == "luatex" and _is_guarded(version(engine)),
    )


def _is_guarded(luatex: str | None) -> bool:
    numbers = LUATEX.search(luatex or "")
    return numbers is None or (int(numbers[1]), int(numbers[2])) >= GUARDED_LUATEX


def _read(engine: Engine, log: Path, ended: Ended) -> tuple[str, tuple[LogEvent, ...]]:
    text = decode(_ends_of(log))
    if engine.kind != "tectonic":
        return text, read_log(text)
    text = unwrap(text, tectonic.LINE)
    return text, tectonic.with_files(read_log(text), ended.output)


def _ends_of(path: Path) -> bytes:
    """Read a file; of a very long one, the beginning and the end."""
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


def _whole(pdf: Path) -> bytes | None:
    """Read a PDF; XeTeX ends well even when the disk was full and the file is cut off."""
    try:
        content = pdf.read_bytes()
    except FileNotFoundError:
        return None
    return content if content.startswith(b"%PDF-") and b"%%EOF" in content[-1024:] else None


def _failure(
    engine: Engine, job: Job, ended: Ended, folder: Path, events: Sequence[LogEvent]
) -> Failure | None:
    if ended.stopped == "timeout":
        return Failure("timeout", f"stopped after {job.timeout:g} s")
    if ended.stopped == "output":
        return Failure("output", f"stopped after writing {MOST_BYTES >> 20} MB")
    if shutil.disk_usage(folder).free < LITTLE_SPACE:
        return Failure("scratch", f"no space left in `{folder.parent}`")
    if engine.kind == "tectonic" and tectonic.lacks_files(ended.output):
        return Failure("cache", "its files have not been fetched yet")
    if any(isinstance(event, TexError | MissingGlyph) for event in events):
        return None
    if ended.status == 0 or (engine.kind == "tectonic" and tectonic.made_no_page(ended.output)):
        return Failure("no-pages", "the document has no page")
    return Failure("crash", f"ended with status {ended.status}{_last_words(ended)}")


def _last_words(ended: Ended) -> str:
    lines = [line.strip() for line in ended.output.splitlines() if line.strip()]
    return f": {lines[-1][:200]}" if lines else ""


def _not_started(engine: Engine, error: OSError) -> Failure:
    return Failure("start", f"cannot run `{engine.path}`: {error.strerror or error}")


def _unusable(error: OSError) -> Failure:
    place = error.filename or tempfile.gettempdir()
    return Failure("scratch", f"cannot write to `{place}`: {error.strerror or error}")
