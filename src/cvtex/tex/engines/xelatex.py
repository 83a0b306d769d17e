"""XeTeX: it sets all of Unicode with the fonts of the system."""

from __future__ import annotations

from cvtex.support.lazy_re import lazy_re
from cvtex.tex.engines.engine import Engine

ENGINE = Engine(
    name="xelatex",
    title="XeTeX",
    version_line=lazy_re(r"(?:MiKTeX-)?XeTeX [0-9].*"),
    unicode=True,
    collections=("xetex",),
)
