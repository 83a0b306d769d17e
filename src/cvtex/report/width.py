"""How wide characters are in a terminal."""

from __future__ import annotations

import unicodedata


def cells(text: str) -> int:
    """How many columns of a terminal a text takes (Unicode Standard Annex 11)."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def printable(line: str) -> str:
    """The line with a stand-in for each character that would move the rest or not be seen."""
    return "".join(map(_stand_in, line))


def _stand_in(character: str) -> str:
    if character == "\t":
        return " "
    seen = character.isprintable() or unicodedata.category(character) == "Zs"
    return character if seen else "\ufffd"


def one_line(text: str) -> str:
    """A text as one printable line."""
    return printable(" ".join(text.splitlines()))


def window(line: str, start: int, room: int, before: int) -> tuple[int, int]:
    """From where to where a long line is shown, so that what begins at `start` is seen.

    `room` is what it may take, and `before` what is wanted of it in front of `start`, in columns.
    """
    first = last = start
    while first > 0 and cells(line[first - 1 : start]) <= before:
        first -= 1
    while last < len(line) and cells(line[first : last + 1]) <= room:
        last += 1
    while first > 0 and cells(line[first - 1 : last]) <= room:
        first -= 1
    return first, last
