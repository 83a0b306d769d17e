"""Files of the cache that are damaged, foreign or hostile: each is a miss, and nothing is run."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from cvtex.diagnostics.diagnostic import Sink
from cvtex.lint.selection import RuleSelection
from cvtex.pipeline.persistence.fingerprints import RecordingReader
from cvtex.pipeline.usecases.build import build_cv
from cvtex.pipeline.usecases.build_cache import fresh_report, last_build, remember
from cvtex.pipeline.usecases.lint_cache import lint_again
from cvtex.pipeline.usecases.request import Request
from cvtex.project.bibliography import read_bibliography
from cvtex.report.machine import diagnostics_json, result_object
from cvtex.source import Source
from cvtex.support import cache as cache_module
from cvtex.support.cache import BIBLIOGRAPHIES, BUILDS, FORMATS, NOTHING_KEPT, Cache, Shelf
from cvtex.tex.formats import find_format, keep_format
from cvtex.writers.draft import Means
from cvtex.writers.registry import find_writer

CV = "name: Emmy Noether\nheadline: The the\nsections:\n- {kind: publications, title: P}\n"
BIB = r"""
@string{ma = "Math. Ann."}
@article{noether1921, author = {N{\"o}ether, Emmy}, title = {On $x^2$ \emph{ideals}},
  journal = ma # { 83}, date = {1921-03/1921-05}, doi = {10.1007/x}}
@misc{a, author = {Yi, K}, title = {\foo}}
"""


def read_bib(cache: Cache) -> str:
    sink = Sink()
    found = read_bibliography([Source("refs.bib", BIB)], sink, cache)
    return repr(found) + diagnostics_json(sink.found)


def lint(cache: Cache) -> str:
    return diagnostics_json(lint_again(Request(Path("cv.yaml")), RuleSelection(), cache))


def build(cache: Cache) -> str:
    """Build the .tex file unless the record says that it is up to date; return its text."""
    request = Request(Path("cv.yaml"), writer=find_writer("tex"))
    record = last_build(request, cache)
    if record is None or fresh_report(record, cache) is None:
        reads = RecordingReader()
        result = build_cv(request, Means(cache), reads)
        remember(request, cache, result, reads, result_object(result))
    return request.target().read_text(encoding="utf-8")


KEY = "0" * 32


class Entries(Struct, frozen=True):
    """A way to fill a shelf; its result must not depend on what the cache holds."""

    shelf: Shelf
    result: Callable[[Cache], str]


ALL = (Entries(BIBLIOGRAPHIES, read_bib), Entries(BUILDS, lint), Entries(BUILDS, build))


@pytest.fixture(params=ALL, ids=["bibliography", "lint", "build"])
def entries(request: pytest.FixtureRequest) -> Entries:
    found: Entries = request.param
    return found


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    monkeypatch.chdir(tmp_path)
    Path("cv.yaml").write_text(CV, encoding="utf-8")
    Path("refs.bib").write_text(BIB, encoding="utf-8")
    return Cache(tmp_path / "cache")


class Bomb:
    """Runs a command when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("ran",)


@pytest.fixture
def dumped(cache: Cache) -> tuple[str, Path]:
    """Store a format that no engine made; find_format looks at nothing but the cache."""
    data = bytes(range(256)) * 40
    keep_format(cache, KEY, data, {})
    path = find_format(cache, KEY)
    assert path is not None
    return KEY, path


def nested(begin: bytes, depth: int = 100_000) -> bytes:
    return begin * depth + b"\xc0"


HOSTILE = {
    "empty": b"",
    "pickle": pickle.dumps(Bomb()),
    "old pickle": pickle.dumps(Bomb(), protocol=0),
    "a pickle of ours": b"\x80\x04ccvtex.support.processes\nstart\n(S'mkdir ran'\ntR.",
    "null": msgspec.msgpack.encode(None),
    "number": msgspec.msgpack.encode(1),
    "list": msgspec.msgpack.encode([[1], "two"]),
    "map": msgspec.msgpack.encode({"bibliography": 1, "findings": [{}], "inputs": 1}),
    "json": b'{"inputs": {"x": 1}, "report": {"findings": [1]}}',
    "not Unicode": b"\xa4\xff\xff\xff\xff",
    "nested lists": nested(b"\x91"),
    "nested maps": nested(b"\x81\xa1a"),
    "nested inlines": nested(b"\x82\xa4type\xa4Emph\xa8children\x91"),
    "nested JSON": b"[" * 100_000,
    "more than there is": b"\xdd\xff\xff\xff\xff",
}


def stored(cache: Cache, shelf: Shelf) -> Iterator[Path]:
    assert cache.root is not None
    yield from sorted((cache.root / shelf.name).iterdir())


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_foreign_bytes_are_a_miss(
    cache: Cache, entries: Entries, data: bytes, *, sealed: bool
) -> None:
    expected = entries.result(NOTHING_KEPT)
    assert entries.result(cache) == expected
    for path in stored(cache, entries.shelf):
        if sealed:
            cache.write(entries.shelf, path.name, data)
        else:
            path.write_bytes(data)
        assert entries.result(cache) == expected
        assert path.read_bytes() != data
    assert not Path("ran").exists()


def test_bytes_of_another_entry_are_a_miss(cache: Cache) -> None:
    made = [(entries, entries.result(cache)) for entries in ALL]
    paths = [path for shelf in (BIBLIOGRAPHIES, BUILDS) for path in stored(cache, shelf)]
    contents = [path.read_bytes() for path in paths]
    for path, data in zip(paths, contents[1:] + contents[:1], strict=True):
        path.write_bytes(data)
    assert [(entries, entries.result(cache)) for entries in ALL] == made


def test_bytes_of_another_version_are_a_miss(
    cache: Cache, entries: Entries, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries.result(cache)
    (path,) = stored(cache, entries.shelf)
    monkeypatch.setattr(cache_module, "this_program", lambda: "1.0")
    assert cache.read(entries.shelf, path.name) is None


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_foreign_record_of_a_format_is_a_miss(
    cache: Cache, dumped: tuple[str, Path], data: bytes, *, sealed: bool
) -> None:
    key, path = dumped
    if sealed:
        cache.write(FORMATS, f"{key}.record", data)
    else:
        path.with_suffix(".record").write_bytes(data)
    assert find_format(cache, key) is None
    assert not Path("ran").exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:0],
        lambda data: data[:-1],
        lambda data: data + b"\0",
        lambda data: data[:5000] + bytes([data[5000] ^ 1]) + data[5001:],
        lambda data: data[::-1],
    ],
)
def test_a_damaged_format_is_a_miss(
    cache: Cache, dumped: tuple[str, Path], damage: Callable[[bytes], bytes]
) -> None:
    key, path = dumped
    damaged = path.with_suffix(".new")
    damaged.write_bytes(damage(path.read_bytes()))
    damaged.replace(path)
    assert find_format(cache, key) is None


PLACES = st.integers(0, 2**20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=PLACES, bit=st.integers(0, 7))
def test_damage_is_found(cache: Cache, entries: Entries, place: int, bit: int) -> None:
    path, content = only_entry(cache, entries)
    whole = path.read_bytes()
    flipped = bytearray(whole)
    flipped[place % len(whole)] ^= 1 << bit
    for damaged in (bytes(flipped), whole[: place % len(whole)], whole + b"\0"):
        path.write_bytes(damaged)
        assert cache.read(entries.shelf, path.name) is None
    path.write_bytes(whole)
    assert cache.read(entries.shelf, path.name) == content


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(changes=st.lists(st.tuples(PLACES, st.integers(0, 255)), max_size=3))
def test_a_sealed_lie_stops_nothing(
    cache: Cache, entries: Entries, changes: list[tuple[int, int]]
) -> None:
    """Whoever may write to the cache can make up what was read, but not make cvtex fail."""
    path, content = only_entry(cache, entries)
    lie = bytearray(content)
    for place, byte in changes:
        lie[place % len(lie)] = byte
    cache.write(entries.shelf, path.name, bytes(lie))
    entries.result(cache)
    cache.write(entries.shelf, path.name, content)


def only_entry(cache: Cache, entries: Entries) -> tuple[Path, bytes]:
    """Return the only entry of a shelf, which is made if it is not there yet."""
    assert cache.root is not None
    if not (cache.root / entries.shelf.name).exists():
        entries.result(cache)
    (path,) = stored(cache, entries.shelf)
    content = cache.read(entries.shelf, path.name)
    assert content is not None
    return path, content
