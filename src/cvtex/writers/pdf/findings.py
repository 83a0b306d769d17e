"""Turns the events of TeX's log into diagnostics at the places of the user's files."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.usage import UsageError
from cvtex.source import Source, Span
from cvtex.tex.engines.engine import Engine
from cvtex.tex.events import Failure, LogEvent, Message, MissingGlyph, OverfullBox, TexError
from cvtex.tex.install import install_hint
from cvtex.theme.manifest import Theme
from cvtex.theme.places import MANIFEST
from cvtex.writers.latex.macro_calls import TexFile
from cvtex.writers.pdf.engine_choice import named, place_of, written_at

MAIN = "cv.tex"
"""The name of the TeX file of a CV in the scratch directory."""

TOLERANCE = 1.0
"""The width by which a box may stick out before it is reported, in points."""

FONTS = {
    "CJK": "Noto Serif CJK SC",
    "HIRAGANA": "Noto Serif CJK JP",
    "KATAKANA": "Noto Serif CJK JP",
    "HANGUL": "Noto Serif CJK KR",
    "ARABIC": "Amiri",
    "DEVANAGARI": "Noto Serif Devanagari",
    "CYRILLIC": "Libertinus Serif",
    "GREEK": "Libertinus Serif",
    "HEBREW": "Libertinus Serif",
}
"""Font families by the first word of the Unicode names of their characters."""

NO_HYPHENATION = "no hyphenation for "
"""The beginning of a theme's message that a language has no patterns."""

OUTSIDE = frozenset({"start", "timeout", "output", "scratch"})
"""Failures without a place in the CV; most cannot be corrected there."""


def report_events(
    events: Iterable[LogEvent],
    engine: Engine,
    tex: TexFile,
    theme: Theme,
    sink: Sink,
    language: Span | None = None,
) -> None:
    """Report every event that concerns the user, who may have written the theme too.

    `language` is the place where the CV names its language. Raises `UsageError` if the engine
    could not run, or lacks a file or a font.
    """
    for event in events:
        match event:
            case Failure(kind, message) if kind in OUTSIDE:
                raise UsageError(f"{engine.name}: {message}")
            case Failure(message=message):
                hint = "`cvtex doctor` says which engines work"
                sink.add(catalogue.TEX_ERROR, f"{engine.name}: {message}", hint=hint)
            case TexError():
                _error(event, engine, tex, theme, sink)
            case MissingGlyph(character=character):
                _missing_glyph(character, engine, tex, sink)
            case OverfullBox():
                _overfull(event, tex, sink)
            case Message(text) if text.startswith(NO_HYPHENATION):
                _no_hyphenation(text.removeprefix(NO_HYPHENATION), language, engine, sink)


def _error(event: TexError, engine: Engine, tex: TexFile, theme: Theme, sink: Sink) -> None:
    line = _line(event, tex)
    if line is None and (event.missing_file is not None or event.missing_font is not None):
        raise _missing(event, engine, theme)
    place = line or _line_of_theme(event, theme)
    if place is not None and event.command is not None:
        place = written_at(event.command, place) or place
    sink.add(catalogue.TEX_ERROR, event.message, place, hint=_hint(event))


def _missing(event: TexError, engine: Engine, theme: Theme) -> UsageError:
    """Return the error for a file or a font that the theme needs and TeX does not find."""
    if event.missing_file is not None and (theme.folder / event.missing_file).is_file():
        hint = f"list it under `files` in `{theme.folder / MANIFEST}`"
        return UsageError(f"the theme does not give TeX its file {event.missing_file}", hint)
    missing = event.missing_file or f"the font {event.missing_font}"
    return UsageError(f"{engine.name} lacks {missing}", install_hint(engine.name, [missing]))


def _line(event: TexError, tex: TexFile) -> Span | None:
    """Return the place of the user's text in the line where TeX stopped."""
    elsewhere = event.file is not None and Path(event.file).name != MAIN
    return None if event.line is None or elsewhere else tex.span_of(event.line)


def _line_of_theme(event: TexError, theme: Theme) -> Span | None:
    """Return the line where TeX stopped, if it is in a file of the theme."""
    name = "" if event.file is None else Path(event.file).name
    if event.line is None or name not in theme.paths:
        return None
    path = theme.paths[name]
    source = Source(str(path), path.read_text(encoding="utf-8", errors="replace"))
    line, start = source.line(event.line), source.offset(event.line)
    return source.span(start + len(line) - len(line.lstrip()), start + len(line.rstrip()))


def _hint(event: TexError) -> str:
    if event.command is not None:
        return f"correct `{event.command}`, or take it out"
    if event.context:
        return f"TeX stopped behind `{event.context[-60:]}`"
    return "`cvtex build --to tex` writes what TeX was given"


def _missing_glyph(character: str, engine: Engine, tex: TexFile, sink: Sink) -> None:
    font = font_for(character)
    hint = "write it otherwise"
    if font is not None:
        hint = f"to install a font: {install_hint(engine.name, [f'the font {font}'])}"
    sink.add(
        catalogue.MISSING_GLYPH,
        f"no font has a glyph for {named(character)}",
        place_of(character, tex),
        hint=hint,
    )


def font_for(character: str) -> str | None:
    """Return a font family that themes use for the script of a character."""
    name = unicodedata.name(character, "") if len(character) == 1 else ""
    return next((font for script, font in FONTS.items() if name.startswith(script)), None)


def _overfull(event: OverfullBox, tex: TexFile, sink: Sink) -> None:
    if event.direction != "h" or event.points <= TOLERANCE:
        return
    span = tex.span_of(event.last_line) if event.last_line is not None else None
    sink.add(
        catalogue.OVERFULL_BOX,
        f"a line sticks out by {event.points:.1f} pt",
        span,
        hint="shorten it, or put a space or a hyphen where it may break",
    )


def _no_hyphenation(language: str, place: Span | None, engine: Engine, sink: Sink) -> None:
    sink.add(
        catalogue.NO_HYPHENATION,
        f"words are not hyphenated: {engine.name} has no patterns for {language}",
        place,
        hint=f"to install them: {install_hint(engine.name, [f'{language}.ldf'])}",
    )
