"""The pages of a PDF as data; lengths are PostScript points, places count from below left."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class Line:
    """A line of text."""

    text: str
    box: Box


@dataclass(frozen=True)
class LinkBox:
    """The area of a link; one inside the document has no `url`."""

    url: str
    box: Box


@dataclass(frozen=True)
class Font:
    """A font by its PostScript name, and whether the file brings it along."""

    name: str
    embedded: bool


@dataclass(frozen=True)
class Image:
    """A bitmap: its size in pixels, and where it stands."""

    width: int
    height: int
    box: Box


@dataclass(frozen=True)
class Heading:
    """A bookmark: its title, and the height at which its text begins."""

    title: str
    page: int
    top: float


@dataclass(frozen=True)
class Page:
    """One page; lines are in reading order, `text` is what copying all of it gives."""

    width: float
    height: float
    text: str
    lines: tuple[Line, ...]
    links: tuple[LinkBox, ...]
    fonts: tuple[Font, ...]
    images: tuple[Image, ...]


@dataclass(frozen=True)
class Pdf:
    """A whole file; `size` is in bytes, pages count from 0."""

    pages: tuple[Page, ...]
    headings: tuple[Heading, ...]
    size: int
