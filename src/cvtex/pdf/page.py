"""The pages of a PDF as data; lengths are PostScript points, places count from below left."""

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
    """The area of a link; one inside the document has no `url`."""

    url: str
    box: Box


class Font(Struct, frozen=True):
    """A font by its PostScript name, and whether the file brings it along."""

    name: str
    embedded: bool


class Image(Struct, frozen=True):
    """A bitmap: its size in pixels, and where it stands."""

    width: int
    height: int
    box: Box


class Heading(Struct, frozen=True):
    """A bookmark: its title, and the height at which its text begins."""

    title: str
    page: int
    top: float


class Page(Struct, frozen=True):
    """One page; lines are in reading order, `text` is what copying all of it gives."""

    width: float
    height: float
    text: str
    lines: tuple[PageLine, ...]
    links: tuple[LinkBox, ...]
    fonts: tuple[Font, ...]
    images: tuple[Image, ...]


class Pdf(Struct, frozen=True):
    """A whole file; pages count from 0."""

    pages: tuple[Page, ...]
    headings: tuple[Heading, ...]
