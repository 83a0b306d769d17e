"""Inline markup of cv.yaml texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cvtex.diagnostics.diagnostic import Sink
from cvtex.richtext.markdown import Markup, list_items, paragraphs, parse_markup
from cvtex.richtext.nodes import Inlines, Reference, Str
from cvtex.source import Source, Text
from notation import notation

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "cases/text/markup.yaml").read_text(encoding="utf-8")
)


class Known:
    """Knows one link and one fact, and any citation."""

    def cite(self, keys: Sequence[Text]) -> Inlines:
        return (Reference(",".join(key.value for key in keys), ()),)

    def fact(self, name: Text) -> str:
        return {"citations": "42"}[name.value]

    def link(self, name: Text) -> str | None:
        return {"goedel": "https://example.org/g"}[name.value]


def written(value: str) -> Text:
    source = Source("cv.yaml", value)
    return Text(value, source.span(0, len(value)), lambda: range(len(value)))


def read(value: str, *, raw_latex: bool = False) -> tuple[str, Sink]:
    sink = Sink()
    inlines = parse_markup(written(value), Markup(Known(), sink, raw_latex=raw_latex))
    return notation(inlines), sink


@pytest.mark.parametrize("text", CASES["literal"])
def test_everything_else_is_literal(text: str) -> None:
    sink = Sink()
    (node,) = parse_markup(written(text), Markup(Known(), sink))
    assert node == Str(text)
    assert not sink.found


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["text"])
def test_markup(case: dict[str, str]) -> None:
    nodes, sink = read(case["text"])
    assert nodes == case["nodes"]
    assert not sink.found


@pytest.mark.parametrize("case", CASES["raw_allowed"], ids=lambda case: case["text"])
def test_raw_latex_where_the_cv_allows_it(case: dict[str, str]) -> None:
    nodes, sink = read(case["text"], raw_latex=True)
    assert nodes == case["nodes"]
    assert not sink.found


@pytest.mark.parametrize("case", CASES["faults"], ids=lambda case: case["text"])
def test_faults_are_reported_at_their_place(case: dict[str, Any]) -> None:
    _, sink = read(case["text"])
    (found,) = sink.found
    assert found.rule.code == case["code"]
    assert found.span is not None
    assert [found.span.first.column, found.span.last.column] == case["place"]
    assert case["hint"] in (found.hint or "")


def test_blank_lines_part_paragraphs() -> None:
    parts = list(paragraphs(written("one\ntwo\n\nthree\n  \n\nfour\n")))
    assert [part.value.strip() for part in parts] == ["one\ntwo", "three", "four"]
    assert parts[1].span is not None
    assert parts[1].span.first.line == 4


def test_a_bullet_list_ends_a_paragraph() -> None:
    text, items = list_items(written("What I do:\n- teach\n  well\n* write - code"))
    assert text.value == "What I do:\n"
    assert [item.value for item in items] == ["teach\n  well", "write - code"]
    assert items[1].span is not None
    assert items[1].span.first.line == 4
    assert list_items(written("a - b\n-5 degrees"))[1] == ()


@given(st.text())
def test_reading_never_fails(text: str) -> None:
    parse_markup(written(text), Markup(AnyAnswer(), Sink(), raw_latex=True))


class AnyAnswer(Known):
    """Knows every fact and no link."""

    def fact(self, name: Text) -> str:
        return name.value

    def link(self, name: Text) -> str | None:  # noqa: ARG002
        return None
