"""Patches the bytes of files; every byte outside the patches stays as it was."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from msgspec import Struct

from cvtex.source import LINE_END
from cvtex.support.lazy_re import lazy_re

Files = Mapping[Path, bytes]
"""Every file that was read, by its real path."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN = lazy_re("[\udc80-\udcff]")
_BARE_NEWLINE = lazy_re(r"(?<!\r)\n")
_RAW = "surrogateescape"


class Patch(Struct, frozen=True, order=True):
    """Replace the characters from `start` up to `end` of a file's text."""

    path: Path
    start: int
    end: int
    text: str


class NotWritableError(Exception):
    """A patch that the file cannot hold; the text of the error says why."""


def text_of(data: bytes) -> str:
    """Return the text of a file without its byte order mark; undecodable bytes are surrogates.

    It has as many characters as the text of the `Source` read from the file, also where reading
    took such a byte for a letter of Windows-1252.
    """
    mark, codec = _encoding(data)
    return data[len(mark) :].decode(codec, _RAW)


def patched(files: Files, patches: Iterable[Patch]) -> Files:
    """Return the files after patches, which must not overlap.

    Raises `NotWritableError` where the encoding of a file has no place for a patch.
    """
    changed = dict(files)
    for path, own in groupby(sorted(patches), attrgetter("path")):
        changed[path] = _patched(files[path], own)
    return changed


def _patched(data: bytes, patches: Iterable[Patch]) -> bytes:
    mark, codec = _encoding(data)
    text, parts, position = text_of(data), [], 0
    for patch in patches:
        parts += [text[position : patch.start], _in_encoding_of(text, patch.text)]
        position = patch.end
    result = "".join([*parts, text[position:]])
    written = result.encode(codec, _RAW)
    if written.decode(codec, _RAW) != result:
        raise NotWritableError("the encoding of the file is not certain")
    return mark + written


def _encoding(data: bytes) -> tuple[bytes, str]:
    return next((known for known in _MARKS if data.startswith(known[0])), (b"", "utf-8"))


def _in_encoding_of(text: str, new: str) -> str:
    """Return new text so that it is encoded as the rest; undecodable bytes mean Windows-1252."""
    if new.isascii() or not _FOREIGN.search(text):
        return new
    if not _FOREIGN.sub("", text).isascii():
        raise NotWritableError("the file mixes encodings")
    try:
        return new.encode("cp1252").decode("utf-8", _RAW)
    except UnicodeEncodeError as error:
        char = new[error.start]
        message = f"`{char}` (U+{ord(char):04X}) cannot be written in Windows-1252"
        raise NotWritableError(message) from None


def with_line_ends(new: str, text: str, place: int) -> str:
    """Return text to be inserted at an offset of another text, with the line ends used there."""
    return _BARE_NEWLINE.sub(_line_end(text, place), new) if "\n" in new else new


def _line_end(text: str, place: int) -> str:
    """Return the first line end after an offset, or else the last one before it."""
    after = LINE_END.search(text, place)
    if after is not None:
        return after[0]
    before = [match[0] for match in LINE_END.finditer(text, 0, place)]
    return before[-1] if before else "\n"
