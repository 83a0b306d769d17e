"""`cvtex watch`: what makes a build, what does not, and that nothing is left of it."""

from __future__ import annotations

import io
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from PIL import Image

from conftest import Cvtex
from cvtex.pdf.read import read_pdf
from cvtex.pipeline.usecases.request import Request
from cvtex.pipeline.watch import loop as module
from cvtex.pipeline.watch.file_watcher import FileWatcher
from cvtex.pipeline.watch.loop import WatchedBuild, watch_cv
from cvtex.project.overrides import Overrides
from cvtex.support.cache import Cache
from cvtex.support.clock import epoch_of
from cvtex.tex.engines.engine import Engine
from cvtex.tex.find import find_engine
from cvtex.tex.job import EngineStart
from cvtex.tex.prestart import PrestartedEngine, prestart

ROOT = Path(__file__).parent.parent
PATIENCE = 30.0
"""Seconds to wait for what must come."""

CV = """\
name: Emmy Noether
date: 1935-01-01
sections:
- {kind: text, title: Summary, body: Invariants.}
- {kind: publications, title: Publications}
"""
BIB = "@book{%s, title = {%s}, author = {Noether, Emmy}, year = 1921, publisher = {Springer}}\n"
BROKEN = CV.replace("name:", "nam:")


class Over(Exception):  # noqa: N818  # nothing is wrong: the test is over
    """Ends a watch."""


@dataclass
class Watched:
    """A watch that runs in a thread, and what it has shown."""

    folder: Path
    shown: queue.SimpleQueue[WatchedBuild | Exception] = field(default_factory=queue.SimpleQueue)

    def next(self) -> WatchedBuild:
        """What comes of the next build."""
        made = self.shown.get(timeout=PATIENCE)
        if isinstance(made, Exception):
            raise made
        return made

    def printed(self) -> str:
        """The text of the PDF when the next build has made it."""
        made = self.next()
        assert made.ok, made
        return self.pdf()

    def pdf(self) -> str:
        return "\n".join(page.text for page in read_pdf(self.path("cv.pdf").read_bytes()).pages)

    def path(self, name: str) -> Path:
        return self.folder / name

    def write(self, name: str, text: str) -> None:
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def nothing(self) -> None:
        """Nothing is built, as far as can be told."""
        with pytest.raises(queue.Empty):
            self.shown.get(timeout=0.3)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """A cache that is shared, so that the theme is dumped once."""
    return Cache(tmp_path_factory.mktemp("formats"))


@pytest.fixture
def pdftex(pdftex: Engine) -> Engine:
    """The fastest there is."""
    return find_engine("tinytex") or pdftex


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A CV with a .bib file."""
    made = tmp_path / "a CV"
    made.mkdir()
    (made / "cv.yaml").write_text(CV, encoding="utf-8")
    (made / "refs.bib").write_text(BIB % ("ideal", "Idealtheorie"), encoding="utf-8")
    return made


@pytest.fixture(autouse=True)
def _short_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TICK", 0.2)


@pytest.fixture
def watched(folder: Path, pdftex: Engine, cache: Cache) -> Iterator[Watched]:
    """The CV watched, and built once."""
    with watching(folder, pdftex, cache) as made:
        assert "Idealtheorie" in made.printed()
        yield made


@contextmanager
def watching(folder: Path, engine: Engine, cache: Cache) -> Iterator[Watched]:
    made, over = Watched(folder), threading.Event()
    request = Request(folder / "cv.yaml", overrides=Overrides(values=(("engine", engine.name),)))
    wait = FileWatcher.wait

    def wait_or_end(self: FileWatcher, seconds: float) -> None:
        wait(self, seconds)
        if over.is_set():
            raise Over

    def run() -> None:
        try:
            watch_cv(request, cache, made.shown.put)
        except Exception as error:  # noqa: BLE001  # the test has it
            made.shown.put(error)

    thread = threading.Thread(target=run, daemon=True)
    with mock.patch.object(FileWatcher, "wait", wait_or_end):
        thread.start()
        yield made
        over.set()
        patience = time.monotonic() + PATIENCE
        while thread.is_alive() and time.monotonic() < patience:
            (folder / "over").touch()  # an event, unless the folders are just being changed
            thread.join(0.2)
    assert not thread.is_alive()


def save(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def save_by_renaming(path: Path, text: str) -> None:
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def save_with_backup(path: Path, text: str) -> None:
    backup = path.with_name(f"{path.name}~")
    path.replace(backup)
    time.sleep(0.02)
    path.write_text(text, encoding="utf-8")
    backup.unlink()


def save_slowly(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        time.sleep(0.05)
        file.write(text)


SAVES = [save, save_by_renaming, save_with_backup, save_slowly]


def test_every_way_of_saving(watched: Watched) -> None:
    for way in SAVES:
        way(watched.path("cv.yaml"), CV.replace("Invariants", way.__name__))
        assert way.__name__.replace("_", "") in watched.printed().replace("_", "")
        assert watched.shown.empty()
    save(watched.path("refs.bib"), BIB % ("ideal", "Hyperkomplexe Systeme"))
    assert "Hyperkomplexe" in watched.printed()


def test_an_image(watched: Watched) -> None:
    watched.path("me.png").write_bytes(picture("white"))
    watched.write("cv.yaml", f"{CV}photo: me.png\n")
    watched.printed()
    before = watched.path("cv.pdf").read_bytes()
    watched.path("me.png").write_bytes(picture("black"))
    watched.printed()
    assert watched.path("cv.pdf").read_bytes() != before
    watched.path("me.png").unlink()
    made = watched.next()
    assert made.result is not None
    assert "`me.png` cannot be read" in made.result.diagnostics[0].message


def picture(colour: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 40), colour).save(data, "PNG")
    return data.getvalue()


def test_a_theme_beside_the_cv(watched: Watched) -> None:
    mine = watched.path("templates/mine")
    watched.write("cv.yaml", f"{CV}theme: mine\n")
    assert not watched.next().ok
    shutil.copytree(ROOT / "templates/classic", watched.path("new"))
    mine.parent.mkdir()
    watched.path("new").rename(mine)
    watched.printed()
    style = mine / "cvtex-classic.sty"
    with style.open("a", encoding="utf-8") as file:
        file.write("\\AtBeginDocument{Watched.\\par}\n")
    assert "Watched." in watched.printed()
    manifest = (mine / "theme.yaml").read_text(encoding="utf-8")
    save(mine / "theme.yaml", "name: [")
    assert "theme.yaml" in str(watched.next().problem)
    save(mine / "theme.yaml", manifest)
    assert "Watched." in watched.printed()
    style.rename(style.with_suffix(".away"))
    assert "cvtex-classic.sty" in str(watched.next().problem)
    style.with_suffix(".away").rename(style)
    assert "Watched." in watched.printed()


def test_a_broken_file_leaves_the_last_good_pdf(watched: Watched) -> None:
    before = watched.path("cv.pdf").read_bytes()
    watched.write("cv.yaml", BROKEN)
    made = watched.next()
    assert made.result is not None
    assert not made.ok
    assert "nam" in made.result.diagnostics[0].message
    assert watched.path("cv.pdf").read_bytes() == before
    watched.write("refs.bib", BIB % ("ideal", "Changed meanwhile"))
    assert not watched.next().ok
    watched.write("cv.yaml", CV)
    assert "Changed meanwhile" in watched.printed()


def test_a_bib_file_that_is_named_later(watched: Watched) -> None:
    watched.write("cv.yaml", f"{CV}bibliography: {{files: [refs.bib, more/new.bib]}}\n")
    made = watched.next()
    assert made.result is not None
    assert "new.bib" in made.result.diagnostics[0].message
    watched.write("more/new.bib", BIB % ("later", "Nichtkommutative Algebra"))
    assert "Nichtkommutative Algebra" in watched.printed()
    watched.write("more/new.bib", BIB % ("later", "Differentenschnitt"))
    assert "Differentenschnitt" in watched.printed()


def test_a_bib_file_that_is_read_when_it_is_there(watched: Watched) -> None:
    watched.path("refs.bib").unlink()
    watched.next()
    watched.write("refs.bib", BIB % ("ideal", "Wieder da"))
    assert "Wieder da" in watched.printed()


def test_a_cv_that_is_gone_for_a_while(watched: Watched) -> None:
    watched.path("cv.yaml").unlink()
    made = watched.next()
    assert made.problem is not None
    assert "there is no file" in made.problem.message
    assert watched.path("cv.pdf").exists()
    watched.write("cv.yaml", CV.replace("Invariants", "Again"))
    assert "Again" in watched.printed()


def test_a_folder_that_is_replaced(watched: Watched) -> None:
    copy = watched.folder.with_name("copy")
    shutil.copytree(watched.folder, copy)
    watched.folder.rename(watched.folder.with_name("old"))
    copy.rename(watched.folder)
    watched.write("cv.yaml", CV.replace("Invariants", "Replaced"))
    while "Replaced" not in watched.pdf():
        watched.next()


@pytest.mark.skipif(sys.platform == "win32", reason="links want a permission there")
def test_links(folder: Path, pdftex: Engine, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TICK", PATIENCE)  # events alone
    for name in ("one", "two"):
        (folder.parent / name).mkdir()
        (folder.parent / name / "refs.bib").write_text(BIB % ("b", f"Title {name}"))
    (folder / "refs.bib").unlink()
    (folder / "refs.bib").symlink_to("../one/refs.bib")
    with watching(folder, pdftex, cache) as watched:
        assert "Title one" in watched.printed()
        time.sleep(0.3)  # until the folders are watched
        (folder.parent / "one/refs.bib").write_text(BIB % ("b", "Title three"))
        assert "Title three" in watched.printed()
        (folder / "new").symlink_to("../two/refs.bib")
        (folder / "new").rename(folder / "refs.bib")
        assert "Title two" in watched.printed()


def test_what_makes_no_build(watched: Watched) -> None:
    watched.path("cv.pdf").touch()
    watched.path("cv.pdf").write_bytes(b"%PDF-")
    watched.write("cv.yaml~", "backup")
    watched.write("cv.yaml", CV)
    watched.path("refs.bib").touch()
    watched.nothing()
    watched.path("refs.bib").chmod(0)
    watched.path("refs.bib").chmod(0o644)
    watched.nothing()


def test_a_pdf_that_is_gone_is_made_again(watched: Watched) -> None:
    watched.path("cv.pdf").unlink()
    assert "Idealtheorie" in watched.printed()
    watched.nothing()


def test_no_engine_any_more(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cvtex.writers.pdf.typeset.find_engines", lambda: ())
    watched.write("cv.yaml", CV.replace("Invariants", "One"))
    assert "not installed" in str(watched.next().problem)
    monkeypatch.undo()
    watched.write("cv.yaml", CV.replace("Invariants", "Two"))
    assert "Two" in watched.printed()


def test_a_cv_that_is_broken_from_the_start(folder: Path, pdftex: Engine, cache: Cache) -> None:
    (folder / "cv.yaml").write_text(BROKEN, encoding="utf-8")
    with watching(folder, pdftex, cache) as watched:
        assert not watched.next().ok
        watched.write("cv.yaml", CV)
        assert "Idealtheorie" in watched.printed()


def test_what_cannot_be_built_at_all(cvtex: Cvtex) -> None:
    said = cvtex("watch", "nowhere.yaml")
    assert (said.code, "there is no file `nowhere.yaml`" in said.err) == (2, True)
    Path("folder").mkdir()
    assert cvtex("watch", "folder").code == 2


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> queue.SimpleQueue[PrestartedEngine]:
    """The engines that have been started to wait."""
    engines: queue.SimpleQueue[PrestartedEngine] = queue.SimpleQueue()

    @contextmanager
    def noted(start: EngineStart | None, cache: Cache) -> Iterator[PrestartedEngine | None]:
        with prestart(start, cache) as prestarted:
            if prestarted is not None:
                engines.put(prestarted)
            yield prestarted

    monkeypatch.setattr("cvtex.pipeline.watch.loop.prestart", noted)
    return engines


def test_the_engine_waits_for_the_next_build(
    started: queue.SimpleQueue[PrestartedEngine], watched: Watched
) -> None:
    first = started.get(timeout=PATIENCE)
    watched.write("cv.yaml", CV.replace("Invariants", "Fed"))
    assert "Fed" in watched.printed()
    assert first.running.process.returncode == 0
    second = started.get(timeout=PATIENCE)
    second.running.process.kill()
    third = started.get(timeout=PATIENCE)
    watched.write("cv.yaml", CV.replace("Invariants", "Fed again"))
    assert "Fed again" in watched.printed()
    assert third.running.process.returncode == 0
    assert not any(prestarted.folder.exists() for prestarted in (first, second, third))
    fourth = started.get(timeout=PATIENCE)
    watched.write("cv.yaml", f"{CV}theme: {{font_size: 12pt}}\n")
    watched.printed()
    assert started.get(timeout=PATIENCE).start.format != fourth.start.format


def test_an_engine_that_keeps_dying_is_given_up(
    started: queue.SimpleQueue[PrestartedEngine], watched: Watched
) -> None:
    for _ in range(module.MOST_DEATHS):
        started.get(timeout=PATIENCE).running.process.kill()
    with pytest.raises(queue.Empty):
        started.get(timeout=0.5)
    watched.write("cv.yaml", CV.replace("Invariants", "All the same"))
    assert "All the same" in watched.printed()


def test_another_day_is_another_engine(
    folder: Path,
    pdftex: Engine,
    cache: Cache,
    started: queue.SimpleQueue[PrestartedEngine],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (folder / "cv.yaml").write_text(CV.replace("date: 1935-01-01\n", ""), encoding="utf-8")
    with watching(folder, pdftex, cache) as watched:
        watched.printed()
        started.get(timeout=PATIENCE)
        tomorrow = date(2099, 1, 1)
        monkeypatch.setattr(module, "today", lambda: tomorrow)
        assert started.get(timeout=PATIENCE).start.epoch == epoch_of(tomorrow)


LINUX = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")


@LINUX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_a_signal_leaves_nothing(
    folder: Path, tmp_path: Path, pdftex: Engine, number: signal.Signals, code: int
) -> None:
    with process(folder, tmp_path, pdftex, "--no-cache") as running:
        assert "built cv.pdf: 1 page, " in line(running)
        (folder / "cv.yaml").write_text(BROKEN, encoding="utf-8")
        assert "not built: " in line(running)
        while "hint" not in line(running):
            pass
        engines = until(lambda: children(running.pid))
        running.send_signal(number)
        assert running.wait(PATIENCE) == code
        rest = running.stderr.read() if running.stderr else ""
    assert "Traceback" not in rest
    assert until(lambda: not any(map(is_running, engines)))
    assert not list((tmp_path / "scratch").iterdir())
    assert sorted(path.name for path in folder.iterdir()) == ["cv.pdf", "cv.yaml", "refs.bib"]


@LINUX
def test_an_engine_does_not_outlive_a_watch_that_is_killed(
    folder: Path, tmp_path: Path, pdftex: Engine
) -> None:
    with process(folder, tmp_path, pdftex) as running:
        assert "built cv.pdf" in line(running)
        engines = until(lambda: children(running.pid))
        running.kill()
        running.wait(PATIENCE)
    assert until(lambda: not any(map(is_running, engines)))


@contextmanager
def process(
    folder: Path, tmp_path: Path, engine: Engine, *options: str
) -> Iterator[subprocess.Popen[str]]:
    """`cvtex watch` as a process of its own."""
    (tmp_path / "scratch").mkdir()
    command = [sys.executable, "-m", "cvtex", "watch", "--engine", engine.name, *options]
    environment = {**os.environ, "TMPDIR": str(tmp_path / "scratch"), "PYTHONUTF8": "1"}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stderr=subprocess.PIPE, encoding="utf-8"
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def line(running: subprocess.Popen[str]) -> str:
    assert running.stderr is not None
    read = running.stderr.readline()
    assert read, "it has ended"
    return read


def until(found: Callable[[], Any]) -> Any:
    """What is found as soon as it is something."""
    for _ in range(int(PATIENCE / 0.05)):
        if result := found():
            return result
        time.sleep(0.05)
    return found()


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().split()[2]
