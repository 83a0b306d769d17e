"""Many CVs in one command: what is built, what is said, and that none harms another."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from conftest import Cvtex
from cvtex.diagnostics.usage import UsageError
from cvtex.pipeline.batch.run import (
    BuildPlace,
    BuildState,
    BuildSummary,
    Done,
    Perform,
    Task,
    build_one,
    run_batch,
)
from cvtex.pipeline.batch.targets import cvs_of, placed
from cvtex.pipeline.batch.workers import MOST_TASKS, PRELOADED, this_machine
from cvtex.pipeline.usecases.request import Request
from cvtex.report.summarize import Summarizer
from cvtex.support.cache import NOTHING_KEPT
from cvtex.tex.engines.engine import Engine
from cvtex.writers.registry import find_writer

GOOD = "name: Emmy Noether\nsections:\n- {kind: text, title: Summary, body: Invariants.}\n"
BAD = "name: Emmy Noether\nheadlin: x\nsections: []\n"
PATIENCE = 60.0
TEX = find_writer("tex")
SUMMARIZER = Summarizer(80, None)


def write(path: str, text: str = GOOD) -> Path:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
    return Path(path)


def tasks(*names: str) -> list[Task]:
    return [Task(Request(Path(name), writer=TEX), SUMMARIZER, NOTHING_KEPT) for name in names]


def results(cvs: list[Task], work: Callable[[Task], Done] = build_one) -> dict[str, Done]:
    with this_machine(2) as place:
        done = run_batch(cvs, replace(place, most=2, work=work))
        return {str(one.request.cv): one for one in done}


# what is built


def test_good_faulty_and_missing_ones(cvtex: Cvtex, pdftex: Engine) -> None:
    write("people/a/cv.yaml")
    write("people/b/cv.yaml", BAD)
    write("people/c/cv.yaml")
    paths = [f"people/{name}/cv.yaml" for name in "abcd"]
    said = cvtex("build", *paths, "--jobs", "2", "--engine", pdftex.name)
    assert said.code == 2
    assert said.out == ""
    assert "error[CV103]: unknown key `headlin`\n  --> people/b/cv.yaml:2:1\n" in said.err
    assert "not built people/b/cv.yaml: 1 error\n" in said.err
    assert "not built people/d/cv.yaml: there is no file `people/d/cv.yaml`\n" in said.err
    assert "built people/a/cv.pdf: 1 page, " in said.err
    summary = said.err.splitlines()[-1]
    assert summary.startswith("built 2, up to date 0, failed 2 of 4 in ")
    assert "people/b/cv.yaml" in summary
    assert "people/d/cv.yaml" in summary
    assert sorted(map(str, Path().rglob("*.pdf"))) == ["people/a/cv.pdf", "people/c/cv.pdf"]

    again = cvtex("build", *paths[:3], "--engine", pdftex.name)
    assert again.code == 1
    assert "people/a/cv.pdf is up to date\n" in again.err
    assert "built 0, up to date 2, failed 1 of 3 in " in again.err


def test_json_is_an_array_of_what_single_builds_print(cvtex: Cvtex) -> None:
    write("a/cv.yaml")
    write("b/cv.yaml", BAD)
    single = json.loads(cvtex("build", "b/cv.yaml", "--format", "json").out)
    said = cvtex("build", "a/cv.yaml", "b/cv.yaml", "c", "--to", "tex", "--format", "json")
    assert said.code == 2
    reports = {report["cv"]: report for report in json.loads(said.out)}
    assert set(reports) == {"a/cv.yaml", "b/cv.yaml", "c"}
    assert reports["a/cv.yaml"]["outputs"][0]["path"] == "a/cv.tex"
    assert reports["b/cv.yaml"].keys() - single.keys() == {"cv"}
    assert reports["b/cv.yaml"]["diagnostics"] == single["diagnostics"]
    assert reports["c"]["diagnostics"][0]["message"] == "there is no file `c`"


def test_json_when_nothing_can_begin(cvtex: Cvtex) -> None:
    said = cvtex("build", "no/*.yaml", "--format", "json")
    assert said.code == 2
    (report,) = json.loads(said.out)
    assert (report["cv"], report["ok"]) == (None, False)
    assert report["diagnostics"][0]["message"] == "no file matches `no/*.yaml`"


def test_quiet(cvtex: Cvtex) -> None:
    write("a/cv.yaml")
    write("b/cv.yaml", BAD)
    assert cvtex("build", "a", "--to", "tex", "-q").err == ""
    said = cvtex("build", "a", "b", "--to", "tex", "--quiet", "--force")
    assert "built a" not in said.err
    assert "error[CV103]" in said.err
    assert "failed 1 of 2" in said.err


# which CVs, and where they are written


def test_a_directory_stands_for_the_cvs_below_it(tmp_path: Path) -> None:
    for name in ("cv.yaml", "b/cv.yaml", "b/c/cv.yaml", "b/other.yaml", ".git/cv.yaml"):
        write(f"{tmp_path}/{name}")
    found = [str(path.relative_to(tmp_path)) for path in cvs_of([tmp_path])]
    assert found == ["b/c/cv.yaml", "b/cv.yaml", "cv.yaml"]


def test_a_pattern_stands_for_what_it_matches(cvtex: Cvtex) -> None:
    write("people/a/cv.yaml")
    write("people/b/cv.yaml")
    write("people/[c]/cv.yaml")
    assert cvtex("build", "people/[c]/cv.yaml", "--to", "tex").code == 0
    assert cvtex("build", "people/[ab]/cv.yaml", "--to", "tex").code == 0
    assert len(list(Path().rglob("cv.tex"))) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("people/*/cw.yaml",), "no file matches `people/*/cw.yaml`"),
        (("empty",), "`empty` is a directory, and no `cv.yaml` is in it or below"),
        (("people", "--jobs", "0"), "`--jobs 0` builds nothing"),
        (("people", "--jobs", "-3"), "`--jobs -3` builds nothing"),
        (("people", "--open"), "`--open` shows one PDF"),
        (("people", "-o", "out"), "there is no directory `out`"),
        (("people", "-o", "all.pdf"), "several CVs cannot be written to one file, `all.pdf`"),
        (
            ("people/a/cv.yaml", "more/a/cv.yaml", "-o", "empty"),
            "`people/a/cv.yaml` and `more/a/cv.yaml` would both be written to `empty/a.tex`",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_first(
    cvtex: Cvtex, arguments: tuple[str, ...], message: str
) -> None:
    Path("empty").mkdir()
    write("people/a/cv.yaml")
    write("people/b/cv.yaml")
    write("more/a/cv.yaml")
    said = cvtex("build", "--to", "tex", *arguments)
    assert said.code == 2
    assert said.err.startswith(f"error: {message}\n  = hint: ")
    assert not list(Path().rglob("*.tex"))


def test_a_folder_for_all_names_them_after_their_own(cvtex: Cvtex) -> None:
    write("people/a/cv.yaml", GOOD + "variants: {short: {}}\n")
    write("people/b/cv.yaml", GOOD + "variants: {short: {}}\n")
    write("people/carl.yaml", GOOD + "variants: {short: {}}\n")
    Path("out").mkdir()
    paths = ("people/*/cv.yaml", "people/carl.yaml")
    said = cvtex("build", *paths, "-o", "out", "--variant", "short", "--to", "tex")
    assert said.code == 0, said.err
    found = sorted(path.name for path in Path("out").iterdir())
    assert found == ["a-short.tex", "b-short.tex", "carl-short.tex"]


def test_the_same_cv_is_built_once(tmp_path: Path) -> None:
    cv = write(f"{tmp_path}/a/cv.yaml")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    same = [cv, tmp_path / "a/../a/cv.yaml", tmp_path / "link/cv.yaml"]
    assert placed(map(Request, same), None) == [Request(cv)]
    other = tmp_path / "a/cv.yml"
    with pytest.raises(UsageError, match="would both be written to"):
        placed([Request(cv), Request(other)], None)


# none harms another


class OddError(Exception):
    """An exception that cannot travel between processes."""

    def __init__(self, name: str, culprit: Callable[[], str]) -> None:
        super().__init__(name)
        self.culprit = culprit


def poisoned(task: Task) -> Done:
    """Build, unless the name of the CV asks for something worse."""
    name = task.request.cv.stem
    if name == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "exited":
        os._exit(7)
    if name == "raised":
        raise ZeroDivisionError(name)
    if name == "odd":
        raise OddError(name, lambda: name)
    if name == "slow":
        time.sleep(PATIENCE)
    return build_one(task)


def test_a_crash_costs_one_cv(tmp_path: Path) -> None:
    names = ["a", "killed", "b", "exited", "c", "raised", "odd", "d"]
    cvs = tasks(*(str(write(f"{tmp_path}/{name}.yaml")) for name in names))
    done = {Path(path).stem: one for path, one in results(cvs, poisoned).items()}
    crashed = {name for name, one in done.items() if one.state is BuildState.CRASHED}
    assert crashed == {"exited", "raised", "odd"}
    assert done["killed"].state is BuildState.UNTRIED
    assert {name for name, one in done.items() if one.state is BuildState.BUILT} == set("abcd")
    assert "ended by SIGKILL" in str(done["killed"].problem)
    assert "ended with status 7" in done["exited"].trace
    assert "ZeroDivisionError: raised" in done["raised"].trace
    assert "OddError: odd" in done["odd"].trace


def test_a_cv_that_takes_too_long_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cvtex.pipeline.batch.workers.TIME_LIMIT", 2.0)
    cvs = tasks(*(str(write(f"{tmp_path}/{name}.yaml")) for name in ("a", "slow", "b")))
    done = {Path(path).stem: one for path, one in results(cvs, poisoned).items()}
    assert "it took longer than" in str(done["slow"].problem)
    assert {name for name, one in done.items() if one.state is BuildState.BUILT} == set("ab")


def test_processes_that_cannot_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", fail)
    problems = [str(one.problem) for one in results(tasks("a.yaml", "b.yaml", "c.yaml")).values()]
    assert problems == ["the processes that build CVs cannot be started"] * 3


@contextmanager
def poisoned_machine(jobs: int) -> Iterator[BuildPlace]:
    with this_machine(jobs) as place:
        yield replace(place, work=poisoned)


def test_a_crash_is_reported_as_our_bug(cvtex: Cvtex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cvtex.cli.batch.this_machine", poisoned_machine)
    for name in ("a", "exited"):
        write(f"{name}.yaml")
    said = cvtex("build", "a.yaml", "exited.yaml", "--to", "tex")
    assert said.code == 3
    assert "cvtex met a bug of its own; your files are as they were" in said.err
    assert "not built exited.yaml: cvtex met a bug of its own\n" in said.err
    assert "built 1, up to date 0, failed 1 of 2" in said.err


def test_a_process_that_others_end_is_no_bug(cvtex: Cvtex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cvtex.cli.batch.this_machine", poisoned_machine)
    for name in ("a", "killed"):
        write(f"{name}.yaml")
    said = cvtex("build", "a.yaml", "killed.yaml", "--to", "tex")
    assert said.code == 2
    assert "not built killed.yaml: the process that built it was ended by SIGKILL\n" in said.err


def test_a_directory_without_a_cv_stops_no_other(cvtex: Cvtex) -> None:
    write("people/a/cv.yaml")
    Path("people/templates").mkdir()
    said = cvtex("build", "people/a", "people/templates", "--to", "tex")
    assert said.code == 2
    assert "there is no file `people/templates/cv.yaml`" in said.err
    assert "built 1, up to date 0, failed 1 of 2" in said.err


def which_process(task: Task) -> Done:
    return Done(task.request, BuildState.BUILT, summary=BuildSummary({"pid": os.getpid()}))


def test_a_worker_makes_room_after_many_tasks() -> None:
    cvs = tasks(*(f"{number}.yaml" for number in range(MOST_TASKS + 1)))
    with this_machine(1) as place:
        done = run_batch(cvs, replace(place, most=1, work=which_process))
        pids = [one.summary.report["pid"] for one in done]
    assert len(set(pids[:MOST_TASKS])) == 1
    assert pids[-1] != pids[0]


@pytest.mark.parametrize("name", PRELOADED)
def test_what_is_preloaded_is_there(name: str) -> None:
    assert importlib.util.find_spec(name) is not None


class Counting:
    """Does a task only when it has three of them."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Done], Task]] = []
        self.most = 0

    def submit(self, work: Perform, task: Task) -> Future[Done]:
        future: Future[Done] = Future()
        self.waiting.append((future, task))
        self.most = max(self.most, len(self.waiting))
        if len(self.waiting) == 3:
            self.finish(work)
        return future

    def finish(self, work: Perform) -> None:
        future, task = self.waiting.pop()
        future.set_result(work(task))


def test_few_tasks_are_under_way_at_a_time() -> None:
    counting, taken = Counting(), 0

    def endless() -> Iterator[Task]:
        nonlocal taken
        while True:
            taken += 1
            yield from tasks(f"{taken}.yaml")

    done = run_batch(endless(), BuildPlace(counting.submit, 3, which_process))
    for seen in range(50):
        next(done)
        assert taken - seen <= 3
    assert counting.most == 3
    done.close()
    assert all(future.cancelled() for future, _ in counting.waiting)


def test_what_is_known_needs_no_worker() -> None:
    counting = Counting()
    done = list(run_batch(tasks("a", "b"), BuildPlace(counting.submit, 1, known=which_process)))
    assert [str(one.request.cv) for one in done] == ["a", "b"]
    assert counting.most == 0


@contextmanager
def long_batch(folder: Path, scratch: Path, engine: Engine) -> Iterator[subprocess.Popen[str]]:
    """A batch of 100 CVs, two of which are built."""
    for i in range(100):
        write(f"{folder}/{i}/cv.yaml")
    scratch.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "cvtex", "build", ".", "--jobs", "2", "--engine", engine.name],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(scratch), "CVTEX_CACHE_DIR": str(folder / "cache")},
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        until(lambda: len(list(folder.glob("*/cv.pdf"))) >= 2 or process.poll() is not None)
        yield process
    finally:
        process.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("send", [os.kill, os.killpg], ids=["parent", "terminal"])
@pytest.mark.parametrize("name", ["scratch", "scratch" * 20], ids=["forked", "spawned"])
def test_an_interrupt_leaves_nothing(
    tmp_path: Path,
    pdftex: Engine,
    number: signal.Signals,
    send: Callable[[int, int], None],
    name: str,
) -> None:
    scratch = tmp_path / name  # a long one has no place for the socket of the process to fork from
    with long_batch(tmp_path, scratch, pdftex) as process:
        send(process.pid, number)
        said = process.communicate(timeout=PATIENCE)[1]
    assert process.returncode == 128 + number
    assert "Traceback" not in said
    assert len(list(tmp_path.glob("*/cv.pdf"))) < 100
    if number == signal.SIGINT:
        assert "failed 0 of 100" in said
        assert said.endswith("interrupted; what was not built is as it was\n")
    until(lambda: not running_in(tmp_path))
    assert list(scratch.iterdir()) == []
    assert not list(tmp_path.glob("*/.cv.pdf-*"))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_killed_parent_leaves_no_process(tmp_path: Path, pdftex: Engine) -> None:
    with long_batch(tmp_path, tmp_path / "scratch", pdftex) as process:
        process.kill()
        said = process.communicate(timeout=PATIENCE)[1]
    until(lambda: not running_in(tmp_path))
    assert "Traceback" not in said
    assert len(list(tmp_path.glob("*/cv.pdf"))) < 100


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def running_in(folder: Path) -> list[str]:
    """The processes that have a folder in their environment."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (place / "environ").read_bytes():
                found.append((place / "cmdline").read_text())
        except OSError:
            continue
    return found
