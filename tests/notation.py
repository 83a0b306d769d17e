"""A short notation for inlines, so that expected trees can be written by hand."""

from __future__ import annotations

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


def notation(inlines: Inlines) -> str:
    """Neighbouring nodes are parted by a bar."""
    return "|".join(map(_node, inlines))


def _node(node: Inline) -> str:
    match node:
        case Str(text):
            return text
        case Code(text) | Mark(text):
            return f"{type(node).__name__.lower()}({text})"
        case Math(tex=tex) | Raw(text=tex):
            return f"{type(node).__name__.lower()}({tex})"
        case LineBreak():
            return "break"
        case Link(url, children):
            return f"link({url}: {notation(children)})"
        case Reference(anchor, children):
            return f"ref({anchor}: {notation(children)})"
        case Badge(url, label):
            return f"badge({url}: {label})"
        case (
            Emph(children)
            | Strong(children)
            | SmallCaps(children)
            | Superscript(children)
            | Subscript(children)
            | NoBreak(children)
            | Owner(children)
        ):
            return f"{type(node).__name__.lower()}({notation(children)})"
