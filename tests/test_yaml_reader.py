"""Reading cv.yaml: values are text at exact places, and every fault is explained."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cvtex.diagnostics.diagnostic import Sink
from cvtex.readers.yaml import events
from cvtex.readers.yaml.encoding import decode_yaml
from cvtex.readers.yaml.nodes import (
    Mapping,
    Pair,
    Scalar,
    Sequence,
    locate,
    locate_key,
    overlay,
    plain,
    with_value,
)
from cvtex.source import Source, Text
from yaml_trees import bare, mapping, place, read, scalars, tree, written

FOLDER = Path(__file__).parent / "cases/yaml"


def cases(name: str) -> list[Any]:
    return list(yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))


FAULTS: list[dict[str, Any]] = cases("syntax") + cases("checks")


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case["name"])
def test_fault(case: dict[str, Any]) -> None:
    node, found = read(case["input"])
    assert [(d.rule.code, place(d.span)) for d in found] == [
        (want.get("code", "CV101"), want["place"]) for want in case["finds"]
    ]
    for diagnostic, want in zip(found, case["finds"], strict=True):
        assert want["message"] in diagnostic.message
        assert want["hint"] in (diagnostic.hint or "")
        assert [place(note.span) for note in diagnostic.notes] == (
            [want["note"]] if "note" in want else []
        )
    if "reads" in case:
        assert node is not None
        assert bare(plain(node)) == case["reads"]


@pytest.mark.parametrize(("name", "text", "value"), cases("values"), ids=str)
def test_value_is_text_as_written(name: str, text: str, value: object) -> None:
    node, found = read(text)
    assert node is not None, name
    assert bare(plain(node)) == value
    assert not found


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case["name"])
def test_pure_python_yaml_finds_faults_too(
    case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "LOADER", yaml.BaseLoader)
    _, found = read(case["input"])
    assert bool(found) == (bool(case["finds"]) and "libyaml_only" not in case)


def test_a_correction_mends_the_file() -> None:
    for case in FAULTS:
        _, found = read(case["input"])
        mendable = [d for d in found if d.rule.code == "CV101" and d.fix is not None]
        if len(found) == 1 and mendable and mendable[0].fix:
            text = case["input"]
            for edit in sorted(mendable[0].fix.edits, key=lambda e: e.span.start, reverse=True):
                text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
            node, left = read(text)
            assert node is not None, case["name"]
            assert left == [], case["name"]


# --- trees -----------------------------------------------------------------------------------

CV = """\
name: Emmy
contact:
  email: # later
sections:
- kind: text
  text: {en: Rings, de: Ringe}
- kind: list
  entries:
  - a
  - {text: b, date: }
"""


def test_spans_cover_tokens() -> None:
    root = mapping(
        "a: 'it''s'  # x\nb:\n- |+\n  x\n\n- c # y\n\nd: {e: [f ]} # z\ng:\n- |\n  h\n\n"
    )
    spans = [(pair.key.span, pair.value.span) for pair in root.pairs]
    assert [(written(key), written(value)) for key, value in spans] == [
        ("a", "'it''s'"),
        ("b", "- |+\n  x\n\n- c"),
        ("d", "{e: [f ]}"),
        ("g", "- |\n  h"),
    ]
    assert isinstance(root.pairs[1].value, Sequence)
    assert written(root.pairs[1].value.items[0].span) == "|+\n  x"
    assert written(root.span).endswith("  h")


def test_spans_leave_anchors_and_tags_out() -> None:
    root = mapping("a: &x !!str 'b'\nc: !!str &y\n  # comment\n  [d]\ne: [*x, *y]\n")
    assert [written(pair.value.span) for pair in root.pairs] == ["'b'", "[d]", "[*x, *y]"]


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        (["name"], "Emmy", "name"),
        (["contact", "email"], "email", "email"),
        (["contact", "phone"], "email:", "contact"),
        (["sections", 0, "text", "text", "en"], "Rings", "en"),
        (["sections", 0, "text", "body"], "{en: Rings, de: Ringe}", "text"),
        (["sections", 1, "list", "entries", 0, "str"], "a", "entries"),
        (["sections", 1, "list", "entries", 1, "ListEntry", "date"], "date", "date"),
        (["sections", 1, "entries", 7], "- a\n  - {text: b, date: }", "entries"),
    ],
)
def test_locate(path: list[str | int], value: str, key: str) -> None:
    root = tree(CV)
    assert written(locate(root, path)) == value
    assert written(locate_key(root, path)) == key


def test_locate_without_a_way() -> None:
    root = tree(CV)
    assert locate(root, ["nothing", 3]) == root.span
    assert locate_key(root, ["nothing", 3]) is None


def test_overlay_merges_mappings_and_replaces_the_rest() -> None:
    base = mapping("a: {b: 1, c: [2]}\nd: 3\n")
    patch = mapping("e: 4\na: {c: [5], f: 6}\nd: {g: 7}\n")
    merged = overlay(base, patch)
    want = {"a": {"b": "1", "c": ["5"], "f": "6"}, "d": {"g": "7"}, "e": "4"}
    assert bare(plain(merged)) == want
    assert [pair.key.text.value for pair in merged.pairs] == ["a", "d", "e"]
    assert merged.span == base.span
    assert locate(merged, ["a", "b"]) == locate(base, ["a", "b"])
    assert locate(merged, ["d", "g"]) == locate(patch, ["d", "g"])


def test_with_value() -> None:
    source = Source("command line", "theme.color=red")
    red = Scalar(Text("red", source.span(12, 15)), "plain")
    key = source.span(0, 11)
    made = with_value(None, ("theme", "color"), red, key)
    assert bare(plain(made)) == {"theme": {"color": "red"}}
    assert locate(made, ("theme", "color")) == source.span(12, 15)
    assert locate_key(made, ("theme", "color")) == key
    item = Mapping((Pair(Scalar(Text("a"), "plain"), red),), key)
    listed = with_value(Sequence((red, item), key), ("1", "b"), red, key)
    assert bare(plain(listed)) == ["red", {"a": "red", "b": "red"}]


# --- decoding --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "where", "message", "hint"),
    [
        (b"a: b\nname: G\xf6del\n", [2, 8], "0xF6", "Windows-1252, where this byte is `ö`"),
        (b"a: \xc3\xa9 \xe2\x80\x93 \xff", [1, 8], "0xFF", "save it as UTF-8"),
        (b"a: \xed\xa0\x80", [1, 4], "0xED", "save it as UTF-8"),
        ("a: b\n".encode("utf-16"), [1, 1], "UTF-16", "save it as UTF-8"),
        ("a: é\n".encode("utf-16-be"), [1, 1], "UTF-16", "save it as UTF-8"),
        ("a: b\n".encode("utf-32"), [1, 1], "UTF-32", "save it as UTF-8"),
        (b"a: b\nc: \0d\n", [2, 4], "NUL", "text file"),
        (b"%PDF-1.5\n\xe2", [1, 1], "a PDF", "text file"),
        (b"\x89PNG\r\n", [1, 1], "a PNG image", "text file"),
    ],
)
def test_what_is_not_utf8(data: bytes, where: list[int], message: str, hint: str) -> None:
    sink = Sink()
    assert decode_yaml(data, "cv.yaml", sink) is None
    (found,) = sink
    assert found.rule.code == "CV111"
    assert place(found.span) == where
    assert message in found.message
    assert hint in (found.hint or "")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", "a: é\r\n\U0001f600".encode()])
def test_utf8(data: bytes) -> None:
    source = decode_yaml(data, "cv.yaml", Sink())
    assert source is not None
    assert source.text == data.decode("utf-8-sig")


@given(st.binary())
def test_decoding_is_total(data: bytes) -> None:
    sink = Sink()
    source = decode_yaml(data, "cv.yaml", sink)
    assert (source is None) == sink.has_errors()


# --- bounds ----------------------------------------------------------------------------------

BILLION_LAUGHS = "a0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "a: " + "{" * 10_000,
        "- " * 10_000,
        "? " * 10_000,
        "[a: " * 10_000,
        "".join(" " * n + "a:\n" for n in range(300)),
        BILLION_LAUGHS,
        "a: &a " + "x" * 100_000 + "\nb: [" + "*a, " * 100 + "]\n",
        "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 2000)),
    ],
    ids=lambda text: text[:12],
)
def test_too_large(text: str) -> None:
    node, found = read(text)
    assert node is None
    assert [d.rule.code for d in found] == ["CV110"]
    assert found[0].hint


def test_nesting_that_is_deep_enough() -> None:
    assert read("[" * 64 + "]" * 64)[1] == []
    assert [d.rule.code for d in read("[" * 65 + "]" * 65)[1]] == ["CV110"]


def test_many_faults_are_cut_short() -> None:
    _, found = read("- a #b\n" * 1000)
    assert len(found) == 201
    assert any("the rest of the file is not read" in d.message for d in found)


def test_a_large_file_is_read_in_seconds() -> None:
    text = "entries:\n" + "- {title: Rings, date: 1921, note: 'a b'}\n" * 5_000
    start = time.perf_counter()
    assert read(text)[1] == []
    assert time.perf_counter() - start < 10


SNIPPETS = st.sampled_from(
    "a: b~- c~  d: e~\n~\n  ~\n- ~\"~'~[~]~{~}~#~ #~: ~,~&x ~*x~!t ~>-~|~%~@~`~? ~\\~\t~\r\n~---\n"
    "~é~\u2028~\x0b~\ufeff~<<: ~\U0001f600".split("~")
)


@given(st.lists(SNIPPETS, max_size=25).map("".join))
def test_reading_is_total(text: str) -> None:
    node, found = read(text)
    assert node is not None or found
    for diagnostic in found:
        assert diagnostic.span is not None
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)
        assert diagnostic.hint
    for scalar in scalars(node):
        offsets = scalar.text.offsets
        assert offsets is not None
        assert len(offsets()) == len(scalar.text.value)


JSON = st.recursive(
    st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@given(JSON, st.booleans())
def test_json_is_read(value: object, ascii_only: bool) -> None:
    node, _ = read(json.dumps(value, ensure_ascii=ascii_only, indent=1))
    assert node is not None
    assert bare(plain(node)) == value
