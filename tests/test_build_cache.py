"""A build of nothing: when it is none, and that `--force` makes it one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from conftest import installed_engine
from cvtex.pipeline.persistence.fingerprints import RecordingReader
from cvtex.pipeline.usecases.build import build_cv
from cvtex.pipeline.usecases.build_cache import fresh_report, last_build, remember
from cvtex.pipeline.usecases.request import Request
from cvtex.project.overrides import Overrides
from cvtex.report.machine import result_object
from cvtex.support.cache import FORMATS, Cache
from cvtex.support.codec import decode, encode
from cvtex.tex.engines.engine import Engine
from cvtex.tex.formats import FormatRecord
from cvtex.writers.draft import Means

CV = """\
name: Emmy Noether
sections:
- {kind: text, title: T, body: A reader}
- {kind: publications, title: P}
"""
BIB = "@misc{a, author={Noether, Emmy}, title={Ideals}, year=1921}\n"
LONG_AGO = (1_500_000_000, 1_500_000_000)


@pytest.fixture
def built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Cache, pdftex: Engine
) -> Callable[[], bool]:
    """Builds in a folder with a CV, and says whether there was anything to do."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("cv.yaml", CV), ("refs.bib", BIB)):
        Path(name).write_text(text, encoding="utf-8")
        os.utime(name, LONG_AGO)
    request = Request(Path("cv.yaml"), overrides=Overrides(values=(("engine", pdftex.name),)))

    def run() -> bool:
        record = last_build(request, cache)
        if record is not None and fresh_report(record, cache) is not None:
            return False
        reads = RecordingReader()
        result = build_cv(request, Means(cache), reads)
        assert result.ok
        remember(request, cache, result, reads, result_object(result))
        return True

    assert run()
    assert not run()
    return run


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    return Cache(tmp_path_factory.mktemp("cache"))


def replaced(name: str, data: bytes) -> None:
    """Other bytes, as many, in a file of the same name and time."""
    path, stat = Path(name), Path(name).stat()
    path.write_bytes(data)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert path.stat().st_size == stat.st_size


def test_what_is_no_change(built: Callable[[], bool]) -> None:
    for name in ("cv.yaml", "refs.bib", "cv.pdf"):
        Path(name).touch()
    Path("notes.txt").touch()
    assert not built()


@pytest.mark.parametrize(
    ("name", "old", "new"), [("cv.yaml", "reader", "leader"), ("refs.bib", "Ideals", "Fields")]
)
def test_an_input_of_the_same_size_and_time(
    built: Callable[[], bool], name: str, old: str, new: str
) -> None:
    replaced(name, Path(name).read_bytes().replace(old.encode(), new.encode()))
    assert built()


def test_an_output_that_is_spoilt(built: Callable[[], bool]) -> None:
    replaced("cv.pdf", bytes(Path("cv.pdf").stat().st_size))
    assert built()
    Path("cv.pdf").unlink()
    assert built()


def test_a_link_in_the_place_of_the_output_leads_where_it_did(built: Callable[[], bool]) -> None:
    Path("web").mkdir()
    Path("cv.pdf").unlink()
    Path("cv.pdf").symlink_to("web/mine.pdf")
    assert built()
    assert Path("cv.pdf").is_symlink()
    assert Path("web/mine.pdf").read_bytes().startswith(b"%PDF-")
    assert not built()


def test_a_package_that_went_into_the_format(built: Callable[[], bool], cache: Cache) -> None:
    assert cache.root is not None
    for path in cache.root.glob("formats/*.record"):
        data = cache.read(FORMATS, path.name)
        assert data is not None
        record = decode(data, FormatRecord)
        inputs = {"/gone.sty": (1, 2), **record.inputs}
        cache.write(FORMATS, path.name, encode(replace(record, inputs=inputs)))
    assert built()
    assert not built()


def test_another_tree_of_packages(
    built: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXMFHOME", "/elsewhere")
    assert built()


@pytest.mark.parametrize("name", ["xelatex", "lualatex"])
def test_a_package_that_an_engine_without_format_read(
    name: str, tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    engine = installed_engine(name)
    Path("cv.yaml").write_text(CV.partition("- {kind: pub")[0], encoding="utf-8")
    request = Request(Path("cv.yaml"), overrides=Overrides(values=(("engine", engine.name),)))
    result = build_cv(request, Means(cache))
    remember(request, cache, result, RecordingReader(), result_object(result))
    record = last_build(request, cache)
    assert record is not None
    assert any(path.endswith("/article.cls") for path in record.packages)
    assert fresh_report(record, cache) is not None
    updated = {
        path: (1, 2) if path.endswith("/article.cls") else known
        for path, known in record.packages.items()
    }
    assert fresh_report(replace(record, packages=updated), cache) is None
