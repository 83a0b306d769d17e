"""Dumped preambles and engines that wait: the same PDF, the same errors, and nothing left over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from conftest import installed_engine
from cvtex.diagnostics.diagnostic import Sink
from cvtex.pipeline.usecases.check import check
from cvtex.pipeline.usecases.request import Request
from cvtex.support.cache import FORMATS, Cache
from cvtex.support.codec import decode, encode
from cvtex.tex.engines.engine import Engine
from cvtex.tex.events import TexError
from cvtex.tex.formats import FormatRecord, body_of, dumping, find_format, preamble_of
from cvtex.tex.job import EngineStart, Job, Outcome
from cvtex.tex.prestart import prestart
from cvtex.tex.run import run
from cvtex.writers.latex.write import tex_file
from cvtex.writers.pdf.findings import MAIN

EPOCH = 1_700_000_000
REFERENCE = Path(__file__).parents[1] / "cv.yaml"


@pytest.fixture(scope="session")
def job() -> Job:
    checked = check(Request(REFERENCE), Sink())
    assert checked is not None
    return Job({MAIN: tex_file(checked).text.encode(), **checked.theme.files()}, MAIN, EPOCH)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "a cache")


def with_format(job: Job, engine: Engine, cache: Cache) -> Job:
    preamble = preamble_of(engine, job.files[MAIN].decode(), theme_files(job))
    assert preamble is not None
    assert find_format(cache, preamble.key(engine)) is None
    with dumping(cache, engine, preamble):
        pass
    made = find_format(cache, preamble.key(engine))
    assert made is not None
    return replace(job, format=made)


def theme_files(job: Job) -> dict[str, bytes]:
    return {name: data for name, data in job.files.items() if name != MAIN}


def fed(job: Job, engine: Engine) -> Outcome:
    assert job.format is not None
    start = EngineStart(engine.name, job.format.stem, EPOCH, MAIN)
    with prestart(start, Cache(job.format.parents[1])) as prestarted:
        return run(engine, job, prestarted)


def test_the_pdf_is_the_same_to_the_byte(pdftex: Engine, job: Job, cache: Cache) -> None:
    plain, dumped = run(pdftex, job), with_format(job, pdftex, cache)
    assert plain.pdf is not None
    assert run(pdftex, dumped).pdf == plain.pdf
    assert fed(dumped, pdftex).pdf == plain.pdf


def test_an_error_is_at_the_same_line(pdftex: Engine, job: Job, cache: Cache) -> None:
    dumped = with_format(job, pdftex, cache)
    broken = job.files[MAIN].replace(b"\\cvsection{", b"\\cvsectoin{", 1)
    line = broken[: broken.index(b"\\cvsectoin")].count(b"\n") + 1
    bad = replace(dumped, files={**job.files, MAIN: broken})
    for outcome in (run(pdftex, bad), fed(bad, pdftex)):
        (error,) = (event for event in outcome.events if isinstance(event, TexError))
        assert (outcome.pdf, error.line, error.command) == (None, line, "\\cvsectoin")


def test_what_is_left_of_a_file_stands_in_its_lines() -> None:
    tex = "\\documentclass{article}\n\\usepackage{x}\n\\begin{document}\nHi\n\\end{document}\n"
    assert body_of(tex) == "%\n%\n\\begin{document}\nHi\n\\end{document}\n"
    assert body_of(tex, begun=True) == "%\n%\n%\nHi\n\\end{document}\n"


def test_a_damaged_format_does_no_harm(pdftex: Engine, job: Job, cache: Cache) -> None:
    dumped = with_format(job, pdftex, cache)
    assert dumped.format is not None
    data = dumped.format.read_bytes()
    dumped.format.write_bytes(data[: len(data) // 2] + bytes(len(data) - len(data) // 2))
    assert (run(pdftex, dumped).pages, run(pdftex, dumped).dumped) == (3, False)
    assert fed(dumped, pdftex).pages == 3
    assert {path.suffix for path in dumped.format.parent.iterdir()} == {".fmt", ".record"}
    dumped.format.write_bytes(data[:1000])
    preamble = preamble_of(pdftex, job.files[MAIN].decode(), theme_files(job))
    assert preamble is not None
    assert find_format(cache, preamble.key(pdftex)) is None


def test_another_theme_or_option_is_another_format(pdftex: Engine, job: Job) -> None:
    tex, files = job.files[MAIN].decode(), theme_files(job)
    name = next(iter(files))
    made = [
        preamble_of(pdftex, tex, files),
        preamble_of(pdftex, tex, {**files, name: files[name] + b"%"}),
        preamble_of(pdftex, tex.replace("fontsize=10pt", "fontsize=11pt"), files),
    ]
    assert len({preamble.key(pdftex) for preamble in made if preamble}) == 3


def test_other_trees_of_packages_give_another_format(
    pdftex: Engine, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    preamble = preamble_of(pdftex, job.files[MAIN].decode(), theme_files(job))
    assert preamble is not None
    system, own = replace(pdftex, own_tree=False), replace(pdftex, own_tree=True)
    before = preamble.key(system), preamble.key(own)
    monkeypatch.setenv("TEXMFHOME", "/elsewhere")
    assert preamble.key(system) != before[0]
    assert preamble.key(own) == before[1]


def test_a_format_made_of_changed_files_is_not_used(pdftex: Engine, job: Job, cache: Cache) -> None:
    dumped = with_format(job, pdftex, cache)
    assert dumped.format is not None
    name = f"{dumped.format.stem}.record"
    data = cache.read(FORMATS, name)
    assert data is not None
    record = decode(data, FormatRecord)
    inputs = {"/gone.sty": (1, 2), **record.inputs}
    cache.write(FORMATS, name, encode(replace(record, inputs=inputs)))
    assert find_format(cache, dumped.format.stem) is None


def test_a_package_that_appears_where_tex_looks_first_makes_another_format(
    job: Job, cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = installed_engine("pdflatex")  # the pip-installed one has no trees of the user
    monkeypatch.setenv("TEXMFHOME", str(tmp_path / "texmf"))
    dumped = with_format(job, engine, cache).format
    assert dumped is not None
    assert find_format(cache, dumped.stem) == dumped
    (tmp_path / "texmf/tex/latex").mkdir(parents=True)
    assert find_format(cache, dumped.stem) is None
    with_format(job, engine, cache)
    assert find_format(cache, dumped.stem) == dumped
    (tmp_path / "texmf/tex/latex/amsmath.sty").touch()
    assert find_format(cache, dumped.stem) is None


def test_several_may_dump_at_once(pdftex: Engine, job: Job, cache: Cache) -> None:
    preamble = preamble_of(pdftex, job.files[MAIN].decode(), theme_files(job))
    assert preamble is not None
    with dumping(cache, pdftex, preamble), dumping(cache, pdftex, preamble):
        pass
    assert find_format(cache, preamble.key(pdftex)) is not None
    assert sorted(path.suffix for path in (cache.root or Path()).rglob("*.*")) == [
        ".fmt",
        ".record",
    ]


def test_a_format_is_kept_unpacked(pdftex: Engine, job: Job, cache: Cache) -> None:
    dumped = with_format(job, pdftex, cache)
    assert dumped.format is not None
    assert not dumped.format.read_bytes().startswith(b"\x1f\x8b")  # as gzip's files begin


def test_a_cache_that_cannot_be_written_keeps_nothing(
    pdftex: Engine, job: Job, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    preamble = preamble_of(pdftex, job.files[MAIN].decode(), theme_files(job))
    assert preamble is not None
    cache = Cache(tmp_path / "file")
    with dumping(cache, pdftex, preamble):
        pass
    assert find_format(cache, preamble.key(pdftex)) is None


def test_the_longest_unused_go_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    shelf = replace(FORMATS, most=25)
    for i in range(4):
        cache.write_file(shelf, f"{i:032}", bytes(10))
        os.utime(tmp_path / f"formats/{i:032}", (i, i))
        if i == 1:
            os.utime(tmp_path / f"formats/{0:032}", (9, 9))
    assert sorted(int(path.name) for path in (tmp_path / "formats").iterdir()) == [0, 3]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of Unix")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_an_engine_that_waits_does_not_outlive_us(
    pdftex: Engine, job: Job, cache: Cache, tmp_path: Path, number: signal.Signals
) -> None:
    made = with_format(job, pdftex, cache).format
    assert made is not None
    code = (
        "import sys, time\nfrom pathlib import Path\n"
        "from cvtex.support.cache import Cache\nfrom cvtex.tex.job import EngineStart\n"
        "from cvtex.tex.prestart import prestart\n"
        f"cache = Cache(Path({str(cache.root)!r}))\n"
        f"start = EngineStart({pdftex.name!r}, {made.stem!r}, 0, 'cv.tex')\n"
        "with prestart(start, cache) as prestarted:\n"
        "    print(prestarted.running.process.pid, flush=True)\n    time.sleep(60)\n"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as process:
        assert process.stdout is not None
        engine = int(process.stdout.readline())
        process.send_signal(number)
        process.wait(20)
    assert not is_running(engine)
    assert not list(tmp_path.glob("cvtex-*"))


def is_running(pid: int) -> bool:
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.1)
    return True
