"""The events of a run of TeX: the closed union that a log is read into."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from cvtex.support.lazy_re import lazy_re

MISSING_FILES = (
    lazy_re(r"File [`']([^`']+)' not found"),
    lazy_re(r"find file [`']([^`']+)'"),
    lazy_re(r"definition file (\S+\.ldf) was not found"),
    lazy_re(r"\(file ([^()]+)\): cannot open"),
)
"""LaTeX, TeX82, babel, and pdfTeX reading a font or an image."""
MISSING_METRICS = lazy_re(r"Font \S+?=([\w-]+).* not loadable: [Mm]etric")
MISSING_FONT = lazy_re(r'The font "([^"]+)" cannot be found')
UNKNOWN_CHARACTER = lazy_re(r"Unicode character .*\(U\+([0-9A-F]{4,6})\)\s+not set up")


def of_code(digits: str) -> str | None:
    """Return the character of a hexadecimal code point, or None if there is none."""
    code = int(digits or "0", 16)
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else None


class TexError(Struct, frozen=True):
    """An error that stopped TeX.

    `message` is TeX's own, on one line, without its final period. `file` is the name that
    TeX found it by ("main.tex", or a path for a package), and is missing where TeX does not
    say. `line` counts from 1 in that file. `context` is that input line up to where TeX
    stopped; a long one starts with "...". `help` is TeX's advice, which it leaves out when
    it halts on the first error. `command` is the control sequence that is not defined,
    where that is the error.
    """

    message: str
    file: str | None = None
    line: int | None = None
    context: str = ""
    help: str = ""
    command: str | None = None

    @property
    def missing_file(self) -> str | None:
        """The name of the file that TeX did not find."""
        for pattern in MISSING_FILES:
            if found := pattern.search(self.message):
                return found[1].rsplit("/", 1)[-1]
        metrics = MISSING_METRICS.search(self.message)
        return f"{metrics[1]}.tfm" if metrics else None

    @property
    def missing_font(self) -> str | None:
        """The name of the font family that fontspec did not find."""
        found = MISSING_FONT.search(self.message)
        return found[1] if found else None

    @property
    def character(self) -> str | None:
        """The character that 8-bit LaTeX has no definition for."""
        found = UNKNOWN_CHARACTER.search(self.message)
        return of_code(found[1]) if found else None


class MissingGlyph(Struct, frozen=True):
    r"""A character that the font cannot print, so that it is absent from the page.

    `character` is the character itself; pdfTeX names the place in the font's own encoding
    instead, written as TeX writes bytes ("^^e9"). TeX tells the line only when
    \tracinglostchars is 3 or more.
    """

    character: str
    font: str
    line: int | None = None


class OverfullBox(Struct, frozen=True):
    """Material that sticks out of its box by `points` TeX points (72.27 to the inch).

    The lines are missing for a box that was made while a page was put together.
    """

    points: float
    direction: Literal["h", "v"]
    first_line: int | None
    last_line: int | None


class PageCount(Struct, frozen=True):
    """The number of pages of the output, and of its bytes; XeTeX does not tell the bytes."""

    pages: int
    bytes: int | None


class Rerun(Struct, frozen=True):
    """TeX asks for another pass, for a reason."""

    reason: str


class Message(Struct, frozen=True):
    r"""A line that a theme wrote with \typeout{cvtex: ...}, without the prefix."""

    text: str


class Failure(Struct, frozen=True):
    """A failure of the run itself.

    The message is about the engine, without its name. `start`: it cannot be run. `timeout`,
    `output`: it was stopped because it took too long or wrote too much. `scratch`: the temporary
    directory cannot be used or is full. `crash`: it ended without a reason in the log. `no-pages`:
    it exited with 0 and there is no PDF.
    """

    kind: Literal["start", "timeout", "output", "scratch", "crash", "no-pages"]
    message: str


LogEvent = TexError | MissingGlyph | OverfullBox | PageCount | Rerun | Message | Failure
