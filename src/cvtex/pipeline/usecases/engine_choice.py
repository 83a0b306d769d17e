"""Which engine typesets a document: the one asked for, or the first that can set its characters."""

from __future__ import annotations

from collections.abc import Sequence

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.usage import UsageError
from cvtex.source import Span
from cvtex.tex.find import Engine
from cvtex.tex.install import install_hint
from cvtex.writers.latex.characters import beyond_eight_bit
from cvtex.writers.latex.writer import TexFile

EIGHT_BIT = ("pdflatex", "tinytex")
UNICODE = ("xelatex", "lualatex", "tectonic")

MOST_REPORTED = 10
"""How many stretches that an engine cannot set are shown; more would not say more."""


def choose_engine(wanted: str, found: Sequence[Engine], tex: TexFile, sink: Sink) -> Engine | None:
    """The engine for a TeX file; none when it holds characters that no engine here can set.

    Raises `UsageError` when the engine asked for is not installed, or none is.
    """
    by_name: dict[str, Engine] = {engine.name: engine for engine in found}
    foreign = beyond_eight_bit(tex.text)
    if wanted != "auto":
        return _wanted(wanted, by_name, foreign, tex, sink)
    order = UNICODE if foreign else EIGHT_BIT + UNICODE
    chosen = next((by_name[name] for name in order if name in by_name), None)
    if chosen is None and not by_name:
        raise UsageError("no TeX engine is installed", install_hint("tinytex"))
    if chosen is None:
        _report_foreign(foreign, tex, sink, install_hint("xelatex"))
    return chosen


def _wanted(
    wanted: str, by_name: dict[str, Engine], foreign: Sequence[str], tex: TexFile, sink: Sink
) -> Engine | None:
    if wanted not in by_name:
        there = f"installed: {', '.join(by_name)}; " if by_name else ""
        raise UsageError(f"the engine {wanted} is not installed", there + install_hint(wanted))
    if foreign and wanted in EIGHT_BIT:
        _report_foreign(foreign, tex, sink, "set `engine: auto`, or xelatex or lualatex")
        return None
    return by_name[wanted]


def _report_foreign(foreign: Sequence[str], tex: TexFile, sink: Sink, hint: str) -> None:
    for stretch in foreign[:MOST_REPORTED]:
        what = named(stretch) if len(stretch) == 1 else f"`{stretch}`"
        sink.add(
            catalogue.UNPRINTABLE_CHARACTER,
            f"pdfTeX cannot set {what}",
            place_of(stretch, tex),
            hint=hint,
        )


def named(character: str) -> str:
    """A character for people: itself and its code point."""
    return f"`{character}` (U+{ord(character):04X})"


def place_of(stretch: str, tex: TexFile) -> Span | None:
    """The first place of the user's files that put these characters into the TeX file."""
    for line, span in zip(tex.text.split("\n"), tex.line_map, strict=False):
        if stretch in line and span is not None:
            return written_at(stretch, span) or span
    return None


def written_at(text: str, span: Span) -> Span | None:
    """Where a text is written: in a span, or near it.

    A line of TeX holds all of an entry and has the place of its title only.
    """
    whole = span.source.text
    behind = whole.find(text, span.start)
    at = behind if behind >= 0 else whole.find(text)
    return span.source.span(at, at + len(text)) if at >= 0 else None
