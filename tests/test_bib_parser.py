"""bibtexparser and our own recovery read the same from a block that both can read."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cvtex.readers.bibtex.parser import parse_blocks
from cvtex.readers.bibtex.raw_blocks import RawBlock
from cvtex.readers.bibtex.recovery.extents import BIBTEX, find_extent
from cvtex.readers.bibtex.recovery.fields import recover_block
from cvtex.readers.bibtex.starts import _LINE_HEAD, BlockStart, start_finder
from cvtex.source import Source, Span

LINES = st.lists(
    st.sampled_from(
        [*'{}"()=,#%@\\ \t\n\r', "title", "2020", "@misc{k,", "@comment{", "a = {x y},", 'b= "z" ']
    ),
    max_size=30,
).map("".join)
FIELDS = st.lists(
    st.sampled_from(
        [
            *("a = {x},", "b = {x {y}}", 'c="{"} z"', "d = 1 # jan", "@string(e =\n{x})"),
            *(",", "\n", " ", "}", "}\n@misc{m,", ")", '"', "{", "% ", "\\", "="),
        ]
    ),
    max_size=9,
)
BLOCKS = FIELDS.map(lambda fields: f"@misc{{k,{''.join(fields)}}}")


def starts(text: str) -> list[BlockStart]:
    """Every `@word{` outside comments, those inside values among them."""
    finder, found, position = start_finder(text), [], 0
    while block := finder.find(position):
        found.append(block)
        position = block.body
    return found


def parts(block: RawBlock) -> list[tuple[str, Span | None]]:
    """The key, names and pieces of a block, with their places."""
    texts = [block.key] if block.key else []
    for field in block.fields:
        texts += [field.name, *(piece.text for piece in field.pieces)]
    return [(text.value, text.span) for text in texts]


@given(BLOCKS)
def test_bibtexparser_and_recovery_read_a_block_alike(text: str) -> None:
    source = Source("refs.bib", text)
    parsed = parse_blocks(source)
    for start in starts(text):
        block = parsed.get(start.start)
        if block is not None and block.type == start.type and block.end <= start.limit:
            recovered = recover_block(source, start)
            assert recovered is not None and not recovered.faults
            assert recovered == block
            assert parts(recovered) == parts(block)


@given(BLOCKS)
def test_the_parts_of_a_block_stand_where_they_are_written(text: str) -> None:
    source = Source("refs.bib", text)
    for block in parse_blocks(source).values():
        for value, span in parts(block):
            assert span is not None and span.text == value


def test_bibtexparser_reads_every_block_of_an_ordinary_file() -> None:
    text = (Path(__file__).parents[1] / "refs.bib").read_text(encoding="utf-8")
    blocks = [start.start for start in starts(text) if start.type != "comment"]
    assert len(blocks) > 5
    assert list(parse_blocks(Source("refs.bib", text))) == blocks


@given(LINES)
def test_the_heads_of_blocks_begin_lines(text: str) -> None:
    lines = re.finditer(r"(?:\A|(?<=[\r\n]))[ \t]*(?P<at>@)", text)
    begin = {line.start("at") for line in lines}
    anywhere = {head.start() for head in _LINE_HEAD.finditer(text)}
    assert set(start_finder(text).heads) == begin & anywhere


@given(LINES.map("@misc{k,".__add__))
def test_a_masked_body_keeps_the_places_of_its_characters(text: str) -> None:
    whole = f"{text}}}"
    (block, *_) = starts(whole)
    found = find_extent(whole, block, BIBTEX)
    if found is None:
        return
    masked = found.mask(whole, block.body, found.end - 1)
    assert len(masked) == found.end - 1 - block.body
    hidden = [*found.values, *found.comments, *((at, at + 1) for at in found.strays)]
    inside = {at for left, right in hidden for at in range(left, right)}
    for at, sign in enumerate(masked, block.body):
        assert sign in "x " if at in inside else sign == whole[at]
