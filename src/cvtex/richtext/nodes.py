"""The inline nodes: a closed union, resolved, ready for any writer.

Models: pandoc's `Inline`. A citation key or a fact never reaches these nodes;
it is resolved to a `Reference` or to text while the markup is read.
"""

from __future__ import annotations

from dataclasses import dataclass

from cvtex.source import Span


@dataclass(frozen=True)
class Str:
    """Literal text."""

    text: str


@dataclass(frozen=True)
class Emph:
    """Emphasis."""

    children: Inlines


@dataclass(frozen=True)
class Strong:
    """Strong emphasis."""

    children: Inlines


@dataclass(frozen=True)
class SmallCaps:
    """Small capitals."""

    children: Inlines


@dataclass(frozen=True)
class Superscript:
    """Raised text."""

    children: Inlines


@dataclass(frozen=True)
class Subscript:
    """Lowered text."""

    children: Inlines


@dataclass(frozen=True)
class Code:
    """Verbatim text."""

    text: str


@dataclass(frozen=True)
class Math:
    """TeX mathematics, without its dollars."""

    tex: str


@dataclass(frozen=True)
class Raw:
    """TeX handed through untouched; only where the CV allows it."""

    tex: str


@dataclass(frozen=True)
class LineBreak:
    """A forced line break."""


@dataclass(frozen=True)
class NoBreak:
    """Text that keeps together on a line, such as a short label and its number."""

    children: Inlines


@dataclass(frozen=True)
class Link:
    """A hyperlink; the target is kept to the byte."""

    url: str
    children: Inlines


@dataclass(frozen=True)
class Reference:
    """A link to an anchor inside the document, such as a publication."""

    anchor: str
    children: Inlines


@dataclass(frozen=True)
class Owner:
    """The name of the CV's owner among authors."""

    children: Inlines


@dataclass(frozen=True)
class Mark:
    """The sign of a role behind a name, such as * for equal contribution."""

    text: str


@dataclass(frozen=True)
class Badge:
    """A short link behind a publication, such as "doi" or "code"."""

    url: str
    label: str


Inline = (
    Str
    | Emph
    | Strong
    | SmallCaps
    | Superscript
    | Subscript
    | Code
    | Math
    | Raw
    | LineBreak
    | NoBreak
    | Link
    | Reference
    | Owner
    | Mark
    | Badge
)
Inlines = tuple[Inline, ...]


@dataclass(frozen=True)
class Located:
    """Inlines and the place of the text they came from."""

    inlines: Inlines
    span: Span | None = None
