"""Running engines: real ones on small documents, and programs that misbehave."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cvtex.support import processes
from cvtex.support.scratch import scratch, write_files
from cvtex.support.signals import held_signals
from cvtex.tex.engines.engine import Engine
from cvtex.tex.engines.registry import engine_named
from cvtex.tex.environment import environment
from cvtex.tex.events import Failure, Message, MissingGlyph, PageCount, Rerun, TexError
from cvtex.tex.job import Job, Outcome
from cvtex.tex.run import HEAD, TAIL, run

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs programs that are scripts")

PREAMBLE = r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{lmodern}"
EPOCH = 1_700_000_000


def document(body: str, preamble: str = "") -> Job:
    text = f"{PREAMBLE}{preamble}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"
    return Job({"main.tex": text.encode()}, epoch=EPOCH)


def failures(outcome: Outcome) -> list[str]:
    return [event.kind for event in outcome.events if isinstance(event, Failure)]


def errors(outcome: Outcome) -> list[TexError]:
    return [event for event in outcome.events if isinstance(event, TexError)]


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place for scratch directories, with a difficult name; each test leaves it empty."""
    folder = tmp_path / "ü x"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield folder
    assert list(folder.iterdir()) == []


def fake(tmp_path: Path, script: str) -> Engine:
    """A program in the place of pdflatex."""
    path = tmp_path / "pdflatex"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return engine_named("pdflatex").at(path)


WHOLE_PDF = r"printf '%%PDF-1.5\n%%%%EOF\n' > main.pdf"


# --- What every engine does


def test_a_document_becomes_the_same_pdf_each_time(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = document(r"\today\newpage two")
    first = run(engine, job)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    second = run(engine, job)
    assert first.pdf is not None
    assert first.pdf.startswith(b"%PDF-")
    assert (first.pages, first.passes, first.reasons) == (2, 1, ())
    assert [type(event) for event in first.events] == [PageCount]
    assert first.pdf == second.pdf


def test_files_elsewhere_are_not_read_and_programs_not_started(
    engine: Engine, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    body = (
        r"\newread\file \openin\file=/etc/passwd \typeout{cvtex: passwd \ifeof\file no\else yes\fi}"
        r"\openin\file=../secret \typeout{cvtex: above \ifeof\file no\else yes\fi}"
        rf"\immediate\write18{{touch {mark.as_posix()}}}"
        r"\input{part/one.tex}"
    )
    files = {**document(body).files, "part/one.tex": rb"\typeout{cvtex: part one}x"}
    outcome = run(engine, Job(files, epoch=EPOCH))
    assert [event.text for event in outcome.events if isinstance(event, Message)] == [
        "passwd no",
        "above no",
        "part one",
    ]
    assert outcome.pages == 1
    assert not mark.exists()


@pytest.mark.parametrize("place", ["absolute", "../above.txt"])
def test_files_elsewhere_are_not_written(engine: Engine, tmp_path: Path, place: str) -> None:
    name = (tmp_path / "absolute.txt").as_posix() if place == "absolute" else place
    outcome = run(engine, document(rf"\newwrite\file \immediate\openout\file={name} x"))
    assert outcome.pdf is None
    assert outcome.pages is None
    assert [(error.file, error.line) for error in errors(outcome)] == [("main.tex", 3)]
    assert "can't write on file" in errors(outcome)[0].message
    assert failures(outcome) == []
    assert not (tmp_path / "absolute.txt").exists()


def test_an_endless_loop_is_stopped(engine: Engine) -> None:
    files, started = document(r"\def\x{\x}\x").files, time.monotonic()
    outcome = run(engine, Job(files, epoch=EPOCH, timeout=1.0))
    assert failures(outcome) == ["timeout"]
    assert outcome.pdf is None
    assert time.monotonic() - started < 4
    assert [event.message for event in outcome.events if isinstance(event, Failure)] == [
        "stopped after 1 s"
    ]


# --- What is alike in all engines


def test_another_pass_is_made_when_latex_asks_for_it(pdftex: Engine) -> None:
    outcome = run(pdftex, document(r"\pageref{end}\newpage\label{end}x"))
    assert outcome.passes == 2
    assert outcome.reasons == ("Label(s) may have changed. Rerun to get cross-references right",)
    assert not any(isinstance(event, Rerun) for event in outcome.events)
    assert outcome.pages == 2


def test_another_pass_is_made_when_the_theme_asks_for_it(pdftex: Engine) -> None:
    body = r"\IfFileExists{total}{}{\typeout{cvtex: rerun: total}}\immediate\openout1=total x"
    outcome = run(pdftex, document(body))
    assert (outcome.passes, outcome.reasons) == (2, ("total",))


def test_there_are_at_most_three_passes(pdftex: Engine) -> None:
    outcome = run(pdftex, document(r"\typeout{cvtex: rerun: never content}x"))
    assert (outcome.passes, outcome.reasons) == (3, ("never content",) * 2)
    assert Rerun("never content") in outcome.events
    assert outcome.pages == 1


def test_no_pass_follows_a_failed_one(pdftex: Engine) -> None:
    outcome = run(pdftex, document(r"\typeout{cvtex: rerun: total}\undefined"))
    assert outcome.passes == 1
    assert [error.command for error in errors(outcome)] == [r"\undefined"]


def test_a_document_without_a_page_is_a_failure(pdftex: Engine) -> None:
    outcome = run(pdftex, document(""))
    assert failures(outcome) == ["no-pages"]
    assert outcome.pages is None


def test_the_users_search_path_does_not_shadow_anything(
    pdftex: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "article.cls").write_text(r"\ERROR")
    for name in ("TEXINPUTS", "TEXINPUTS_pdflatex", "TEXINPUTS.latex"):
        monkeypatch.setenv(name, f"{tmp_path}:")
    monkeypatch.setenv("TEXMFOUTPUT", str(tmp_path))
    assert run(pdftex, document("x")).pages == 1


def test_files_of_the_project_do_not_shadow_anything(
    pdftex: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "article.cls").write_text(r"\ERROR")
    monkeypatch.chdir(tmp_path)
    assert run(pdftex, document("x")).pages == 1


def test_a_file_of_the_job_comes_before_the_trees(pdftex: Engine) -> None:
    files = {**document("x").files, "article.cls": rb"\typeout{cvtex: own}\LoadClass{report}"}
    assert Message("own") in run(pdftex, Job(files, epoch=EPOCH)).events


def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "home" / "tex" / "latex" / "local"
    folder.mkdir(parents=True)
    (folder / "cvtexlocal.sty").write_text(r"\typeout{cvtex: local}")
    return tmp_path / "home"


LOCAL = r"\IfFileExists{cvtexlocal.sty}{\usepackage{cvtexlocal}}{}"


def test_the_users_own_tree_is_in_use(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXMFHOME", str(tree(tmp_path)))
    outcome = run(engine, document("x", LOCAL))
    assert (Message("local") in outcome.events) == (engine.name != "tinytex")


def test_a_broken_tex_system_does_not_disturb_the_embedded_engine(
    tinytex: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TEXMFCNF", "TEXMFLOCAL", "TEXFORMATS", "TEXMF", "TFMFONTS", "T1FONTS", "WEB2C"):
        monkeypatch.setenv(name, "/no/such/tree")
    assert run(tinytex, document("x")).pages == 1


def test_endless_writing_is_stopped(pdftex: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "MOST_BYTES", 1024 * 1024)
    body = r"\newwrite\file\immediate\openout\file=x.txt"
    body += r"\loop\immediate\write\file{a line of some length to fill the disk}\iftrue\repeat"
    outcome = run(pdftex, document(body))
    assert failures(outcome) == ["output"]
    assert outcome.pdf is None


# --- Programs that misbehave


def test_a_program_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    outcome = run(engine_named("xelatex").at(tmp_path / "xelatex"), document("x"))
    assert failures(outcome) == ["start"]
    assert outcome.passes == 1


@posix
def test_a_program_that_cannot_be_executed_is_a_failure(tmp_path: Path) -> None:
    engine = fake(tmp_path, "")
    engine.path.chmod(0o644)
    (failure,) = run(engine, document("x")).events
    assert isinstance(failure, Failure)
    assert failure.message == f"cannot run `{engine.path}`: Permission denied"


@posix
def test_a_program_that_vanishes_between_two_passes_is_a_failure(tmp_path: Path) -> None:
    script = f"echo 'cvtex: rerun: total' > main.log; {WHOLE_PDF}; rm \"$0\""
    outcome = run(fake(tmp_path, script), document("x"))
    assert failures(outcome) == ["start"]
    assert (outcome.passes, outcome.pdf) == (2, None)


@posix
@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo first; echo last words; echo; exit 3", "ended with status 3: last words"),
        ("kill -9 $$", "ended with status -9"),
        (f"{WHOLE_PDF}; exit 1", "ended with status 1"),
    ],
)
def test_a_program_that_ends_badly_is_a_failure(tmp_path: Path, script: str, message: str) -> None:
    outcome = run(fake(tmp_path, script), document("x"))
    assert outcome.events == (Failure("crash", message),)
    assert outcome.pdf is None


@posix
def test_an_error_in_the_log_is_reason_enough(tmp_path: Path) -> None:
    for line, event in (
        ("! Undefined control sequence.", TexError("Undefined control sequence")),
        ("Missing character: There is no x in font y!", MissingGlyph("x", "y")),
    ):
        outcome = run(fake(tmp_path, f"echo '{line}' > main.log; exit 1"), document("x"))
        assert outcome.events == (event,)


@posix
def test_a_pdf_that_is_cut_off_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    engine = fake(tmp_path, "printf '%%PDF-1.5 cut' > main.pdf")
    assert failures(run(engine, document("x"))) == ["no-pages"]
    monkeypatch.setattr("cvtex.tex.run.LITTLE_SPACE", 1 << 62)
    full = run(engine, document("x"))
    assert full.events == (Failure("scratch", f"no space left in `{temporary}`"),)


@posix
def test_much_output_is_read_and_only_its_ends_are_kept(tmp_path: Path) -> None:
    engine = fake(tmp_path, "echo begin; yes | head -c 200000000; echo the end; exit 1")
    outcome = run(engine, document("x"))
    assert outcome.events == (Failure("crash", "ended with status 1: the end"),)


@posix
def test_of_a_long_log_the_beginning_and_the_end_are_read(tmp_path: Path) -> None:
    script = (
        "echo 'cvtex: first' > main.log; yes 'a line of a log' | head -c 9000000 >> main.log;"
        f"echo 'Output written on main.pdf (1 page, 5 bytes).' >> main.log; {WHOLE_PDF}"
    )
    outcome = run(fake(tmp_path, script), document("x"))
    assert outcome.events == (Message("first"), PageCount(1, 5))
    assert len(outcome.log) <= HEAD + TAIL + 1


@posix
def test_nothing_that_a_program_started_goes_on(tmp_path: Path) -> None:
    mark = tmp_path / "alive"
    script = f"(sleep 1; touch '{mark}') & {WHOLE_PDF}; echo bye"
    started = time.monotonic()
    outcome = run(fake(tmp_path, script), document("x"))
    assert outcome.pdf is not None
    assert time.monotonic() - started < 1
    outcome = run(fake(tmp_path, f"(sleep 1; touch '{mark}') & wait"), Job({}, timeout=0.5))
    assert failures(outcome) == ["timeout"]
    time.sleep(1)
    assert not mark.exists()


@posix
def test_a_program_has_no_input(tmp_path: Path) -> None:
    outcome = run(fake(tmp_path, "read line || echo no input; exit 1"), document("x"))
    assert outcome.events == (Failure("crash", "ended with status 1: no input"),)


def test_an_engine_runs_beside_the_main_thread(pdftex: Engine) -> None:
    outcomes: list[Outcome] = []
    thread = threading.Thread(target=lambda: outcomes.append(run(pdftex, document("x"))))
    thread.start()
    thread.join()
    assert [outcome.pages for outcome in outcomes] == [1]


# --- The scratch directory


def test_a_full_disk_is_a_failure(monkeypatch: pytest.MonkeyPatch, pdftex: Engine) -> None:
    def full(folder: Path, _: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder / "main.tex"))

    monkeypatch.setattr("cvtex.tex.run.write_files", full)
    (failure,) = run(pdftex, document("x")).events
    assert isinstance(failure, Failure)
    assert failure.kind == "scratch"
    assert failure.message.endswith(f"main.tex`: {os.strerror(errno.ENOSPC)}")


def test_an_exception_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, pdftex: Engine
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("cvtex.tex.run.read_log", broken)
    with pytest.raises(RuntimeError):
        run(pdftex, document("x"))


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", r"C:\x", r"..\x", "C:x"])
def test_a_file_stays_inside_the_scratch_directory(name: str) -> None:
    with scratch() as folder, pytest.raises(ValueError, match="not a name inside"):
        write_files(folder, {name: b""})


END = f"""
import sys
from pathlib import Path
from cvtex.tex.engines.registry import engine_named
from cvtex.tex.job import Job
from cvtex.tex.run import run

engine = engine_named("pdflatex").at(Path(sys.argv[1]))
print("ready", flush=True)
run(engine, Job({{"main.tex": br"{PREAMBLE}\\begin{{document}}\\def\\x{{\\x}}\\x"}}))
"""


@posix
@pytest.mark.parametrize(
    ("number", "status"),
    [
        (signal.SIGTERM, 128 + signal.SIGTERM),
        (getattr(signal, "SIGHUP", 0), 129),
        (signal.SIGINT, -signal.SIGINT),
    ],
)
def test_a_signal_leaves_no_file_and_no_process(
    tmp_path: Path, temporary: Path, number: int, status: int
) -> None:
    pid = tmp_path / "pid"
    engine = fake(tmp_path, f"echo $$ > '{pid}'; exec sleep 60")
    command = [sys.executable, "-c", END, str(engine.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as ours:
        wait_for(lambda: pid.exists() and pid.read_text().endswith("\n"))
        assert len(list(temporary.iterdir())) == 1
        ours.send_signal(number)
        assert ours.wait(10) == status
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@posix
def test_an_ignored_signal_stays_ignored(tmp_path: Path) -> None:
    former = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        outcome = run(fake(tmp_path, f"kill -HUP $PPID; {WHOLE_PDF}"), document("x"))
        assert outcome.pdf is not None
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, former)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_held_signal_comes_at_the_end() -> None:
    steps = []
    with pytest.raises(KeyboardInterrupt), held_signals():
        signal.raise_signal(signal.SIGINT)
        steps.append("done")
    assert steps == ["done"]


# --- The environment


def test_the_environment_is_shut_in_and_fixed() -> None:
    base = {"PATH": "/bin", "TEXINPUTS": ".:", "TEXMFHOME": "/home/me/tex", "openin_any": "a"}
    variables = environment(base, epoch=7)
    assert variables["PATH"] == "/bin"
    assert variables["TEXMFHOME"] == "/home/me/tex"
    assert "TEXINPUTS" not in variables
    assert (variables["openin_any"], variables["openout_any"]) == ("p", "p")
    assert (variables["SOURCE_DATE_EPOCH"], variables["FORCE_SOURCE_DATE"]) == ("7", "1")
    assert variables["max_print_line"] == "10000"


def test_an_engine_with_its_own_tree_sees_no_other() -> None:
    base = {"PATH": "/bin", "HOME": "/home/me", "FONTS": "x", "MAPS": "y"}
    foreign = ("TEXMFHOME", "TEXMFCNF", "TFMFONTS", "T1INPUTS", "TEXFONTMAPS", "WEB2C", "MKTEXPK")
    variables = environment({**base, **dict.fromkeys(foreign, "/x")}, epoch=0, own_tree=True)
    assert not set(foreign) & set(variables)
    assert variables["HOME"] == "/home/me"


def test_new_luatex_reads_fonts_by_absolute_path(tmp_path: Path) -> None:
    for number, allowed in (("1.15.0", "p"), ("1.18.0", "a"), ("2.0.1", "a")):
        path = tmp_path / number / "lualatex"
        path.parent.mkdir()
        path.write_text(
            "#!/bin/sh\n"
            f'[ "$1" = --version ] && echo "This is LuaHBTeX, Version {number} (x)" && exit\n'
            'echo "cvtex: $openin_any" > main.log\n'
        )
        path.chmod(0o755)
        outcome = run(engine_named("lualatex").at(path), document("x"))
        assert Message(allowed) in outcome.events
