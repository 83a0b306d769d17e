"""Citation styles: the style guides' own examples, and what a CV asks of every style."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from cvtex.bib_reader.convert import read_bib
from cvtex.diagnostics.model import Sink
from cvtex.publications.model import Name, Publication
from cvtex.publications.names import name_of, same_person
from cvtex.publications.styles.options import StyleOptions
from cvtex.publications.styles.registry import find_style, style_names
from cvtex.richtext.nodes import (
    Emph,
    Inline,
    Inlines,
    Link,
    Mark,
    Owner,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
)
from cvtex.richtext.plain import plain_text
from cvtex.source import Source
from cvtex.words import words

CASES = Path(__file__).parent / "cases/styles"
GUIDES = {
    "ieee": "ieee",
    "acm": "acm",
    "apa": "apa",
    "chicago": "chicago-author-date",
    "nature": "nature",
}
OWNER = name_of("Noether, Emmy")


def cases(name: str) -> Any:
    return yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))


def guide_cases() -> Iterable[Any]:
    for file, style in GUIDES.items():
        for case in cases(file):
            yield pytest.param(style, case, id=f"{file}: {case['section']}")


def read(bib: str) -> Publication:
    found = read_bib([Source("refs.bib", bib)], Sink()).publications
    assert len(found) == 1
    return found[0]


def is_owner(name: Name) -> bool:
    return same_person(name, OWNER)


def options(language: str = "en", **values: Any) -> StyleOptions:
    return StyleOptions(words(language), is_owner, language=language, **values)


def write(publication: Publication, style: str, chosen: StyleOptions | None = None) -> Inlines:
    chosen = chosen or options()
    if style not in style_names():
        pytest.importorskip("citeproc", reason="the extra csl is not installed")
    return find_style(style, Path(), chosen.language)(publication, chosen)


def shown(inlines: Inlines) -> str:
    """The text with its markup: *italic*, **bold**, [owner], ^mark^; links are their text."""
    return "".join(map(_shown, inlines))


def _shown(node: Inline) -> str:
    match node:
        case Emph(children):
            return f"*{shown(children)}*"
        case Strong(children):
            return f"**{shown(children)}**"
        case Owner(children):
            return f"[{shown(children)}]"
        case Link(children=children) | SmallCaps(children):
            return shown(children)
        case Superscript(children) | Subscript(children):
            return f"^{shown(children)}^"
        case Mark(text):
            return f"^{text}^"
        case _:
            return plain_text((node,))


@pytest.mark.parametrize(("style", "case"), guide_cases())
def test_an_example_of_the_style_guide(style: str, case: dict[str, str]) -> None:
    assert shown(write(read(case["bib"]), style)) == case["prints"]
