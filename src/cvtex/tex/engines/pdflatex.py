"""pdfTeX, the fastest engine: it sets 8-bit fonts only."""

from __future__ import annotations

from cvtex.support.lazy_re import lazy_re
from cvtex.tex.engines.engine import Engine

ENGINE = Engine(
    name="pdflatex",
    title="pdfTeX",
    version_line=lazy_re(r"(?:MiKTeX-)?pdfTeX [0-9].*"),
    unicode=False,
    dumps_preamble=True,
)
