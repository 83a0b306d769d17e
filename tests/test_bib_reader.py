"""Reading .bib files: every start is accounted for, and what is odd is said at its place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cvtex.dates.edtf import edtf
from cvtex.diagnostics.diagnostic import Diagnostic, Sink
from cvtex.names.format import full_name
from cvtex.publications.publication import Contributor, Publication
from cvtex.readers.bibtex.bibliography import Bibliography
from cvtex.readers.bibtex.convert import read_bib
from cvtex.readers.bibtex.decode import decode_bib
from cvtex.readers.bibtex.split import split
from cvtex.richtext.plain import plain_text
from cvtex.source import Source

CASES = Path(__file__).parent / "cases" / "bib"
READING: list[dict[str, Any]] = yaml.safe_load((CASES / "reading.yaml").read_text("utf-8"))
CONVERTED: list[dict[str, Any]] = yaml.safe_load((CASES / "publications.yaml").read_text("utf-8"))


def read(*texts: str) -> tuple[Bibliography, Sink]:
    sink = Sink()
    sources = [Source(f"{i}.bib", text) for i, text in enumerate(texts)]
    return read_bib(sources, sink), sink


def assert_findings(sink: Sink, wanted: list[list[str]]) -> None:
    found = list(sink)
    assert [_place(finding) for finding in found] == [f"{code} {at}" for code, at, *_ in wanted]
    for finding, (_, _, message, hint) in zip(found, wanted, strict=True):
        assert message in finding.message
        assert hint in (finding.hint or "")


def _place(finding: Diagnostic) -> str:
    assert finding.span is not None
    first = finding.span.first
    return f"{finding.rule.code} {first.line}:{first.column}"


@pytest.mark.parametrize("case", READING, ids=[case["name"] for case in READING])
def test_entries_are_read_or_rejected_with_a_reason(case: dict[str, Any]) -> None:
    sink = Sink()
    source = Source("refs.bib", case["bib"])
    found = split(source, sink)
    entries = [
        [entry.type, entry.key.value, {name: text.value for name, text in entry.fields.items()}]
        for entry in found.entries
    ]
    assert entries == case["entries"]
    assert [entry.key for entry in found.rejected] == [key for key, _ in case.get("rejected", [])]
    for entry, (_, reason) in zip(found.rejected, case.get("rejected", []), strict=True):
        assert reason in entry.reason
    assert_findings(sink, case.get("findings", []))


@pytest.mark.parametrize("case", CONVERTED, ids=[case["name"] for case in CONVERTED])
def test_an_entry_becomes_a_publication(case: dict[str, Any]) -> None:
    bibliography, sink = read(case["bib"])
    found = {publication.key: publication for publication in bibliography.publications}
    for key, wanted in case.get("publications", {}).items():
        shown = _shown(found[key])
        assert {"key": key} | {name: shown[name] for name in wanted} == {"key": key} | wanted
    assert [aside.key for aside in bibliography.asides] == case.get("asides", [])
    assert_findings(sink, case.get("findings", []))


def _shown(publication: Publication) -> dict[str, Any]:
    return {
        "type": publication.type,
        "title": plain_text(publication.title),
        "authors": _names(publication.authors),
        "editors": _names(publication.editors),
        "others": publication.and_others,
        "roles": [list(person.roles) for person in publication.authors or publication.editors],
        "date": edtf(publication.date) if publication.date else None,
        "status": publication.status.value,
        "fields": {name: plain_text(value) for name, value in publication.fields.items()},
        "links": dict(publication.links),
        "keywords": list(publication.keywords),
    }


def _names(people: tuple[Contributor, ...]) -> list[str]:
    return [full_name(person.name) for person in people]


def test_the_first_of_two_equal_keys_counts_over_all_files() -> None:
    one = "@misc{a, title={One}, author={A B}}"
    bibliography, sink = read(one, "@misc{b, title={Two}, author={A B}}\n@misc{a, title={Three}}")
    assert [p.key for p in bibliography.publications] == ["a", "b"]
    assert [r.key for r in bibliography.rejected] == ["a"]
    assert "0.bib:1" in bibliography.rejected[0].reason
    (finding,) = sink
    assert finding.rule.code == "CV302"
    assert finding.span is not None and finding.span.source.path == "1.bib"
    assert (finding.span.first.line, finding.span.text) == (2, "a")
    assert finding.notes[0].span.source.path == "0.bib"


def test_strings_and_parents_are_shared_among_files() -> None:
    bibliography, sink = read(
        "@string{n = {Nature}} @inproceedings{a, title={T}, author={A B}, crossref={p}}",
        "@article{b, title={T}, author={A B}, journal=n} @proceedings{p, title={Proc}}",
    )
    a, b, _ = bibliography.publications
    assert plain_text(a.fields["booktitle"]) == "Proc"
    assert plain_text(b.fields["journaltitle"]) == "Nature"
    assert [p.number for p in bibliography.publications] == [0, 1, 2]
    assert bibliography.parents == {"p"}
    assert sink.found == []


def test_a_second_field_points_at_the_first() -> None:
    _, sink = read("@misc{a, title={T}, author={A B}, year={2022}, year={2023}}")
    (finding,) = sink
    assert finding.notes[0].span.first.column == 35


def test_every_value_knows_its_place() -> None:
    bibliography, _ = read('@misc{a, title = {A {T}}, author = "B and C", year = 2020}')
    (publication,) = bibliography.publications
    assert publication.span is not None and publication.span.text == "a"
    places = {name: span.text for name, span in publication.places.items()}
    assert places == {"title": "A {T}", "author": "B and C", "year": "2020"}
    assert [p.span.text for p in publication.authors if p.span] == ["B", "C"]


def test_a_finding_in_a_joined_value_stands_at_its_piece() -> None:
    text = '@string{s = "\\one"}\n@misc{a, author={A B}, title = "x" # s # {\\two y}}'
    _, sink = read(text)
    assert [(f.span.text, f.span.first.line) for f in sink if f.span] == [("s", 2), ("\\two", 2)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_the_system_ends_them(end: str) -> None:
    text = "% c @misc{x,}\n@misc{a,\n  title = {T\n  U},\n  author={A B},\n  year = 20x}\n"
    bibliography, sink = read(text.replace("\n", end))
    assert plain_text(bibliography.publications[0].title) == "T U"
    assert [_place(finding) for finding in sink] == ["CV304 6:10", "CV306 6:10"]


# Encodings


def decoded(data: bytes) -> tuple[Source | None, Sink]:
    sink = Sink()
    return decode_bib(data, "refs.bib", sink), sink


@pytest.mark.parametrize(
    "data",
    [
        "né\r\n".encode(),
        b"\xef\xbb\xbf" + "né\r\n".encode(),
        "né\r\n".encode("utf-16"),
        b"\xfe\xff" + "né\r\n".encode("utf-16-be"),
    ],
)
def test_unicode_is_read_without_its_mark_and_line_ends_are_kept(data: bytes) -> None:
    source, sink = decoded(data)
    assert source is not None and source.text == "né\r\n"
    assert sink.found == []


def test_windows_1252_is_read_and_its_first_line_named() -> None:
    source, sink = decoded("ascii\nnaïve – “q”\nné".encode("cp1252"))
    assert source is not None and source.text == "ascii\nnaïve – “q”\nné"
    (finding,) = sink
    assert _place(finding) == "CV310 2:3"
    assert "line 2" in finding.message


def test_one_foreign_byte_does_not_spoil_the_utf_8_around_it() -> None:
    source, sink = decoded("ő é ".encode() + b"\xe9\x81" + " ő".encode())
    assert source is not None and source.text == "ő é é\x81 ő"
    assert len(sink.found) == 1


@pytest.mark.parametrize("data", [b"%PDF-1.7\x00\x01", b"\xff\xfea", "né".encode("utf-16-le")])
def test_binary_data_is_refused(data: bytes) -> None:
    source, sink = decoded(data)
    assert source is None
    assert [(f.rule.code, f.path) for f in sink] == [("CV111", "refs.bib")]


# Whatever comes in, every start is accounted for.

KEYS = st.from_regex(r"[a-z][a-z0-9:_-]{0,6}", fullmatch=True)
VALUES = st.recursive(
    st.text(alphabet='aé ,=#%"@\\$&\n', max_size=8),
    lambda inner: st.lists(inner, max_size=3).map(lambda parts: "{" + " ".join(parts) + "}"),
    max_leaves=5,
)
FIELDS = st.lists(st.tuples(KEYS, VALUES), max_size=4)
BROKEN = st.sampled_from(
    ["@misc{k1,\n a = {x\n", "@misc{k2, a = {b}\n", '@misc(k3, a = "x\n', "@misc{\n"]
)
NOISE = st.sampled_from(
    ["", "% @misc{c, a={b}}\n", "@comment{@misc{c,\n}}\n", "mail@example.org\n"]
)


@st.composite
def files(draw: st.DrawFn) -> tuple[str, int]:
    """A .bib file and the number of starts in it."""
    parts, starts = [], 0
    for i in range(draw(st.integers(0, 6))):
        parts.append(draw(NOISE))
        starts += 1
        if draw(st.booleans()):
            parts.append(draw(BROKEN))
            continue
        fields = "".join(f",\n  {name}{i} = {{{value}}}" for name, value in draw(FIELDS))
        parts.append(f"@article{{key{i}{fields}}}\n")
    return "".join(parts), starts


@given(files())
@settings(max_examples=200)
def test_as_many_entries_are_read_or_rejected_as_there_are_starts(file: tuple[str, int]) -> None:
    text, starts = file
    text = re.sub(r"(?<!\\)(\\\\)*\\(?=[{}\"])", "", text)
    bibliography, _ = read(text)
    accounted = (*bibliography.publications, *bibliography.rejected, *bibliography.asides)
    assert len(accounted) == starts


@given(st.text(alphabet='@misc{}(),="#% \\\nab1', max_size=80))
@settings(max_examples=300)
def test_reading_never_raises(text: str) -> None:
    _, sink = read(text)
    for finding in sink:
        assert finding.span is None or 0 <= finding.span.start <= finding.span.end <= len(text)


@given(st.binary(max_size=60))
def test_decoding_bytes_never_raises(data: bytes) -> None:
    source, sink = decoded(data)
    assert source is not None or sink.has_errors()


def test_thousands_of_faults_in_one_entry_are_read() -> None:
    fields = " ".join(f"f{i} = {{x}}" for i in range(2000))
    chain = "".join(
        f"@misc{{p{i}, title={{T}}, author={{A}}, crossref={{p{i + 1}}}}}" for i in range(300)
    )
    bibliography, _ = read("@misc{a, " + fields + "}" + chain)
    assert len(bibliography.publications[0].fields) == 2000
    assert len(bibliography.publications) == 301
