"""What the links of a PDF lead to."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from pypdfium2 import raw as pdfium


def link_targets(pdf: Path) -> list[str]:
    """The URI of every link annotation, in page order."""
    document = pypdfium2.PdfDocument(pdf)
    return [target for page in document for target in _targets(document, page)]


def _targets(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> list[str]:
    targets = []
    for i in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        link = pdfium.FPDFAnnot_GetLink(annotation)
        action = pdfium.FPDFLink_GetAction(link) if link else None
        if action:
            size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
            buffer = bytearray(size)
            view = (pdfium.c_char * size).from_buffer(buffer) if size else None
            pdfium.FPDFAction_GetURIPath(document, action, view, size)
            targets.append(bytes(buffer).rstrip(b"\0").decode("latin-1"))
    return [target for target in targets if target]
