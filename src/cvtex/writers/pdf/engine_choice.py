"""Chooses the engine for a document: the one asked for, or one that can set its characters."""

from __future__ import annotations

from collections.abc import Sequence

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.usage import UsageError
from cvtex.source import Span
from cvtex.tex.engines.engine import Engine
from cvtex.tex.engines.registry import able_engines
from cvtex.tex.install import install_hint
from cvtex.writers.latex.characters import beyond_eight_bit
from cvtex.writers.latex.macro_calls import TexFile

MOST_REPORTED = 10
"""The most findings for characters that an engine cannot set; more would not say more."""


def choose_engine(wanted: str, found: Sequence[Engine], tex: TexFile, sink: Sink) -> Engine | None:
    """Return the engine for a TeX file, or None if it has characters that no engine here can set.

    An 8-bit engine, which is faster, comes first. Raises `UsageError` if the engine asked for is
    not installed, or none is.
    """
    foreign = beyond_eight_bit(tex.text)
    if wanted != "auto":
        return _wanted(wanted, {engine.name: engine for engine in found}, foreign, tex, sink)
    if not found:
        raise UsageError("no TeX engine is installed", install_hint("tinytex"))
    able = [engine for engine in found if engine.unicode or not foreign]
    if not able:
        _report_foreign(
            foreign, found[0], tex, sink, install_hint(able_engines(unicode=True)[0].name)
        )
    return min(able, key=lambda engine: engine.unicode, default=None)


def _wanted(
    wanted: str, by_name: dict[str, Engine], foreign: Sequence[str], tex: TexFile, sink: Sink
) -> Engine | None:
    if wanted not in by_name:
        there = f"installed: {', '.join(by_name)}; " if by_name else ""
        raise UsageError(f"the engine {wanted} is not installed", there + install_hint(wanted))
    engine = by_name[wanted]
    if foreign and not engine.unicode:
        names = " or ".join(able.name for able in able_engines(unicode=True))
        hint = f"set `engine: auto`, or {names}"
        _report_foreign(foreign, engine, tex, sink, hint)
        return None
    return engine


def _report_foreign(
    foreign: Sequence[str], engine: Engine, tex: TexFile, sink: Sink, hint: str
) -> None:
    for stretch in foreign[:MOST_REPORTED]:
        what = named(stretch) if len(stretch) == 1 else f"`{stretch}`"
        sink.add(
            catalogue.UNPRINTABLE_CHARACTER,
            f"{engine.title} cannot set {what}",
            place_of(stretch, tex),
            hint=hint,
        )


def named(character: str) -> str:
    """Return a character for people: itself and its code point."""
    return f"`{character}` (U+{ord(character):04X})"


def place_of(stretch: str, tex: TexFile) -> Span | None:
    """Return the first place in the user's files that put these characters into the TeX file."""
    for line, span in zip(tex.text.split("\n"), tex.line_map, strict=False):
        if stretch in line and span is not None:
            return written_at(stretch, span) or span
    return None


def written_at(text: str, span: Span) -> Span | None:
    """Return the place where a text is written: in a span, or near it.

    A line of TeX contains a whole entry, but has only the place of the entry's title.
    """
    whole = span.source.text
    behind = whole.find(text, span.start)
    at = behind if behind >= 0 else whole.find(text)
    return span.source.span(at, at + len(text)) if at >= 0 else None
