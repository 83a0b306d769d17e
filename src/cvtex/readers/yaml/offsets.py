"""The offset in the source of each character of a decoded scalar.

Follows YAML 1.2.2: chapter 7 for flow scalars (quoted and plain), chapter 8.1 for block scalars.
A character written as an escape maps to the backslash, a folded line end to the line end that
became the space or the newline.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import chain

from msgspec import Struct

from cvtex.readers.yaml.draft import YamlDraft
from cvtex.readers.yaml.lexemes import YamlEvent
from cvtex.readers.yaml.nodes import ScalarStyle
from cvtex.support.lazy_re import lazy_re

CharAt = tuple[str, int]
"""A decoded character and its position in the draft."""

_BREAK = lazy_re(r"\r\n|\r|\n")
# Blanks without a line end match too, as a whole: scanning stays linear on long runs of them.
_FOLD = lazy_re(r"[ \t]*(?:\r\n|\r|\n)(?:[ \t]|\r\n|\r|\n)*|[ \t]+")
_SINGLE = lazy_re(rf"(?P<quote>'')|(?P<fold>{_FOLD.pattern})")
_DOUBLE = lazy_re(
    r"(?P<join>\\(?:\r\n|\r|\n)(?:[ \t]|\r\n|\r|\n)*)"
    r"|\\(?P<hex>x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"
    rf"|\\(?P<escape>.)|(?P<fold>{_FOLD.pattern})"
)
_HEADER = lazy_re(r"[|>]([-+1-9]*)[^\r\n]*(?:\r\n|\r|\n)?")
_LINE = lazy_re(r"( *)([^\r\n]*)(\r\n|\r|\n|\Z)")
# YAML 1.2.2, section 5.7, without the escapes that stand for themselves.
_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}


class ScalarOffsets(Struct, frozen=True, eq=False, dict=True):
    """Computes, when called, the source offset of each character of a scalar's value.

    `start` is where the token starts after its anchor and tag, the quote or block header
    included. The last line end of a block scalar may be after the span of the scalar.
    """

    draft: YamlDraft
    event: YamlEvent
    start: int

    def __call__(self) -> Sequence[int]:
        """Return one offset for each character of the value."""
        return self._offsets

    @cached_property
    def _offsets(self) -> Sequence[int]:
        origins, value = self.draft.origins, self.event.value
        for placed in self._readings():
            found = list(placed)
            if "".join(char for char, _ in found) == value:
                return [origins[place] for _, place in found]
        return [origins[self.start]] * len(value)

    def _readings(self) -> Iterator[Iterator[CharAt]]:
        text, style, end = self.draft.text, self.event.style, self.event.end
        if style in ("literal", "folded"):
            yield from _block_readings(text, self.start, end, style == "folded")
        else:
            yield _FLOW[style](text, self.start, end)


def _plain(text: str, start: int, end: int) -> Iterator[CharAt]:
    position = start
    for fold in _FOLD.finditer(text, start, end):
        yield from _verbatim(text, position, fold.start())
        yield from _folded(text, fold.start(), fold.end())
        position = fold.end()
    yield from _verbatim(text, position, end)


def _single(text: str, start: int, end: int) -> Iterator[CharAt]:
    position = start + 1
    for match in _SINGLE.finditer(text, position, end - 1):
        yield from _verbatim(text, position, match.start())
        if match["quote"]:
            yield "'", match.start()
        else:
            yield from _folded(text, match.start(), match.end())
        position = match.end()
    yield from _verbatim(text, position, end - 1)


def _double(text: str, start: int, end: int) -> Iterator[CharAt]:
    position = start + 1
    for match in _DOUBLE.finditer(text, position, end - 1):
        yield from _verbatim(text, position, match.start())
        yield from _unescaped(text, match)
        position = match.end()
    yield from _verbatim(text, position, end - 1)


def _unescaped(text: str, match: re.Match[str]) -> Iterator[CharAt]:
    """Yield the characters that an escape or a fold in double quotes is read as."""
    start, end = match.span()
    if match["hex"]:
        yield chr(int(match["hex"][1:], 16)), start
    elif match["escape"]:
        yield _ESCAPES.get(match["escape"], match["escape"]), start
    elif match["join"]:
        yield from (("\n", place) for place in _breaks(text, start, end)[1:])
    else:
        yield from _folded(text, start, end)


def _verbatim(text: str, start: int, end: int) -> Iterator[CharAt]:
    return zip(text[start:end], range(start, end), strict=True)


def _breaks(text: str, start: int, end: int) -> list[int]:
    return [match.start() for match in _BREAK.finditer(text, start, end)]


def _folded(text: str, start: int, end: int) -> Iterator[CharAt]:
    """Yield the characters of a fold: one line end is a space, of several the first is dropped.

    (Section 6.5.)
    """
    breaks = _breaks(text, start, end)
    if not breaks:
        yield from _verbatim(text, start, end)
    elif len(breaks) == 1:
        yield " ", breaks[0]
    else:
        yield from (("\n", place) for place in breaks[1:])


_FLOW: dict[ScalarStyle, Callable[[str, int, int], Iterator[CharAt]]] = {
    "plain": _plain,
    "single": _single,
    "double": _double,
}


class _ScalarLine(Struct, frozen=True):
    """A line of a block scalar by offsets; `broken` if it ends with a line break."""

    spaces: int
    start: int
    content: int
    end: int
    broken: bool

    def blank(self, indent: int) -> bool:
        """Return whether the line contains only indentation."""
        return self.content == self.end and self.spaces <= indent

    def inside(self, indent: int) -> bool:
        """Return whether the line still belongs to the scalar."""
        return self.spaces >= indent or self.content == self.end


def _block_readings(text: str, start: int, end: int, folded: bool) -> Iterator[Iterator[CharAt]]:
    """Yield one reading for each indentation the block can have.

    The first uses the indentation of its first line, which is right unless the header gives a
    number; the number counts from the parent, which is not known here.
    """
    header = _HEADER.match(text, start, end)
    if header is None:
        return
    lines = list(_lines(text, header.end(), end))
    deepest = max((line.spaces for line in _leading(lines)), default=0)
    for indent in range(deepest, -1, -1):
        yield _block(text, lines, indent, header[1], folded)


def _lines(text: str, start: int, end: int) -> Iterator[_ScalarLine]:
    for match in _LINE.finditer(text, start, end):
        if match.end() > match.start():
            broken = bool(match[3])
            yield _ScalarLine(len(match[1]), match.start(), match.start(2), match.start(3), broken)


def _leading(lines: list[_ScalarLine]) -> Iterator[_ScalarLine]:
    """Yield the lines up to the first that is not blank."""
    for line in lines:
        yield line
        if line.content < line.end:
            return


def _block(
    text: str, lines: list[_ScalarLine], indent: int, header: str, folded: bool
) -> Iterator[CharAt]:
    pending: list[_ScalarLine] = []
    previous: _ScalarLine | None = None
    for line in lines:
        if not line.inside(indent):
            break
        if line.blank(indent):
            pending.append(line)
            continue
        fold = folded and previous is not None and not _indented(text, previous, line, indent)
        yield from _joined(previous, pending, fold)
        yield from _verbatim(text, line.start + indent, line.end)
        previous, pending = line, []
    yield from _chomped(previous, pending, header)


def _indented(text: str, previous: _ScalarLine, line: _ScalarLine, indent: int) -> bool:
    """Return whether one of two lines starts with a blank, so that they are not folded."""
    return text[previous.start + indent] in " \t" or text[line.start + indent] in " \t"


def _joined(previous: _ScalarLine | None, blank: list[_ScalarLine], fold: bool) -> Iterator[CharAt]:
    """Yield the line ends before a line that is not blank (sections 8.1.2 and 8.1.3)."""
    if previous is not None and not fold:
        yield "\n", previous.end
    elif previous is not None and not blank:
        yield " ", previous.end
    yield from (("\n", line.end) for line in blank)


def _chomped(
    previous: _ScalarLine | None, blank: list[_ScalarLine], header: str
) -> Iterator[CharAt]:
    """Yield the line ends after the last line (section 8.1.1.2)."""
    kept = [line for line in chain([previous] if previous else [], blank) if line.broken]
    if "-" in header:
        return
    if "+" not in header:
        kept = kept[:1] if previous else []
    yield from (("\n", line.end) for line in kept)
