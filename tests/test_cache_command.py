"""`cvtex cache`: what is shown, and that clearing takes nothing else away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Cvtex
from cvtex.support.cache import BUILDS, FORMATS, SHELVES, VARIABLE, Cache

ONE, TWO = "1" * 32, "2" * 32


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    root = tmp_path / "a cache"
    monkeypatch.setenv(VARIABLE, str(root))
    kept = Cache(root)
    kept.write_file(FORMATS, f"{ONE}.fmt", b"x" * 1_500_000)
    kept.write_file(FORMATS, f"{ONE}.json", b"{}")
    kept.write_file(BUILDS, f"{TWO}.json", b"x" * 250_000)
    return kept


def test_what_is_kept(cvtex: Cvtex, cache: Cache) -> None:
    said = cvtex("cache")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == str(cache.root)
    rows = {name: rest for name, *rest in map(str.split, lines[1:])}
    assert set(rows) == {shelf.name for shelf in SHELVES}
    assert rows["formats"] == ["2", "files", "1.5", "MB"]
    assert rows["builds"] == ["1", "file", "0.2", "MB"]


def test_json(cvtex: Cvtex, cache: Cache) -> None:
    report = json.loads(cvtex("cache", "--format", "json").out)
    assert report["path"] == str(cache.root)
    shelves = {shelf.pop("name"): shelf for shelf in report["shelves"]}
    assert shelves["formats"] == {"files": 2, "bytes": 1_500_002, "most": FORMATS.most}
    assert shelves["builds"] == {"files": 1, "bytes": 250_000, "most": BUILDS.most}


def test_clear(cvtex: Cvtex, cache: Cache) -> None:
    assert cache.root is not None
    (cache.root / "notes.txt").write_text("mine")
    (cache.root / "builds/notes.txt").write_text("mine")
    said = cvtex("cache", "clear")
    assert (said.code, said.out) == (0, "")
    assert said.err == f"removed 1.8 MB from {cache.root}\n"
    left = sorted(str(path.relative_to(cache.root)) for path in cache.root.rglob("*"))
    assert left == ["builds", "builds/notes.txt", "notes.txt"]
    assert cvtex("cache", "clear").err == f"removed 0.0 MB from {cache.root}\n"


def test_what_is_no_cache(cvtex: Cvtex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file"))
    for command in (("cache",), ("cache", "clear"), ("cache", "--format", "json")):
        said = cvtex(*command)
        assert said.code == 2
        assert f"`{tmp_path / 'file'}` cannot be read: not a directory" in said.err


def test_a_cache_that_is_not_there(
    cvtex: Cvtex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none"))
    assert "0 files" in cvtex("cache").out
    assert cvtex("cache", "clear").code == 0
    assert not (tmp_path / "none").exists()
