"""From the bytes of a .bib file to its text."""

from __future__ import annotations

import codecs

from cvtex.diagnostics.catalogue import GUESSED_ENCODING, UNREADABLE_FILE
from cvtex.diagnostics.diagnostic import Sink
from cvtex.source import Source
from cvtex.support.mojibake import windows_1252

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_bib(data: bytes, path: str, sink: Sink) -> Source | None:
    """Return the text of a file, line ends as written and without a byte order mark.

    UTF-8 and, by their mark, UTF-16 are read as they are. Bytes that are not UTF-8 are read as
    Windows-1252, which contains Latin-1's letters, and the first line concerned is named.
    Binary data is an error and gives None.
    """
    if data.startswith(UTF16_MARKS):
        return _utf16(data, path, sink)
    data = data.removeprefix(codecs.BOM_UTF8)
    if b"\0" in data:
        _report_binary(path, sink)
        return None
    try:
        return Source(path, data.decode("utf-8"))
    except UnicodeDecodeError as fault:
        return _guessed(data, fault.start, path, sink)


def _utf16(data: bytes, path: str, sink: Sink) -> Source | None:
    try:
        return Source(path, data.decode("utf-16"))
    except UnicodeDecodeError:
        _report_binary(path, sink)
        return None


def _report_binary(path: str, sink: Sink) -> None:
    sink.add(
        UNREADABLE_FILE,
        f"`{path}` is not a text file",
        path=path,
        hint="name a .bib file; if this is one, save it as UTF-8",
    )


def _guessed(data: bytes, first: int, path: str, sink: Sink) -> Source:
    source = Source(path, data.decode("utf-8", errors="cvtex.windows-1252"))
    offset = len(data[:first].decode("utf-8"))
    line = source.position(offset).line
    sink.add(
        GUESSED_ENCODING,
        f"not UTF-8: `{source.text[offset]}` in line {line} was read as Windows-1252",
        source.span(offset, offset + 1),
        hint="check the letters of this line, then save the file as UTF-8",
    )
    return source


def _windows_1252(fault: UnicodeError) -> tuple[str, int]:
    """Read only the bytes at fault, so that a file of mixed encodings comes out whole."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return windows_1252(fault.object[fault.start : fault.end]), fault.end


codecs.register_error("cvtex.windows-1252", _windows_1252)
