"""The pages of a PDF as data; lengths are PostScript points, from the lower left corner."""

from __future__ import annotations

from msgspec import Struct


class Box(Struct, frozen=True):
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float


class PageLine(Struct, frozen=True):
    """A line of text."""

    text: str
    box: Box


class LinkBox(Struct, frozen=True):
    """The area of a link; a link inside the document has no `url`."""

    url: str
    box: Box


class Font(Struct, frozen=True):
    """A font by its PostScript name; `embedded` is true if the file contains it."""

    name: str
    embedded: bool


class PageImage(Struct, frozen=True):
    """A bitmap with its size in pixels and its place."""

    width: int
    height: int
    box: Box


class Heading(Struct, frozen=True):
    """A bookmark: its title, its page, and the height at which its text begins."""

    title: str
    page: int
    top: float


class Page(Struct, frozen=True):
    """One page; lines are in reading order, `text` is the text a reader copies from it."""

    width: float
    height: float
    text: str
    lines: tuple[PageLine, ...]
    links: tuple[LinkBox, ...]
    fonts: tuple[Font, ...]
    images: tuple[PageImage, ...]


class Pdf(Struct, frozen=True):
    """A PDF file; pages count from 0."""

    pages: tuple[Page, ...]
    headings: tuple[Heading, ...]
