"""Unified diffs of files, as `patch` and `git apply` read them."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain
from typing import Literal

from cvtex.support.lazy_re import lazy_re

CONTEXT = 3
"""How many lines are shown around a change."""

Stretch = tuple[str, int, int, int, int]
"""A change of lines: difflib's tag, their range before and their range after."""
Opcode = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]

_LINE = lazy_re(r"[^\n]*\n|[^\n]+")
_NO_END = "\\ No newline at end of file\n"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_COLOURS = {"---": "1", "+++": "1", "@": "36", "-": "31", "+": "32"}
"""ANSI colours by how a line begins; file names are bold."""


def unified_diff(path: str, before: bytes, after: bytes, *, coloured: bool = False) -> bytes:
    """Return the changes of one file, without decoding its bytes; UTF-16 becomes UTF-8."""
    old, new = _lines(before), _lines(after)
    groups = _InParts(old, new).get_grouped_opcodes(CONTEXT)
    hunks = [_hunk(group, old, new) for group in groups]
    names = [f"--- {path}\n", f"+++ {path}\n"] if hunks else []
    lines = _ended([*names, *chain.from_iterable(hunks)])
    shown = (_coloured(line) if coloured else line for line in lines)
    return "".join(shown).encode("utf-8", "surrogateescape")


class _InParts(SequenceMatcher[str]):
    """Compares two files in parts, between the lines that occur once in both.

    The time to compare long files as a whole grows with the square of their changes.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__(None, old, new)
        self._old, self._new = old, new

    def get_opcodes(self) -> list[Opcode]:
        found: list[Opcode] = []
        i = j = 0
        for end, other_end in (*_anchors(self._old, self._new), (len(self._old), len(self._new))):
            part = SequenceMatcher(None, self._old[i:end], self._new[j:other_end], autojunk=False)
            for tag, i1, i2, j1, j2 in part.get_opcodes():
                before = found.pop() if found and found[-1][0] == tag == "equal" else None
                first, other = (i + i1, j + j1) if before is None else (before[1], before[3])
                found.append((tag, first, i + i2, other, j + j2))
            i, j = end, other_end
        return found


def _anchors(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of lines that occur once in both, as far as their order is the same."""
    counts, others = Counter(old), Counter(new)
    places = {line: place for place, line in enumerate(new) if others[line] == counts[line] == 1}
    last = -1
    for place, line in enumerate(old):
        if places.get(line, -1) > last:
            last = places[line]
            yield place, last


def _hunk(group: Sequence[Stretch], old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    (_, i1, _, j1, _), (_, _, i2, _, j2) = group[0], group[-1]
    yield f"@@ -{_range(i1, i2)} +{_range(j1, j2)} @@\n"
    for tag, i1, i2, j1, j2 in group:
        if tag == "equal":
            yield from (f" {line}" for line in old[i1:i2])
        else:
            yield from (f"-{line}" for line in old[i1:i2])
            yield from (f"+{line}" for line in new[j1:j2])


def _range(start: int, stop: int) -> str:
    """Format a range as a unified diff does: from 1; an empty one by the line before it."""
    count = stop - start
    return f"{start + 1}" if count == 1 else f"{start + (count > 0)},{count}"


def _lines(data: bytes) -> list[str]:
    codec = "utf-16" if data.startswith(_UTF16) else "utf-8"
    return _LINE.findall(data.decode(codec, "surrogateescape"))


def _ended(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n{_NO_END}"


def _coloured(line: str) -> str:
    colour = next((c for start, c in _COLOURS.items() if line.startswith(start)), None)
    content, end = line[:-1], line[-1:]
    return line if colour is None else f"\x1b[{colour}m{content}\x1b[0m{end}"
