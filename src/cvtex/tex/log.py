r"""Reads the log of TeX.

The engines run with -file-line-error and with lines too long to be wrapped, so an error
is one line "./main.tex:12: Undefined control sequence." (or "! ..." where TeX has no file
open), followed by the text it was reading; the input line itself is marked "l.12".
(The TeXbook, chapter 6; web2c manual, section 4.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, takewhile
from typing import TypeGuard

from msgspec.structs import replace

from cvtex.support.lazy_re import lazy_re
from cvtex.tex.events import (
    LogEvent,
    Message,
    MissingGlyph,
    OverfullBox,
    PageCount,
    Rerun,
    TexError,
    of_code,
)

Lines = Sequence[str]

LOOK_AHEAD = 80
"""The most lines of an error with its context: macros in macros, then the help."""

BYTES = {0xDC00 + byte: f"^^{byte:02x}" for byte in range(0x80, 0x100)}

NUMBER = r"[0-9]{1,9}"
ERROR = lazy_re(
    r"!(?!!|\s*==>)(?=.*\w)\s?(?P<bare>.+)"
    rf"|(?!\s|l\.{NUMBER} )(?:\./)?(?P<file>(?:[A-Za-z]:)?[^:\\\[\]|$<>]*\.\w+):(?P<line>{NUMBER}):"
    r"(?!\s*==>)(?=.*\w) (?P<said>.+)"
)
LATEX_ERROR = lazy_re(r"(?:[\w.-]+ )+Error: ")
CONTINUATION = lazy_re(r"\([\w.-]*\)(?: {2,}|$)| {6,}")
INPUT_LINE = lazy_re(rf"l\.({NUMBER}) ?(.*)")
ENDED = lazy_re(r"Here is how much of|No pages of output|\*\*\* \(|Please type|\(Press|!  ==>")
COMMAND = lazy_re(r"(\\(?:[\w@:]+|.))\s*$")
ABORTED = lazy_re(r"\*\*\* \((.*)\)$")

GLYPH = lazy_re(
    rf"(?:! |.*:(?P<line>{NUMBER}): )?Missing character: There is no (?P<printed>.*?)"
    r'(?: \((?:U\+(?P<code>[0-9A-F]{1,8})|"[0-9A-F]+)\))? in font (?P<font>.+?)[!.]?$'
)
OVERFULL = lazy_re(
    rf"Overfull \\(?P<direction>[hv])box \((?P<points>{NUMBER}(?:\.{NUMBER})?)pt too \w+\) "
    rf"(?:in \w+ at lines (?P<first>{NUMBER})--(?P<last>{NUMBER})"
    rf"|detected at line (?P<at>{NUMBER})|has occurred)"
)
WRITTEN = lazy_re(
    r"Output written on .*?(?P<pdf>\.pdf)?\"? "
    rf"\((?P<pages>{NUMBER}) pages?(?:, (?P<bytes>[0-9]{{1,18}}) bytes)?\)\."
)
WARNING = lazy_re(r"(?:LaTeX|Package|Class|Module)(?: \S+)? Warning: (.*)")
ASKS_AGAIN = lazy_re(r"\brerun\b(?! (?:biber|bibtex))", re.IGNORECASE)
PLACE = lazy_re(r"( on input line [0-9]+)?\.?$")
OWN = lazy_re(r"cvtex: (rerun: )?(.*)")


def decode(log: bytes) -> str:
    """Read a log as text; bytes that are not UTF-8 become "^^e9", as TeX writes them.

    Such bytes are characters in the encoding of an 8-bit font.
    """
    text = log.decode("utf-8", errors="surrogateescape").translate(BYTES)
    return text.replace("\r\n", "\n")


def read_log(log: str, error_line: re.Pattern[str] | None = None) -> tuple[LogEvent, ...]:
    """Return the events of a log in its order, each once.

    `error_line` matches the lines that are errors of one engine only.
    """
    lines = log.split("\n")
    found = (event for at in range(len(lines)) if (event := _event_at(lines, at, error_line)))
    return tuple(dict.fromkeys(_without_aftermath(found)))


def _own_line(lines: Lines, at: int) -> Message | Rerun | None:
    if not (own := OWN.fullmatch(lines[at])):
        return None
    return Rerun(own[2]) if own[1] else Message(own[2])


def _missing_glyph(lines: Lines, at: int) -> MissingGlyph | None:
    if not (glyph := GLYPH.match(lines[at])):
        return None
    character = of_code(glyph["code"] or "") or glyph["printed"]
    return MissingGlyph(character, glyph["font"], int(glyph["line"]) if glyph["line"] else None)


def _overfull_box(lines: Lines, at: int) -> OverfullBox | None:
    if not (box := OVERFULL.match(lines[at])):
        return None
    first, last = box["first"] or box["at"], box["last"] or box["at"]
    return OverfullBox(
        float(box["points"]),
        "h" if box["direction"] == "h" else "v",
        int(first) if first else None,
        int(last) if last else None,
    )


def _page_count(lines: Lines, at: int) -> PageCount | None:
    if lines[at] == "No pages of output.":
        return PageCount(0, None)
    if not (written := WRITTEN.match(lines[at])):
        return None
    size = int(written["bytes"]) if written["pdf"] and written["bytes"] else None
    return PageCount(int(written["pages"]), size)


def _rerun(lines: Lines, at: int) -> Rerun | None:
    if not (warning := WARNING.match(lines[at])):
        return None
    text = _joined(warning[1], lines, at)
    return Rerun(PLACE.sub("", text)) if ASKS_AGAIN.search(text) else None


def _joined(first: str, lines: Lines, at: int) -> str:
    """Join a LaTeX message and its continuation lines, "(package)   more"."""
    following = lines[at + 1 : at + LOOK_AHEAD]
    more = takewhile(lambda line: line.strip() and CONTINUATION.match(line), following)
    parts = [first, *(CONTINUATION.sub("", line, count=1) for line in more)]
    return " ".join(part.strip() for part in parts if part.strip())


def _error(lines: Lines, at: int) -> TexError | None:
    if not (error := ERROR.fullmatch(lines[at])):
        return None
    line = int(error["line"]) if error["line"] else None
    return _error_at(error["bare"] or error["said"], error["file"], line, lines, at)


def _error_at(first: str, file: str | None, line: int | None, lines: Lines, at: int) -> TexError:
    message = (_joined(first, lines, at) if LATEX_ERROR.match(first) else first).rstrip(" .")
    following = lines[at + 1 : at + LOOK_AHEAD]
    if message == "Emergency stop":
        message = ": ".join([message, *_reasons(following)])
    number, context, advice = _context(following)
    return TexError(message, file, line or number, context, advice, _command(message, following))


def _reasons(following: Lines) -> list[str]:
    r"""Return why TeX gave up: "*** (job aborted, no legal \end found)"."""
    aborted = filter(None, map(ABORTED.match, takewhile(_not_an_error, following)))
    return [found[1] for found in islice(aborted, 1)]


def _context(following: Lines) -> tuple[int | None, str, str]:
    """Return the number of the input line, its text as far as TeX read it, and TeX's advice."""
    shown = list(takewhile(_not_an_error, following))
    for at, line in enumerate(shown):
        if found := INPUT_LINE.match(line):
            # The line below the input line is the rest of it, which TeX had not read yet.
            advice = takewhile(lambda text: text.strip() and not ENDED.match(text), shown[at + 2 :])
            return int(found[1]), found[2].strip(), " ".join(map(str.strip, advice))
    return None, "", ""


def _not_an_error(line: str) -> bool:
    return not ERROR.fullmatch(line)


def _command(message: str, following: Lines) -> str | None:
    """Return the control sequence that is not defined: it is the last thing TeX read."""
    if message != "Undefined control sequence" or not following:
        return None
    found = COMMAND.search(following[0])
    return found[1] if found else None


def _without_aftermath(events: Iterable[LogEvent]) -> list[LogEvent]:
    """Leave out the stop that follows an error; a missing file has its place only there."""
    kept: list[LogEvent] = []
    for event in events:
        last = kept[-1] if kept else None
        if not (isinstance(last, TexError) and _is_stop(event)):
            kept.append(event)
        elif last.line is None:
            kept[-1] = replace(event, message=last.message)
    return kept


def _is_stop(event: LogEvent) -> TypeGuard[TexError]:
    return isinstance(event, TexError) and event.message.startswith("Emergency stop")


READERS: tuple[Callable[[Lines, int], LogEvent | None], ...] = (
    _own_line,
    _missing_glyph,
    _overfull_box,
    _page_count,
    _rerun,
    _error,
)


def _event_at(lines: Lines, at: int, error_line: re.Pattern[str] | None) -> LogEvent | None:
    if error_line is not None and error_line.match(lines[at]):
        return _error_at(lines[at], None, None, lines, at)
    return next((event for read in READERS if (event := read(lines, at))), None)
