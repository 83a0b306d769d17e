"""The inline nodes: a closed union, resolved, ready for any writer.

Models: pandoc's `Inline`. A citation key or a fact never reaches these nodes;
it is resolved to a `Reference` or to text while the markup is read.
"""

from __future__ import annotations

from typing import get_args

from msgspec import Struct

from cvtex.source import Span


class Str(Struct, frozen=True, tag=True, gc=False):
    """Literal text."""

    text: str


class Emph(Struct, frozen=True, tag=True):
    """Emphasis."""

    children: Inlines


class Strong(Struct, frozen=True, tag=True):
    """Strong emphasis."""

    children: Inlines


class SmallCaps(Struct, frozen=True, tag=True):
    """Small capitals."""

    children: Inlines


class Superscript(Struct, frozen=True, tag=True):
    """Raised text."""

    children: Inlines


class Subscript(Struct, frozen=True, tag=True):
    """Lowered text."""

    children: Inlines


class Code(Struct, frozen=True, tag=True):
    """Verbatim text."""

    text: str


class Math(Struct, frozen=True, tag=True):
    """TeX mathematics, without its dollars."""

    tex: str


class Raw(Struct, frozen=True, tag=True):
    """Text in the format of one writer, such as `latex`, handed through untouched.

    Only where the CV allows it.
    """

    format: str
    text: str


class LineBreak(Struct, frozen=True, tag=True):
    """A forced line break."""


class NoBreak(Struct, frozen=True, tag=True):
    """Text that is kept on one line, such as a short label and its number."""

    children: Inlines


class Link(Struct, frozen=True, tag=True):
    """A hyperlink; the target is unchanged to the byte."""

    url: str
    children: Inlines


class Reference(Struct, frozen=True, tag=True):
    """A link to an anchor inside the document, such as a publication."""

    anchor: str
    children: Inlines


class Owner(Struct, frozen=True, tag=True):
    """The name of the CV's owner among authors."""

    children: Inlines


class Mark(Struct, frozen=True, tag=True):
    """The sign of a role after a name, such as * for equal contribution."""

    text: str


class Badge(Struct, frozen=True, tag=True):
    """A short link after a publication, such as "doi" or "code"."""

    url: str
    label: str


Branch = Emph | Strong | SmallCaps | Superscript | Subscript | NoBreak | Link | Reference | Owner
"""The inlines that contain others."""

BRANCHES = get_args(Branch)

Inline = Str | Code | Math | Raw | LineBreak | Mark | Badge | Branch
Inlines = tuple[Inline, ...]


class Located(Struct, frozen=True):
    """Inlines and the place of the text they came from."""

    inlines: Inlines
    span: Span | None = None
