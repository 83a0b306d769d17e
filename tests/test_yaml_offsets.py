"""Each character of a value read from YAML knows where it was written."""

from __future__ import annotations

from typing import Literal, TypeAlias

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cvtex.readers.yaml import events
from cvtex.readers.yaml.nodes import Scalar, plain
from cvtex.source import Source, Text
from yaml_trees import bare, mapping, read, scalars, tree, written

LineBreak: TypeAlias = Literal["\n", "\r\n", "\r"]


@pytest.mark.parametrize(
    ("text", "value", "columns"),
    [
        ("ab c", "ab c", [0, 1, 2, 3]),
        ("'a''b'", "a'b", [1, 2, 4]),
        (r'"a\"b\u00e9c\n"', 'a"béc\n', [1, 2, 4, 5, 11, 12]),
        (r'"\U0001F600\x41"', "\U0001f600A", [1, 11]),
        ("a\n b", "a b", [0, 1, 3]),
        ("a  \n\n  b", "a\nb", [0, 4, 7]),
        ("a \r\n \r\n  b", "a\nb", [0, 5, 9]),
        ('"a \\\n  b\n  c"', "a b c", [1, 2, 7, 8, 11]),
        ('"a\\\n\n  b"', "a\nb", [1, 4, 7]),
        ('"a\\ \n b"', "a  b", [1, 2, 4, 6]),
        ("|\n  a\n   b\n", "a\n b\n", [4, 5, 8, 9, 10]),
        ("|-\n\n  a\n\n", "\na", [3, 6]),
        ("|+\n a\n\n", "a\n\n", [4, 5, 6]),
        ("|2 # c\n   a\n  b", " a\nb", [9, 10, 11, 14]),
        (">\n a\n b\n\n c\n", "a b\nc\n", [3, 4, 6, 8, 10, 11]),
        (">\n a\n  b\n c\n", "a\n b\nc\n", [3, 4, 6, 7, 8, 10, 11]),
        (">-\r\n a\r\n b", "a b", [5, 6, 9]),
        ("|\n  \n   \n", "", []),
        ("''", "", []),
    ],
)
def test_offsets(text: str, value: str, columns: list[int]) -> None:
    node = tree(text)
    assert isinstance(node, Scalar)
    assert node.text.value == value
    assert node.text.offsets is not None
    assert list(node.text.offsets()) == columns


def test_offsets_behind_a_repair() -> None:
    text = 'b: x: y\na: it\'s "new": z\nc: w\n'
    root = mapping(text)
    found = [pair.value.text for pair in root.pairs if isinstance(pair.value, Scalar)]
    assert [t.value for t in found] == ["x: y", 'it\'s "new": z', "w"]
    for t in found:
        assert t.offsets is not None
        assert "".join(text[offset] for offset in t.offsets()) == t.value


def test_place_of_a_part_of_a_value() -> None:
    node = tree('"caf\\u00e9 au lait"')
    assert isinstance(node, Scalar)
    assert written(node.text.place(5, 7)) == "au"


# U+0085, U+2028 and U+2029 are line ends to the dumper and text to us; see the case files.
WORDS = st.text(
    st.one_of(
        st.sampled_from("ab \n\t'\"\\#:-éß\u00a0\U0001f600"),
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff"),
    ),
    max_size=80,
)


def assert_places(source: str, scalar: Scalar) -> None:
    """Each character comes from itself, from an escape, or from a line end that was folded."""
    assert scalar.text.offsets is not None
    offsets = list(scalar.text.offsets())
    assert len(offsets) == len(scalar.text.value)
    assert offsets == sorted(set(offsets))
    for char, offset in zip(scalar.text.value, offsets, strict=True):
        origin = source[offset]
        assert origin in (char, "\\") or (origin in "\r\n" and char in " \n")


@given(
    value=WORDS,
    style=st.sampled_from([None, "'", '"', "|", ">"]),
    width=st.integers(10, 100),
    indent=st.integers(2, 9),
    line_break=st.sampled_from(["\n", "\r\n", "\r"]),
    nested=st.booleans(),
)
def test_dumped_text_is_read_back_with_its_places(
    value: str, style: str | None, width: int, indent: int, line_break: LineBreak, nested: bool
) -> None:
    data = {"k": [{"k": value}]} if nested else {"k": value}
    text = yaml.dump(
        data,
        default_style=style,
        width=width,
        indent=indent,
        line_break=line_break,
        allow_unicode=True,
    )
    node, _ = read(text)
    *_, scalar = scalars(node)
    assert scalar.text.value == value
    assert_places(text, scalar)


@given(
    header=st.sampled_from(["|", ">", "|-", ">-", "|+", ">+", "|1", ">1", "|1+", ">-2", "|2 # c"]),
    lines=st.lists(
        st.tuples(st.integers(0, 5), st.text("ab #:\t", max_size=6)), min_size=1, max_size=8
    ),
    line_break=st.sampled_from(["\n", "\r\n"]),
)
def test_blocks_have_places(header: str, lines: list[tuple[int, str]], line_break: str) -> None:
    rows = [" " * indent + text for indent, text in lines]
    source = f"k: {header}{line_break}" + "".join(row + line_break for row in rows)
    try:
        expected = yaml.load(source, events.LOADER)
    except yaml.YAMLError:
        return
    root = mapping(source)
    assert [scalar.text.value for scalar in scalars(root)][1] == expected["k"]
    for scalar in scalars(root):
        assert_places(source, scalar)


@given(
    mark=st.sampled_from(["", "'", '"']),
    parts=st.lists(
        st.sampled_from(["a", "b c", " ", "  ", "\n", "\n\n", "\r\n", "\t", "\\\n", "\\ ", "\\\t"]),
        max_size=10,
    ),
)
def test_folded_lines_have_places(mark: str, parts: list[str]) -> None:
    body = "x" + "".join(part.replace("\n", "\n ") for part in parts) + "y"
    source = f"k: {mark}{body if mark == chr(34) else body.replace(chr(92), '')}{mark}"
    root = mapping(source)
    assert bare(plain(root)) == yaml.load(source, events.LOADER)
    for scalar in scalars(root):
        assert_places(source, scalar)


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ('"th\\u0065 end"', "the", "th\\u0065"),
        ('"a \\x6f\\x66 b"', "of", "\\x6f\\x66"),
        ('"say \\"no\\" now"', '"no"', '\\"no\\"'),
        ("'the dog''s ear'", "dog's", "dog''s"),
        ("'the dogs'' ear'", "dogs'", "dogs''"),
        ('"a \\\\ b"', "\\", "\\\\"),
        (r"C:\new", r"C:\new", r"C:\new"),
    ],
)
def test_a_place_covers_the_escapes_at_its_ends(text: str, word: str, place: str) -> None:
    node = tree(text)
    assert isinstance(node, Scalar)
    start = node.text.value.index(word)
    assert written(node.text.place(start, start + len(word))) == place


def test_the_repr_of_a_span_prints_its_place_not_the_file() -> None:
    source = Source("cv.yaml", "name: Emmy\nphone: 1\n")
    assert repr(source.span(11, 16)) == "<cv.yaml:2:1-2:6>"
    assert repr(Text("Emmy", source.span(6, 10))) == (
        "Text(value='Emmy', span=<cv.yaml:1:7-1:11>, offsets=None, translations=())"
    )
