"""A file as bytes and as text, and edits that leave every other byte as it was."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from cvtex.lint.fixes.model import Files, Patch
from cvtex.source import LINE_END
from cvtex.support.lazy_re import lazy_re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN = lazy_re("[\udc80-\udcff]")
_BARE_NEWLINE = lazy_re(r"(?<!\r)\n")
_RAW = "surrogateescape"


class NotWritableError(Exception):
    """A fix that the file cannot hold; its text says why."""


def text_of(data: bytes) -> str:
    """The text of a file without its mark; a byte that is not of its encoding is a surrogate.

    It has as many characters as the text of the `Source` read from the file, also where that one
    took such a byte for a letter of Windows-1252.
    """
    mark, codec = _encoding(data)
    return data[len(mark) :].decode(codec, _RAW)


def patched(files: Files, patches: Iterable[Patch]) -> Files:
    """The files after patches, which must not overlap; raises `NotWritableError`."""
    changed = dict(files)
    for path, own in groupby(sorted(patches), attrgetter("path")):
        changed[path] = _patched(files[path], list(own))
    return changed


def _patched(data: bytes, patches: Sequence[Patch]) -> bytes:
    mark, codec = _encoding(data)
    text = text_of(data)
    parts, position = [], 0
    for patch in patches:
        parts += [text[position : patch.start], _as_written(patch, text)]
        position = patch.end
    whole = "".join([*parts, text[position:]])
    written = whole.encode(codec, _RAW)
    if written.decode(codec, _RAW) != whole:
        raise NotWritableError("the encoding of the file is not certain")
    return mark + written


def _encoding(data: bytes) -> tuple[bytes, str]:
    return next((known for known in _MARKS if data.startswith(known[0])), (b"", "utf-8"))


def _as_written(patch: Patch, text: str) -> str:
    """What is put in, in the encoding of the text."""
    if patch.text.isascii() or not _FOREIGN.search(text):
        return patch.text
    if not _FOREIGN.sub("", text).isascii():
        raise NotWritableError("the file mixes encodings")
    try:
        return patch.text.encode("cp1252").decode("utf-8", _RAW)
    except UnicodeEncodeError as error:
        char = patch.text[error.start]
        message = f"`{char}` (U+{ord(char):04X}) cannot be written in Windows-1252"
        raise NotWritableError(message) from None


def with_line_ends(new: str, text: str, place: int) -> str:
    """What is to be put in at a place of a text, with the line ends used there."""
    return _BARE_NEWLINE.sub(_line_end(text, place), new) if "\n" in new else new


def _line_end(text: str, place: int) -> str:
    """The line end behind a place, or the last one before it."""
    behind = LINE_END.search(text, place)
    if behind is not None:
        return behind[0]
    before = [match[0] for match in LINE_END.finditer(text, 0, place)]
    return before[-1] if before else "\n"
