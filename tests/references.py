"""Reads an entry, writes it in a style, and shows what is printed in a line of text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cvtex.diagnostics.diagnostic import Sink
from cvtex.locale import terms_of
from cvtex.names.matching import same_person
from cvtex.names.name import Name
from cvtex.names.parse import name_of
from cvtex.publications.publication import Publication
from cvtex.publications.styles.options import StyleOptions
from cvtex.publications.styles.registry import find_style, style_names
from cvtex.readers.bibtex.convert import read_bib
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

OWNER = name_of("Noether, Emmy")


def read(bib: str) -> Publication:
    """The one entry of a .bib file."""
    found = read_bib([Source("refs.bib", bib)], Sink()).publications
    assert len(found) == 1
    return found[0]


def is_owner(name: Name) -> bool:
    """Whether a name is that of the owner of the CV, Emmy Noether."""
    return same_person(name, OWNER)


def options(language: str = "en", **values: Any) -> StyleOptions:
    """What a CV in a language tells the style."""
    return StyleOptions(terms_of(language), is_owner, language=language, **values)


def write(publication: Publication, style: str, chosen: StyleOptions | None = None) -> Inlines:
    """A publication in a style; without the extra, tests of CSL's styles are skipped."""
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
