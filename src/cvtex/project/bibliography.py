"""Reads the .bib files of a project, or remembers what was read of the same texts before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from cvtex.diagnostics.diagnostic import Diagnostic, Sink
from cvtex.readers.bibtex.bibliography import Bibliography
from cvtex.source import Source
from cvtex.support.cache import BIBLIOGRAPHIES, NOTHING_KEPT, Cache, this_program
from cvtex.support.codec import DAMAGED, packed, unpacked

DEFAULT_BIB = "refs.bib"
"""Read when `bibliography.files` is not given and the file is there."""

Known = tuple[Bibliography, list[Diagnostic]]
"""What was read, and what was found wrong."""


def read_bibliography(
    sources: Sequence[Source], sink: Sink, cache: Cache = NOTHING_KEPT
) -> Bibliography:
    """The bibliography of .bib files; what is wrong in them goes to the sink.

    The `cache` may have it from an earlier run.
    """
    bibliography, found = _read(sources) if cache.root is None else _remembered(sources, cache)
    sink.take(found)
    return bibliography


def _remembered(sources: Sequence[Source], cache: Cache) -> Known:
    name = _digest(sources)
    data = cache.read(BIBLIOGRAPHIES, name)
    known = _restored(data, sources) if data is not None else None
    if known is None:
        known = _read(sources)
        cache.write(BIBLIOGRAPHIES, name, packed(known, sources))
    return known


def _read(sources: Sequence[Source]) -> Known:
    """Read the .bib files anew."""
    from cvtex.readers.bibtex.convert import read_bib  # brings bibtexparser and pylatexenc

    found = Sink()
    return read_bib(sources, found), found.found


def _digest(sources: Sequence[Source]) -> str:
    """Return the name under which the bibliography of these texts is cached."""
    digest = hashlib.sha256(this_program().encode())
    for source in sources:
        digest.update(f"\0{source.path}\0{source.text}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]


def _restored(data: bytes, sources: Sequence[Source]) -> Known | None:
    try:
        known: Known = unpacked(data, sources)
    except DAMAGED:
        return None
    return known
