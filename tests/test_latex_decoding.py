"""LaTeX as it stands in .bib files becomes inlines."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cvtex.diagnostics.diagnostic import Sink
from cvtex.readers.bibtex.latex import decode_latex, plain_latex
from cvtex.readers.bibtex.latex_commands import COMMANDS
from cvtex.readers.bibtex.latex_symbols import ACCENTS, SYMBOLS
from cvtex.readers.bibtex.verbatim import verbatim
from cvtex.richtext import nodes
from cvtex.richtext.nodes import Inlines
from cvtex.richtext.plain import plain_text
from cvtex.source import Source, Text
from notation import notation

CASES: dict[str, list[list[Any]]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "bib" / "latex.yaml").read_text("utf-8")
)
PLAIN = [case for name in ("accents", "signs", "groups", "html", "odd") for case in CASES[name]]
COMMAND_NAMES = [f"\\{name}" for name in (*COMMANDS, *SYMBOLS, "unknown", "it", "bf", "begin")]
PIECES = st.sampled_from(
    [
        *COMMAND_NAMES,
        *"aé{}[]$%&~^_#\"'`-<>()\\ \n",
        "$$",
        "\\(",
        "\\)",
        "<i>",
        "</i>",
        "&amp;",
        "1em",
    ]
)


def in_file(latex: str) -> Text:
    """A value that stands in a file, behind ten other characters."""
    source = Source("refs.bib", "title   = {" + latex + "}")
    start, end = 11, 11 + len(latex)
    return Text(latex, source.span(start, end), lambda: range(start, end))


def decoded(latex: str) -> Inlines:
    return decode_latex(in_file(latex), Sink())


@pytest.mark.parametrize(("latex", "text"), PLAIN)
def test_latex_reads_as_the_text_it_prints(latex: str, text: str) -> None:
    sink = Sink()
    assert plain_latex(in_file(latex), sink) == unicodedata.normalize("NFC", text)
    assert sink.found == []


@pytest.mark.parametrize(("latex", "inlines"), CASES["inlines"])
def test_latex_becomes_inlines(latex: str, inlines: str) -> None:
    assert notation(decoded(latex)) == inlines


@pytest.mark.parametrize(("latex", "text", "places"), CASES["remarks"])
def test_a_command_that_is_not_printed_is_reported_at_its_place(
    latex: str, text: str, places: list[str]
) -> None:
    sink = Sink()
    assert plain_latex(in_file(latex), sink) == text
    assert [finding.rule.code for finding in sink] == ["CV305"] * len(places)
    spans = [finding.span for finding in sink if finding.span]
    assert [span.text for span in spans] == places
    assert spans[0].start == 11 + latex.index(places[0])


@pytest.mark.parametrize(("written", "address"), CASES["verbatim"])
def test_an_address_is_kept_to_the_byte(written: str, address: str) -> None:
    assert verbatim(written) == address


def test_the_same_text_twice_is_reported_twice() -> None:
    sink = Sink()
    for offset in (0, 100):
        source = Source("refs.bib", " " * offset + "\\foo")
        decode_latex(Text("\\foo", source.span(offset, offset + 4), lambda: range(4)), sink)
    assert len(sink.found) == 2


@pytest.mark.parametrize(
    "latex",
    [
        "{" * 3000 + "x" + "}" * 3000,
        "\\emph{" * 3000 + "x" + "}" * 3000,
        "\\it " * 3000 + "x",
        "<i>" * 3000 + "x" + "</i>" * 3000,
        "\\begin{a}" * 300 + "x",
        "$" * 3001 + "x",
        "\\(" * 3000 + "x",
        "\\'" * 3000 + "x",
        "\\enquote{" * 20 + "x" + "}" * 20,
    ],
)
def test_deep_nesting_neither_raises_nor_loses_text(latex: str) -> None:
    assert "x" in plain_text(decoded(latex))


@given(st.lists(PIECES, max_size=25).map("".join))
def test_decoding_never_raises_and_gives_composed_text(latex: str) -> None:
    text = plain_text(decoded(latex))
    assert unicodedata.is_normalized("NFC", "".join(_strings(decoded(latex))))
    assert not set(text) & set("\ufdd0\ufdd1\ufdd2\ufdd3")
    verbatim(latex)


def _strings(inlines: Inlines) -> list[str]:
    found = []
    for inline in inlines:
        if isinstance(inline, nodes.Str):
            found.append(inline.text)
        found += _strings(getattr(inline, "children", ()))
    return found


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_any_text_is_decoded(text: str) -> None:
    plain_text(decoded(text))


LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
SIGNS = st.sampled_from([sign for sign in ACCENTS if sign not in ("t", "horn")])


@given(st.lists(st.tuples(SIGNS, LETTERS, st.integers(0, 3)), min_size=1, max_size=8))
def test_an_encoded_accent_decodes_to_the_composed_letter(
    letters: list[tuple[str, str, int]],
) -> None:
    forms = (r"\%s{%s}", r"{\%s{%s}}", r"{\%s %s}", r"\%s %s")
    latex = "".join(forms[form] % (sign, letter) for sign, letter, form in letters)
    meant = "".join(letter + ACCENTS[sign] for sign, letter, _ in letters)
    assert plain_text(decoded(latex)) == unicodedata.normalize("NFC", meant)


@given(st.lists(st.tuples(SIGNS, LETTERS, st.integers(0, 3)), min_size=1, max_size=8))
def test_the_short_way_and_the_parser_agree(letters: list[tuple[str, str, int]]) -> None:
    forms = (r"\%s{%s}", r"{\%s{%s}}", r"{\%s %s}", r"\%s %s")
    latex = "".join(forms[form] % (sign, letter) for sign, letter, form in letters)
    by_parser = plain_text(decoded(latex + "$x$"))
    assert plain_text(decoded(latex)) == by_parser.removesuffix("x")


@pytest.mark.parametrize("name", SYMBOLS)
def test_the_short_way_and_the_parser_agree_on_symbols(name: str) -> None:
    latex = f"a\\{name}{{}}b"
    assert plain_text(decoded(latex)) == plain_text(decoded(latex + "$x$")).removesuffix("x")
