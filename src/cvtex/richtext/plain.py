"""The text of inlines, without their markup."""

from __future__ import annotations

from cvtex.richtext.nodes import Badge, Code, Inline, Inlines, LineBreak, Mark, Math, Raw, Str


def plain_text(inlines: Inlines) -> str:
    """Return the text a reader would copy; of mathematics and raw TeX, the source."""
    # Nearly all inlines are strings; a match statement is slow to say so.
    return "".join([i.text if isinstance(i, Str) else _plain(i) for i in inlines])


def _plain(inline: Inline) -> str:
    match inline:
        case Str(text=text) | Code(text=text) | Mark(text=text) | Raw(text=text):
            return text
        case Math(tex=tex):
            return tex
        case LineBreak():
            return " "
        case Badge(label=label):
            return label
    return plain_text(inline.children)
