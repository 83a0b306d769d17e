"""The LaTeX writer: escaping by context, every node, and the map from lines to places."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvtex.document.nodes import Block, Document, Entry, Field, Paragraph, Section
from cvtex.richtext.nodes import Inline, Str
from cvtex.source import Source
from cvtex.writers.latex.characters import beyond_eight_bit
from cvtex.writers.latex.escape import (
    escape_breakable,
    escape_code,
    escape_math,
    escape_text,
    escape_url,
)
from cvtex.writers.latex.inlines import write_inlines
from cvtex.writers.latex.macro_calls import WIDTH, LatexPreamble, wrap, write_latex
from samples import BLOCKS, INLINES, every_node

PREAMBLE = LatexPreamble("article", ("10pt",), "cvtex-classic", {"paper": "a4"})


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("R&D", r"R\&D"),
        ("50%", r"50\%"),
        ("#1", r"\#1"),
        ("a_b", r"a\_b"),
        ("$5M", r"\$5M"),
        ("~x", r"\textasciitilde{}x"),
        ("^2", r"\textasciicircum{}2"),
        ("{z}", r"\{z\}"),
        (r"\n", r"\textbackslash{}n"),
        ("<1%", r"\textless{}1\%"),
        (">5x", r"\textgreater{}5x"),
        ("a|b", r"a\textbar{}b"),
        ('"q"', r"\textquotedbl{}q\textquotedbl{}"),
        ("`q`", r"\textasciigrave{}q\textasciigrave{}"),
        ("a--b", "a-{}-b"),
        ("---", "-{}-{}-"),
        ("''", "'{}'"),
        (",,", ",{},"),
        ("co-op", "co-op"),
        ("a\nb", "a b"),
        ("a\xa0b", "a~b"),
        ("\u2212 ≥ ₂", r"\ensuremath{-} \cvsign{2265}{\geq} \cvsub{2}"),
        ("1\u202f000", r"1\,000"),
        ("α-divergence", r"\cvsign{03B1}{\alpha}-divergence"),
        ("Ἀθῆναι", "Ἀθῆναι"),
        ("é Å ł ß ğ", "é Å ł ß ğ"),
    ],
)
def test_text_prints_as_itself(text: str, tex: str) -> None:
    assert escape_text(text) == tex


def test_code_keeps_quotes_and_spaces() -> None:
    assert escape_code("a  'b' --x") == r"a\ \ \textquotesingle{}b\textquotesingle{}\ -{}-x"


def test_greek_in_code_is_set_as_in_text() -> None:
    assert escape_code("ϑ_0 αβ") == r"\cvsign{03D1}{\vartheta}\_0\ αβ"


@pytest.mark.parametrize(
    ("typed", "tex"),
    [
        (r"x \leq 3", r"x \leq 3"),
        ("x ≤ 3", r"x \leq  3"),
        ("x₁₀²³⁻¹", "x_{10}^{23-1}"),
        ("x^α", r"x^\alpha "),
        ("5′ 30″", "5' 30''"),
        ("3×10⁻³ ∈ ℝ", r"3\times 10^{-3} \in  \mathbb{R}"),
        (r"α \text{für α ≤ 3} β", r"\alpha  \text{für α ≤ 3} \beta "),
    ],
)
def test_signs_in_formulas_are_their_commands(typed: str, tex: str) -> None:
    assert escape_math(typed) == tex


@pytest.mark.parametrize(
    ("url", "tex"),
    [
        ("https://x.org/#/page", r"https://x.org/\#/page"),
        ("https://x.org/a%20b?c=1&d=2", r"https://x.org/a\%20b?c=1\&d=2"),
        ("https://x.org/~jdoe_1", r"https://x.org/\~jdoe\_1"),
        ("https://x.org/{a}\\^ b", r"https://x.org/\{a\}\\\^\ b"),
        ("https://x.org/é", r"https://x.org/\%C3\%A9"),
        (
            "https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
            "https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
        ),
    ],
)
def test_urls_keep_every_byte(url: str, tex: str) -> None:
    assert escape_url(url) == tex


def test_a_long_word_may_break_behind_punctuation() -> None:
    tex = escape_breakable("see https://example.org/a/very/long/path here")
    assert tex == (
        r"see https://\allowbreak{}example.\allowbreak{}org/\allowbreak{}a/\allowbreak{}very/"
        r"\allowbreak{}long/\allowbreak{}path here"
    )


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_text_leaves_a_special_character_bare(text: str) -> None:
    """What remains without commands and escapes is nothing that TeX would act on."""
    import re

    bare = re.sub(r"\\[a-zA-Z]+|\\[^a-zA-Z]|\{\}", "", escape_text(text))
    bare = re.sub(r"[{}~]", "", bare)
    assert not re.search(r"[\\$&#%_^<>|\"`]", bare)


def test_every_inline_has_its_tex() -> None:
    assert set(INLINES) == set(get_args(Inline))
    for node, tex in INLINES.values():
        assert write_inlines((node,)) == tex


def test_every_block_is_written() -> None:
    assert set(BLOCKS) == set(get_args(Block))
    text = write_latex(every_node(), PREAMBLE).text
    for macro in ("cvparagraph", "cvbullet", "cvitem", "cvline", "cvrole", "cvsummary", "cvdetail",
                  "cvpublicationgroup", "cvpublication", "cvlegend", "cvrefereeline"):  # fmt: skip
        assert f"\\{macro}{{" in text


def test_a_line_of_tex_knows_its_place() -> None:
    source = Source("cv.yaml", "first\nsecond " + "long " * 60)
    first, second = source.span(0, 5), source.span(6, len(source.text))
    blocks = (
        Paragraph((Str("first"),), first),
        Entry("line", (Field("text", (Str(second.text),)),), span=second),
    )
    whole = every_node()
    document = Document(whole.metadata, whole.header, (Section("s", "text", (Str("S"),), blocks),))
    tex = write_latex(document, PREAMBLE)
    lines = tex.text.split("\n")
    assert tex.span_of(lines.index(r"\cvparagraph{first}") + 1) == first
    number = next(i for i, line in enumerate(lines) if "second" in line)
    assert [tex.span_of(number + i) for i in (1, 2, 3)] == [second] * 3
    assert len(tex.line_map) == len(lines) - 1


@given(st.text(st.sampled_from("ab \\{}"), max_size=400))
def test_wrapping_only_turns_spaces_into_line_ends(source: str) -> None:
    source = " ".join(source.split())
    lines = wrap(source)
    assert " ".join(lines) == source
    assert all(len(line) <= WIDTH or " " not in line.replace("\\ ", "") for line in lines)


@pytest.mark.parametrize(
    ("text", "beyond"),
    [
        ("Éamon Ó Cuív, Łukasz, Dvořák, ğ, ș", ()),
        ("α and β alone", ()),
        ("Ελλάδα, Ελλάδα", ("Ελλάδα",)),
        ("林 and Жук", ("林", "Жук")),
        ("“–” … € ™ ½", ()),
    ],
)
def test_what_pdftex_cannot_set(text: str, beyond: tuple[str, ...]) -> None:
    assert beyond_eight_bit(text) == beyond
