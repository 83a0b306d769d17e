"""Reads the .bib files of a project, or restores from the cache what they gave before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from cvtex.diagnostics.diagnostic import Diagnostic, Sink
from cvtex.readers.bibtex.bibliography import Bibliography
from cvtex.source import Source
from cvtex.support.cache import BIBLIOGRAPHIES, NOTHING_KEPT, Cache, this_program
from cvtex.support.codec import REJECTED, UNWRITABLE, decode, encode

DEFAULT_BIB = "refs.bib"
"""Read when `bibliography.files` is not given and the file is there."""


class ReadBibliography(Struct, frozen=True):
    """The bibliography of some .bib files, and the findings of reading them."""

    bibliography: Bibliography
    findings: tuple[Diagnostic, ...]


def read_bibliography(
    sources: Sequence[Source], sink: Sink, cache: Cache = NOTHING_KEPT
) -> Bibliography:
    """Return the bibliography of .bib files, from the `cache` if it has it; report faults."""
    found = _read(sources) if cache.root is None else _read_cached(sources, cache)
    sink.take(found.findings)
    return found.bibliography


def _read_cached(sources: Sequence[Source], cache: Cache) -> ReadBibliography:
    name = _digest(sources)
    data = cache.read(BIBLIOGRAPHIES, name)
    if data is not None:
        with suppress(*REJECTED):
            return decode(data, ReadBibliography, sources)
    found = _read(sources)
    with suppress(*UNWRITABLE):
        cache.write(BIBLIOGRAPHIES, name, encode(_storable(found), sources))
    return found


def _read(sources: Sequence[Source]) -> ReadBibliography:
    """Read the .bib files themselves."""
    from cvtex.readers.bibtex.convert import read_bib  # brings bibtexparser and pylatexenc

    sink = Sink()
    return ReadBibliography(read_bib(sources, sink), tuple(sink.found))


def _storable(found: ReadBibliography) -> ReadBibliography:
    return replace(found, findings=tuple(one.without_doc() for one in found.findings))


def _digest(sources: Sequence[Source]) -> str:
    """Return the name under which the bibliography of these texts is cached."""
    digest = hashlib.sha256(this_program().encode())
    for source in sources:
        digest.update(f"\0{source.path}\0{source.text}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]
