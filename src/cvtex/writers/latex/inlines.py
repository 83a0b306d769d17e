"""Writes inlines as TeX source."""

from __future__ import annotations

from typing import assert_never

from cvtex.richtext.nodes import (
    Badge,
    Code,
    Emph,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Mark,
    Math,
    NoBreak,
    Owner,
    Raw,
    Reference,
    SmallCaps,
    Str,
    Strong,
    Subscript,
    Superscript,
)
from cvtex.writers.latex.escape import escape_breakable, escape_code, escape_math, escape_url
from cvtex.writers.latex.pylatex_nodes import call


def write_inlines(inlines: Inlines) -> str:
    """Return the TeX source of inlines."""
    return "".join(map(_write, inlines))


def _write(node: Inline) -> str:  # noqa: C901, PLR0911, PLR0912  # one arm a node
    match node:
        case Str(text):
            return escape_breakable(text)
        case Emph(children):
            return call("cvemph", write_inlines(children))
        case Strong(children):
            return call("cvstrong", write_inlines(children))
        case SmallCaps(children):
            return call("cvsmallcaps", write_inlines(children))
        case Superscript(children):
            return call("cvsup", write_inlines(children))
        case Subscript(children):
            return call("cvsub", write_inlines(children))
        case NoBreak(children):
            return call("cvnobreak", write_inlines(children))
        case Owner(children):
            return call("cvowner", write_inlines(children))
        case Code(text):
            return call("cvcode", escape_code(text))
        case Math(tex):
            return f"${escape_math(tex)}$"
        case Raw(format_, text):
            return f"{{{text}}}" if format_ == "latex" else ""
        case LineBreak():
            return r"\cvbreak{}"
        case Link(url, children):
            return call("cvlink", escape_url(url), write_inlines(children))
        case Reference(anchor, children):
            return call("cvref", anchor, write_inlines(children))
        case Mark(text):
            return call("cvmark", escape_breakable(text))
        case Badge(url, label):
            return call("cvbadge", escape_url(url), escape_breakable(label))
        case _:
            assert_never(node)
