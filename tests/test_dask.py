"""The batch on a Dask cluster: a real scheduler and two workers, on this machine only."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from conftest import Cvtex
from cvtex.tex.engines.engine import Engine

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="distributed is not installed"
)

PATIENCE = 60.0
GOOD = "name: Emmy Noether\nsections:\n- {kind: text, title: Summary, body: Invariants.}\n"
BAD = "name: Emmy Noether\nheadlin: x\nsections: []\n"


@contextmanager
def member(kind: str, folder: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """A scheduler or a worker that keeps to this machine."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--host", "127.0.0.1"]
    command += ["--port", "0"] if kind == "scheduler" else ["--no-nanny", "--nthreads", "1"]
    command += ["--scheduler-file", str(folder / "scheduler.json"), "--no-dashboard", *options]
    with (folder / f"{kind}.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def address(folder: Path) -> str:
    """Where the scheduler answers, once it has said so."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        time.sleep(0.05)
        try:
            return str(json.loads((folder / "scheduler.json").read_text())["address"])
        except (OSError, ValueError):
            continue
    pytest.fail((folder / "scheduler.log").read_text())


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("cluster")
    with ExitStack() as stack:
        stack.enter_context(member("scheduler", folder))
        found = address(folder)
        for _ in range(2):
            stack.enter_context(member("worker", folder))
        yield found


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)


def test_a_batch_on_two_workers(cvtex: Cvtex, cluster: str, pdftex: Engine) -> None:
    for number in range(5):
        write(f"people/{number}/cv.yaml", GOOD)
    write("people/bad/cv.yaml", BAD)
    options = ("--scheduler", cluster, "--engine", pdftex.name)
    said = cvtex("build", "people", "people/gone.yaml", *options)
    assert said.code == 2, said.err
    assert "error[CV103]: unknown key `headlin`" in said.err
    assert "people/gone.yaml: there is no file" in said.err
    assert "where files must have the same paths as here" in said.err
    assert "built 5, up to date 0, failed 2 of 7" in said.err
    assert sorted(path.parent.name for path in Path().glob("people/*/cv.pdf")) == list("01234")

    again = cvtex("build", "people", *options, "--format", "json")
    assert again.code == 1
    reports = {Path(report["cv"]).parent.name: report for report in json.loads(again.out)}
    assert {name for name, report in reports.items() if report["up_to_date"]} == set("01234")
    assert reports["bad"]["diagnostics"][0]["code"] == "CV103"


def test_a_scheduler_that_dies(
    cvtex: Cvtex, tmp_path: Path, pdftex: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cvtex.pipeline.batch.cluster.PATIENCE", 2)  # so long it is looked for
    for number in range(30):
        write(f"people/{number}/cv.yaml", GOOD)
    with member("scheduler", tmp_path) as scheduler, member("worker", tmp_path):
        found = address(tmp_path)
        killer = threading.Thread(target=end_behind_the_first, args=(scheduler,))
        killer.start()
        said = cvtex("build", "people", "--scheduler", found, "--engine", pdftex.name)
        killer.join()
    assert said.code == 2, said.err
    assert said.err.count("the scheduler is gone") + said.out.count("\n") == 30
    assert said.err.count("what is up to date is not built twice") == 1
    assert "Traceback" not in said.err


def end_behind_the_first(process: subprocess.Popen[bytes]) -> None:
    """End a process when the first CV is built."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not any(Path().glob("people/*/cv.pdf")):
        time.sleep(0.01)
    process.kill()


def test_no_scheduler(cvtex: Cvtex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cvtex.pipeline.batch.cluster.PATIENCE", 0.2)
    write("cv.yaml", GOOD)
    for nowhere in ("tcp://127.0.0.1:1", "nonsense"):
        said = cvtex("build", "--scheduler", nowhere)
        assert said.code == 2
        assert f"no Dask scheduler answers at `{nowhere}`" in said.err


def test_no_workers(cvtex: Cvtex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cvtex.pipeline.batch.cluster.PATIENCE", 0.5)
    write("cv.yaml", GOOD)
    with member("scheduler", tmp_path):
        found = address(tmp_path)
        said = cvtex("build", "--scheduler", found)
    assert said.code == 2
    assert f"the scheduler at `{found}` has no workers" in said.err
    assert not Path("cv.pdf").exists()


@pytest.mark.parametrize(
    ("preload", "has"),
    [
        ("import cvtex\ncvtex.__version__ = '0.0.0'", "cvtex 0.0.0"),
        ("import sys\nsys.modules['cvtex'] = None", "no cvtex"),
    ],
)
def test_another_version(cvtex: Cvtex, tmp_path: Path, preload: str, has: str) -> None:
    write("cv.yaml", GOOD)
    (tmp_path / "other.py").write_text(preload)
    with (
        member("scheduler", tmp_path),
        member("worker", tmp_path, "--preload", str(tmp_path / "other.py")),
    ):
        said = cvtex("build", "--scheduler", address(tmp_path))
    assert said.code == 2
    assert has in said.err
    assert "pip install cvtex==" in said.err
    assert not Path("cv.pdf").exists()


def test_without_dask(cvtex: Cvtex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    write("cv.yaml", GOOD)
    said = cvtex("build", "--scheduler", "tcp://127.0.0.1:1")
    assert said.code == 2
    assert "pip install 'cvtex[dask]'" in said.err
