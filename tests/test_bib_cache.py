"""A bibliography that is remembered is the one that was read."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from cvtex.diagnostics.diagnostic import Diagnostic, Sink
from cvtex.project import bibliography
from cvtex.project.bibliography import read_bibliography
from cvtex.readers.bibtex.bibliography import Bibliography
from cvtex.report.machine import diagnostics_json
from cvtex.source import Source, Text
from cvtex.support.cache import Cache

BIB = r"""
@string{ma = "Math. " # "Ann."}
@article{noether1921, author = {N{\"o}ether, Emmy and others}, title = {On $x^2$ \emph{ideals}},
  journal = ma # { 83}, date = {1921-03/1921-05}, author+an = {1=equal}, doi = {10.1007/x}}
@inproceedings{b, crossref = {c}, title = {T}, author = {Yi, K}}
@proceedings{c, title = {P}, year = 1932}
@misc{noether1921, title = {Again}}
@misc{broken, title = {No end
"""


SOURCE = Source("refs.bib", BIB)


def read(cache: Cache, source: Source = SOURCE) -> tuple[Bibliography, list[Diagnostic]]:
    sink = Sink()
    return read_bibliography([source], sink, cache), sink.found


def never(*_: object) -> None:
    raise AssertionError("it was read again")


def test_it_is_the_same(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    first, found = read(cache)
    with patch.object(bibliography, "_read", never):
        again, found_again = read(cache)
    assert again.publications == first.publications
    assert [d.rule for d in found_again] == [d.rule for d in found]
    assert [d.message for d in found_again] == [d.message for d in found]
    assert diagnostics_json(found_again) == diagnostics_json(found)
    values = [v for record in again.records.values() for v in record.values.values()]
    assert all(value.span is not None and value.span.source is SOURCE for value in values)
    assert list(map(places, values)) == [
        places(v) for record in first.records.values() for v in record.values.values()
    ]


def places(text: Text) -> list[int]:
    return list(text.offsets()) if text.offsets is not None else []


def test_another_text_or_path_is_read(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    read(cache)
    other = Source("refs.bib", "@misc{x, title={T}}")
    assert [p.key for p in read(cache, other)[0].publications] == ["x"]
    with (
        pytest.raises(AssertionError, match="read again"),
        patch.object(bibliography, "_read", never),
    ):
        read_bibliography([Source("other.bib", BIB)], Sink(), cache)


def test_a_file_with_one_bit_turned_is_read_afresh(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    first, _ = read(cache)
    (path,) = (tmp_path / "bibliographies").iterdir()
    data = bytearray(path.read_bytes())
    for at in range(0, len(data), 7):
        data[at] ^= 16
        path.write_bytes(data)
        with (
            pytest.raises(AssertionError, match="read again"),
            patch.object(bibliography, "_read", never),
        ):
            read(cache)
        data[at] ^= 16
    path.write_bytes(data)
    with patch.object(bibliography, "_read", never):
        assert read(cache)[0].publications == first.publications
