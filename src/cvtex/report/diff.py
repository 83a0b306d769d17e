"""What would be changed in a file, as a unified diff that `patch` and `git apply` understand."""

from __future__ import annotations

import codecs
import difflib
from collections.abc import Iterator

from cvtex.regex import regex

_LINE = regex(r"[^\n]*\n|[^\n]+")
_NO_END = "\\ No newline at end of file\n"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_COLOURS = {"---": "1", "+++": "1", "@": "36", "-": "31", "+": "32"}
"""ANSI colours by how a line begins; file names are bold."""


def unified_diff(path: str, before: bytes, after: bytes, *, coloured: bool = False) -> bytes:
    """The changes of one file, byte for byte as they stand in it; UTF-16 is shown as UTF-8."""
    lines = difflib.unified_diff(_lines(before), _lines(after), fromfile=path, tofile=path)
    shown = (_coloured(line) if coloured else line for line in _ended(lines))
    return "".join(shown).encode("utf-8", "surrogateescape")


def _lines(data: bytes) -> list[str]:
    codec = "utf-16" if data.startswith(_UTF16) else "utf-8"
    return _LINE.findall(data.decode(codec, "surrogateescape"))


def _ended(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n{_NO_END}"


def _coloured(line: str) -> str:
    colour = next((c for start, c in _COLOURS.items() if line.startswith(start)), None)
    content, end = line[:-1], line[-1:]
    return line if colour is None else f"\x1b[{colour}m{content}\x1b[0m{end}"
