"""Explains syntax errors inside a text: escapes, open quotes, text that needs quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from cvtex.diagnostics.diagnostic import Safety
from cvtex.readers.yaml.draft import Change, code
from cvtex.readers.yaml.lost import swallows_line
from cvtex.readers.yaml.recovery.add_quotes import literal_backslashes, quote
from cvtex.readers.yaml.recovery.error_context import ErrorContext, Slot, SyntaxFault
from cvtex.support.lazy_re import lazy_re

_CVTEX_KEY = lazy_re(r"[a-z][a-z0-9_-]*$")
_QUOTED = lazy_re(r"\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_ESCAPE = lazy_re(
    r"\\\\|(?P<pair>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?P<single>\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8})"
)
_CLOSERS_AT_END = lazy_re(r"[ \t]*[\]}][\]}, \t]*$")
_NEXT_PAIR = lazy_re(r",[ \t]*[a-z_][\w-]*:[ \t]")

_STARTS = {
    "*": "a text cannot start with `*`: YAML takes the word for an alias",
    "&": "a text cannot start with `&`: YAML takes the word for an anchor",
    "!": "a text cannot start with `!`: YAML takes the word for a tag",
    "[": "a text cannot start with `[`: YAML takes it for a list",
    "{": "a text cannot start with `{`: YAML takes it for a mapping",
    "|": "a text cannot start with `|`: YAML expects a block of text on the lines below",
    ">": "a text cannot start with `>`: YAML expects a block of text on the lines below",
    "?": "a text cannot start with `? `",
    "-": "a text cannot start with `- `",
    **{char: f"a text cannot start with {code(char)}" for char in "@`%,]}"},
}


def unknown_escape(context: ErrorContext) -> Iterator[SyntaxFault]:
    r"""Explain a backslash in double quotes that does not start an escape, as in `"C\#"`."""
    start = context.construct
    quoted = _QUOTED.match(context.text, start)
    if quoted is None or not re.search("unknown escape|hex", context.problem):
        return
    place = context.text.rfind("\\", start, context.at + 1)
    changes = literal_backslashes(context.text, start, quoted.end())
    how = "use single quotes" if changes[0].text == "'" else "write two backslashes"
    yield SyntaxFault(
        f"{code(context.text[place : place + 2])} means nothing in double quotes",
        place,
        place + 2,
        f"{how}: {context.draft.corrected(changes)}",
        changes,
        Safety.SAFE,
    )


def no_character(context: ErrorContext) -> Iterator[SyntaxFault]:
    r"""Explain an escape that is not a character: half of a surrogate pair, or above U+10FFFF."""
    start = context.construct
    quoted = _QUOTED.match(context.text, start)
    if quoted is None or "Unicode" not in context.problem:
        return
    wrong = [match for match in _ESCAPE.finditer(quoted[0]) if _character(match) is not None]
    changes = tuple(
        Change(start + match.start(), start + match.end(), _character(match) or "")
        for match in wrong
    )
    if changes:
        first = changes[0]
        message = f"{code(context.text[first.start : first.end])} is not a character in YAML"
        hint = f"write the character itself: {context.draft.corrected(changes)}"
        yield SyntaxFault(message, first.start, first.end, hint, changes, Safety.SAFE)


def _character(escape: re.Match[str]) -> str | None:
    """Return what to write for an escape; None if it is right."""
    if escape["pair"]:
        return str(json.loads(f'"{escape["pair"]}"'))
    number = int(escape["single"][2:], 16) if escape["single"] else 0
    return "" if 0xD800 <= number < 0xE000 or number > 0x10FFFF else None


def open_quote(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain a quote that is never closed, or only by the opening quote of a later text."""
    start = _open_quote(context)
    if start is None:
        return
    mark, line = context.text[start], context.line_at(start)
    for place in _closing_places(context, start):
        changes = (Change(place, place, mark),)
        yield SyntaxFault(
            f"the quote {code(mark)} opened here is not closed on its line",
            start,
            line.end,
            f"close it: {context.draft.corrected(changes)}",
            changes,
        )


def _open_quote(context: ErrorContext) -> int | None:
    if "unexpected" in context.problem and context.text[context.construct] in "'\"":
        return context.construct
    last = context.tokens[-1] if context.tokens else None
    if last is None or last.style not in ("single", "double"):
        return None
    return last.start if swallows_line(context.draft.lines, last.start, last.end) else None


def _closing_places(context: ErrorContext, start: int) -> list[int]:
    """Return where the quote may have been meant to end, most careful guess first."""
    line = context.line_at(start)
    places = [line.content_end(start), line.end]
    if context.slot_at(start).opened:
        pair = _NEXT_PAIR.search(context.text, start, line.end)
        closers = _CLOSERS_AT_END.search(context.text, start, places[0])
        found = [match.start() for match in (pair, closers) if match]
        return found or places
    return places


def needs_quotes(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain a text that is something else to YAML, by its first character or one inside it."""
    reason = _reason(context, context.slot)
    if reason is None:
        return
    message, start, stop = reason
    for begin, end in _ranges(context, context.slot):
        changes = quote(context.text, begin, end)
        hint = f"put the text in quotes: {context.draft.corrected(changes)}"
        yield SyntaxFault(message, start, stop, hint, changes, Safety.SAFE)


def _reason(context: ErrorContext, slot: Slot) -> tuple[str, int, int] | None:
    """Return why the value needs quotes, with the start and end of the place to point at."""
    at, end = context.at, max(context.line.content_end(context.at), context.at + 1)
    first = context.text[slot.start : slot.start + 1]
    near = bool(slot.opened) or context.line_at(slot.start) == context.line
    if slot.opened:
        end = max(context.flow_end(at), at + 1)
    if near and first in ("'", '"'):
        return "the text goes on after its closing quote", at, end
    if near and first in _STARTS:
        return _STARTS[first], slot.start, end
    if context.char == ":" and slot.start < at and at > context.line.item:
        return "a text with `: ` in it needs quotes", at, at + 1
    if slot.opened and context.tokens and context.tokens[-1].end == at > slot.start:
        return (
            f"a text with {code(context.char)} in it needs quotes in a list or mapping",
            at,
            at + 1,
        )
    return None


def _ranges(context: ErrorContext, slot: Slot) -> Iterator[tuple[int, int]]:
    """Yield the ranges that may need quotes: the list item or value, with or without its lines."""
    starts = [slot.start] if _is_key(context, slot) else [slot.entry, slot.start]
    if slot.opened:
        yield from ((start, context.flow_end(context.at)) for start in starts)
        return
    end = context.line.content_end(context.at)
    below = context.below(context.line, context.column(slot.owner) + 1)
    same_line = context.line_at(slot.start).number == context.line.number
    for start in starts:
        if same_line or not _CVTEX_KEY.match(context.text[context.line.item : context.at]):
            yield start, end
            if below:
                yield start, below[-1].content_end(below[-1].start)


def _is_key(context: ErrorContext, slot: Slot) -> bool:
    """Return whether the text before the value is a key, not the start of a list item's text."""
    before = context.text[context.line_at(slot.entry).start : slot.entry]
    in_list = context.text[slot.opened[-1]] == "[" if slot.opened else "-" in before
    key = context.text[slot.entry : slot.start].rstrip(": \t").strip("'\"")
    return not in_list or slot.entry == slot.start or bool(_CVTEX_KEY.match(key))
