"""The width of characters in a terminal."""

from __future__ import annotations

import unicodedata


def cells(text: str) -> int:
    """Count the columns of a terminal that a text takes (Unicode Standard Annex 11)."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def printable(line: str) -> str:
    """Replace each character of a line that is invisible or would move the rest."""
    return "".join(map(_stand_in, line))


def _stand_in(character: str) -> str:
    if character == "\t":
        return " "
    seen = character.isprintable() or unicodedata.category(character) == "Zs"
    return character if seen else "\ufffd"


def one_line(text: str) -> str:
    """Return a text as one printable line."""
    return printable(" ".join(text.splitlines()))


def window(line: str, start: int, room: int, before: int) -> tuple[int, int]:
    """Choose the range of a long line to show, so that `start` is in it.

    It takes at most `room` columns, `before` of them in front of `start` if possible.
    """
    first = last = start
    while first > 0 and cells(line[first - 1 : start]) <= before:
        first -= 1
    while last < len(line) and cells(line[first : last + 1]) <= room:
        last += 1
    while first > 0 and cells(line[first - 1 : last]) <= room:
        first -= 1
    return first, last
