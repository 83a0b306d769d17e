"""Decodes the bytes of a text file that should be UTF-8."""

from __future__ import annotations

import codecs
import re

from cvtex.diagnostics.catalogue import UNREADABLE_FILE
from cvtex.diagnostics.diagnostic import Sink
from cvtex.source import Source
from cvtex.support.lazy_re import lazy_re

# UTF-32 little endian starts like UTF-16, so it goes first.
_OTHER_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "UTF-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16"),
)
_OTHER_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x1f\x8b", "a gzip archive"),
)
_UNDECODED = lazy_re("[\udc80-\udcff]")
_SAVE_AS_UTF8 = "open the file in an editor and save it as UTF-8"


def decode_yaml(data: bytes, path: str, sink: Sink) -> Source | None:
    """Return the text of a UTF-8 file without its byte order mark; None when it is not UTF-8."""
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    for mark, name, codec in (*_OTHER_ENCODINGS, *_unmarked(data)):
        if data.startswith(mark):
            source = Source(path, data.decode(codec, "replace").removeprefix("\ufeff"))
            _report(source, 0, f"the file is written in {name}, not in UTF-8", _SAVE_AS_UTF8, sink)
            return None
    undecoded = _UNDECODED.search(text)
    source = Source(path, _UNDECODED.sub(_guessed, text) if undecoded else text)
    for start, name in _OTHER_FORMATS:
        if data.startswith(start):
            _report(source, 0, f"the file is {name}, not a text", "name a text file instead", sink)
            return None
    if "\0" in text:
        message = "the file holds a NUL byte, so it is not a text file"
        _report(source, text.index("\0"), message, "name a text file instead", sink)
        return None
    if undecoded is not None:
        _report_byte(source, undecoded, sink)
        return None
    return source


def _unmarked(data: bytes) -> tuple[tuple[bytes, str, str], ...]:
    """Return the encoding of UTF-16 without a byte order mark: every other byte of ASCII is NUL."""
    half = len(data) // 2
    if half and data[1::2].count(0) > 0.8 * half:
        return ((b"", "UTF-16", "utf-16-le"),)
    if half and data[::2].count(0) > 0.8 * half:
        return ((b"", "UTF-16", "utf-16-be"),)
    return ()


def _guessed(match: re.Match[str]) -> str:
    """Return a byte that is not UTF-8 decoded as Windows-1252, for showing the line."""
    return bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace")


def _report_byte(source: Source, undecoded: re.Match[str], sink: Sink) -> None:
    place = undecoded.start()
    byte, guess = ord(undecoded[0]) - 0xDC00, source.text[place]
    hint = _SAVE_AS_UTF8
    if guess.isalpha() or guess in "‘’“”–—°…":
        hint += f"; it looks like Windows-1252, where this byte is `{guess}`"
    message = f"the byte 0x{byte:02X} is not UTF-8"
    _report(source, place, message, hint, sink)


def _report(source: Source, place: int, message: str, hint: str, sink: Sink) -> None:
    span = source.span(place, min(place + 1, len(source.text)))
    sink.add(UNREADABLE_FILE, message, span, hint=hint)
