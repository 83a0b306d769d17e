"""Reads the pages of a PDF; the gate to pypdfium2."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cvtex.pdf.page import Box, Font, Heading, LinkBox, Page, PageImage, PageLine, Pdf

if TYPE_CHECKING:
    import pypdfium2

_SAME_LINE = 3.0
"""The distance of baselines within one line, as for raised figures, in points."""

_NAME_LENGTH = 256


def read_pdf(data: bytes) -> Pdf:
    """Return the pages of a PDF and its bookmarks."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        pages = tuple(_page(document, page) for page in document)
        return Pdf(pages, tuple(_headings(document)))
    finally:
        document.close()


def _headings(document: pypdfium2.PdfDocument) -> Iterator[Heading]:
    for bookmark in document.get_toc():
        target = bookmark.get_dest()
        place = target.get_view()[1] if target is not None else []
        if target is not None and len(place) > 1 and target.get_index() is not None:
            yield Heading(bookmark.get_title(), target.get_index(), place[1])


def _page(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Page:
    width, height = page.get_size()
    objects, text = list(page.get_objects()), page.get_textpage()
    return Page(
        width,
        height,
        text.get_text_range(),
        tuple(_lines(text)),
        tuple(_links(document, page)),
        tuple(dict.fromkeys(_fonts(objects))),
        tuple(_images(objects)),
    )


def _lines(text: pypdfium2.PdfTextPage) -> Iterator[PageLine]:
    boxes = [Box(*text.get_rect(i)) for i in range(text.count_rects())]
    for parts in _by_line(boxes):
        whole = _around(parts)
        written = " ".join(text.get_text_bounded(b.left, b.bottom, b.right, b.top) for b in parts)
        yield PageLine(" ".join(written.split()), whole)


def _by_line(boxes: list[Box]) -> Iterator[list[Box]]:
    """Group the boxes that follow each other at one height."""
    line: list[Box] = []
    for box in boxes:
        if line and not _beside(line[-1], box):
            yield line
            line = []
        line.append(box)
    if line:
        yield line


def _beside(one: Box, other: Box) -> bool:
    return abs(one.bottom - other.bottom) <= _SAME_LINE or (
        one.bottom <= other.bottom and other.top <= one.top + _SAME_LINE
    )


def _around(boxes: list[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


def _links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[LinkBox]:
    from pypdfium2 import raw

    for i in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, i)
        link = raw.FPDFAnnot_GetLink(annotation)
        area = raw.FS_RECTF()
        if link and raw.FPDFAnnot_GetRect(annotation, area):
            action = raw.FPDFLink_GetAction(link)
            box = Box(area.left, area.bottom, area.right, area.top)
            yield LinkBox(_url(document, action) if action else "", box)
        raw.FPDFPage_CloseAnnot(annotation)


def _url(document: pypdfium2.PdfDocument, action: object) -> str:
    from pypdfium2 import raw

    size = raw.FPDFAction_GetURIPath(document, action, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetURIPath(document, action, buffer, size)
    return buffer.value.decode("utf-8", "replace")


def _fonts(objects: list[pypdfium2.PdfObject]) -> Iterator[Font]:
    from pypdfium2 import raw

    for found in objects:
        if found.type == raw.FPDF_PAGEOBJ_TEXT:
            font = raw.FPDFTextObj_GetFont(found)
            name = ctypes.create_string_buffer(_NAME_LENGTH)
            raw.FPDFFont_GetBaseFontName(font, name, _NAME_LENGTH)
            embedded = raw.FPDFFont_GetIsEmbedded(font) == 1
            yield Font(name.value.decode("utf-8", "replace"), embedded)


def _images(objects: list[pypdfium2.PdfObject]) -> Iterator[PageImage]:
    from pypdfium2 import raw

    for found in objects:
        if found.type == raw.FPDF_PAGEOBJ_IMAGE:
            width, height = found.get_px_size()
            yield PageImage(width, height, Box(*found.get_bounds()))
