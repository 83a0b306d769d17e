"""The short ways through a .bib file, taken for speed, lead where the long ones do."""

from __future__ import annotations

import re
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from cvtex.readers.bibtex import latex, scan, splitter
from cvtex.readers.bibtex.latex_commands import COMMANDS
from cvtex.readers.bibtex.scan import BIBTEX, ESCAPED, Extent, extent, scanner

LINES = st.lists(
    st.sampled_from(
        [*'{}"()=,#%@\\ \t\n\r', "title", "2020", "@misc{k,", "@comment{", "a = {x y},", 'b= "z" ']
    ),
    max_size=30,
).map("".join)
LAYOUTS = st.lists(
    st.sampled_from(["a", "title", "=", " = ", ",", ",\n", "{x}", '"x"', " # ", " ", "\n", "12"]),
    max_size=25,
).map("".join)
LATEX = st.lists(
    st.sampled_from(
        [
            *(f"\\{name}" for name in (*COMMANDS, "it", "bf ", "begin", "end", "alpha", "unknown")),
            *("word", "two words ", "a", "é", "²", "abc, def; ghi", "&amp;", "<i>", "1 em"),
            *"{}{}{}$$[]*%~\\|^_#\"'` \n",
            *("\n\n", "--", "``", "''", "\\(", "\\)", "\\\\", '"`', "\"'"),
        ]
    ),
    max_size=20,
).map("".join)


def extents(text: str) -> list[Extent | None]:
    found = []
    position = 0
    while block := scanner(text).next_block(position):
        found += [extent(text, block, grammar) for grammar in (BIBTEX, ESCAPED)]
        position = block.body
    return found


@given(LINES.map("@misc{k,".__add__))
def test_a_plain_value_ends_where_its_braces_balance(text: str) -> None:
    in_one_step = extents(text)
    sign_by_sign = re.compile(r"(?P<plain>(?!))|(?P<sign>[{}()\"%@\\])")
    with patch.object(scan, "_BODY", sign_by_sign):
        assert extents(text) == in_one_step


@given(LINES)
def test_the_heads_of_blocks_begin_lines(text: str) -> None:
    lines = re.finditer(r"(?:\A|(?<=[\r\n]))[ \t]*(?P<at>@)", text)
    begin = {line.start("at") for line in lines}
    anywhere = {head.start() for head in scan._LINE_HEAD.finditer(text)}
    assert set(scanner(text).heads) == begin & anywhere


@given(LINES)
def test_a_layout_knows_where_its_characters_stand(text: str) -> None:
    start = len("@misc{k,")
    whole = f"@misc{{k,{text}}}"
    block = scanner(whole).next_block(0)
    found = extent(whole, block, BIBTEX) if block else None
    if found is None:
        return
    layout = splitter.lay_out(whole, start, found.end - 1, found)
    hidden = (*found.values, *found.comments, *((at, at + 1) for at in found.strays))
    inside = {at for left, right in hidden for at in range(left, right)}
    first = {left for left, right in hidden if left < right}
    shown = set(range(start, found.end - 1)) - inside
    assert list(layout.offsets) == sorted(shown | first)
    for sign, at in zip(layout.text, layout.offsets, strict=True):
        assert sign == whole[at] or at in first


@given(LAYOUTS)
def test_a_layout_is_split_alike_without_its_signs(layout: str) -> None:
    short = splitter._split.__wrapped__(layout)
    with patch.object(splitter, "without_signs", lambda text: text):
        assert splitter._split.__wrapped__(layout) == short


@given(LATEX, st.booleans())
def test_a_shortened_value_parses_alike(value: str, journals: bool) -> None:
    short = latex._decode.__wrapped__(value, journals=journals)
    with patch.object(latex, "shortened", lambda text: (text, range(len(text) + 1))):
        assert latex._decode.__wrapped__(value, journals=journals) == short


def test_no_command_takes_what_a_shortened_value_hides() -> None:
    assert max(command.arguments.count("{") for command in COMMANDS.values()) == 2
