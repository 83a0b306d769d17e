"""Every citation style by its name: those built in, and any other that CSL has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cvtex.publications.publication import Publication
from cvtex.publications.styles.acm import ACM
from cvtex.publications.styles.apa import APA
from cvtex.publications.styles.chicago import CHICAGO
from cvtex.publications.styles.engine import write_entry
from cvtex.publications.styles.ieee import IEEE
from cvtex.publications.styles.options import StyleOptions
from cvtex.publications.styles.plain import PLAIN
from cvtex.publications.styles.style import Style
from cvtex.richtext.nodes import Inlines

StyleWriter = Callable[[Publication, StyleOptions], Inlines]
"""Puts one publication into a style; one of CSL's raises `StyleError` where it cannot."""

_STYLES = {"plain": PLAIN, "ieee": IEEE, "acm": ACM, "apa": APA, "chicago-author-date": CHICAGO}


def style_names() -> tuple[str, ...]:
    """Return the names of the styles that are built in."""
    return tuple(_STYLES)


def find_style(name: str, folder: Path, language: str) -> StyleWriter:
    """Return a style by its name: built in, a CSL file relative to a folder, or CSL's name.

    Raises `StyleError` if there is none, or it cannot be read.
    """
    built_in = _STYLES.get(name)
    if built_in is not None:
        return _writer(built_in)
    from cvtex.publications.styles.csl import open_csl  # brings lxml

    return open_csl(name, folder, language, style_names())


def plain_writer() -> StyleWriter:
    """Return the style that can always be used."""
    return _writer(PLAIN)


def _writer(style: Style) -> StyleWriter:
    return lambda publication, options: write_entry(publication, style, options)
