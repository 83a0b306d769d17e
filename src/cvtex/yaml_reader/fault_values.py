"""Explains syntax errors inside a value: quotes, brackets, escapes, text that needs quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvtex.diagnostics.model import Safety
from cvtex.yaml_reader.draft import Change, code
from cvtex.yaml_reader.events import Token
from cvtex.yaml_reader.quoting import literal_backslashes, quote
from cvtex.yaml_reader.scene import Fault, Scene, Slot

_CLOSER = {"[": "]", "{": "}"}
_CVTEX_KEY = re.compile(r"[a-z][a-z0-9_-]*$")
_NEXT_KEY = re.compile(r"[a-z][a-z0-9_-]*:[ \t]")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_CLOSERS_AT_END = re.compile(r"[ \t]*[\]}][\]}, \t]*$")
_NEXT_PAIR = re.compile(r",[ \t]*[a-z_][\w-]*:[ \t]")
_LATER_LINE = re.compile(r"[\r\n]([ ]*)(?:- |[A-Za-z_][\w-]*:(?=[ \t\r\n]))")

_STARTS = {
    "*": "a text cannot start with `*`: YAML takes the word for an alias",
    "&": "a text cannot start with `&`: YAML takes the word for an anchor",
    "!": "a text cannot start with `!`: YAML takes the word for a tag",
    "[": "a text cannot start with `[`: YAML takes it for a list",
    "{": "a text cannot start with `{`: YAML takes it for a map",
    '"': "the text goes on after its closing quote",
    "'": "the text goes on after its closing quote",
    "|": "a text cannot start with `|`: YAML expects a block of text on the lines below",
    ">": "a text cannot start with `>`: YAML expects a block of text on the lines below",
    "?": "a text cannot start with `? `",
    "-": "a text cannot start with `- `",
    **{char: f"a text cannot start with {code(char)}" for char in "@`%,]}"},
}


def unknown_escape(scene: Scene) -> Iterator[Fault]:
    r"""A backslash in double quotes that starts no escape, as in `"C\#"`."""
    start = scene.context
    quoted = _QUOTED.match(scene.text, start)
    if quoted is None or not re.search("escape|hex", scene.error.problem):
        return
    place = scene.text.rfind("\\", start, scene.at + 1)
    changes = literal_backslashes(scene.text, start, quoted.end())
    how = "use single quotes" if changes[0].text == "'" else "write two backslashes"
    yield Fault(
        f"{code(scene.text[place : place + 2])} means nothing in double quotes",
        place,
        place + 2,
        f"{how}: {scene.draft.corrected(changes)}",
        changes,
        Safety.SAFE,
    )


def open_quote(scene: Scene) -> Iterator[Fault]:
    """A quote that is never closed, or only by the opening quote of a later text."""
    start = _open_quote(scene)
    if start is None:
        return
    mark, line = scene.text[start], scene.line_at(start)
    for place in _closing_places(scene, start):
        changes = (Change(place, place, mark),)
        yield Fault(
            f"the quote {code(mark)} opened here is not closed on its line",
            start,
            line.end,
            f"close it: {scene.draft.corrected(changes)}",
            changes,
        )


def _open_quote(scene: Scene) -> int | None:
    if "unexpected" in scene.error.problem and scene.text[scene.context] in "'\"":
        return scene.context
    last = scene.tokens[-1] if scene.tokens else None
    if last is None or last.style not in ("single", "double"):
        return None
    line = scene.line_at(last.start)
    later = _LATER_LINE.search(scene.text, last.start, last.end)
    return last.start if later and len(later[1]) <= line.indent else None


def _closing_places(scene: Scene, start: int) -> list[int]:
    """Where the quote may have been meant to end, most careful guess first."""
    line = scene.line_at(start)
    places = [line.content_end(start), line.end]
    if scene.slot_at(start).opened:
        pair = _NEXT_PAIR.search(scene.text, start, line.end)
        closers = _CLOSERS_AT_END.search(scene.text, start, places[0])
        found = [match.start() for match in (pair, closers) if match]
        return found or places
    return places


def brackets(scene: Scene) -> Iterator[Fault]:
    """All that can be wrong with brackets; how far PyYAML reads on decides."""
    yield from _extra_bracket(scene)
    yield from _comment_in_brackets(scene)
    yield from _missing_comma(scene)
    yield from _open_bracket(scene)


def _extra_bracket(scene: Scene) -> Iterator[Fault]:
    """A bracket that closes nothing, a comma behind nothing, or a bracket of the wrong kind."""
    char, at, opened = scene.char, scene.at, scene.slot.opened
    if char in ("]", "}") and not opened and scene.slot.start < at:
        change = Change(at, at + 1, "")
        hint = f"delete it: {scene.draft.corrected((change,))}"
        yield Fault(f"this {code(char)} closes nothing", at, at + 1, hint, (change,))
    elif char == "," and opened and scene.slot.start == at:
        change = Change(at, at + 1, "")
        hint = f"delete it: {scene.draft.corrected((change,))}"
        yield Fault("there is nothing before this comma", at, at + 1, hint, (change,))
    elif char in ("]", "}") and opened and _CLOSER[scene.text[opened[-1]]] != char:
        closer = _CLOSER[scene.text[opened[-1]]]
        message = f"{code(scene.text[opened[-1]])} is closed by {code(char)}"
        for change in (Change(at, at, closer), Change(at, at + 1, closer)):
            hint = f"close it: {scene.draft.corrected((change,))}"
            yield Fault(message, opened[-1], at + 1, hint, (change,))


def _comment_in_brackets(scene: Scene) -> Iterator[Fault]:
    """A `#` in a list or map in brackets that hides the rest of its line, as in `[C, C #]`."""
    if not scene.slot.opened:
        return
    scalars = [token for token in scene.tokens if token.kind == "scalar"]
    for comment in re.finditer(r"(?<=[ \t])#[^\r\n]*", scene.text[: scene.at]):
        place = comment.start()
        inside = any(token.start < place < token.end for token in scalars)
        if place < scene.slot.opened[0] or inside or not re.search(r"[,\]}]", comment[0]):
            continue
        start = scene.slot_at(place).start
        changes = quote(scene.text, start, _flow_end(scene, place))
        hint = f"put the text in quotes: {scene.draft.corrected(changes)}"
        yield Fault("from this `#` on the line is a comment", place, comment.end(), hint, changes)
        return


def _missing_comma(scene: Scene) -> Iterator[Fault]:
    """Two entries in brackets without a comma between them."""
    if not scene.slot.opened or not scene.tokens:
        return
    last = scene.tokens[-1]
    word = re.search(r"\s+([a-z][a-z0-9_-]*)$", scene.text[last.start : last.end])
    place = None
    if scene.char == ":" and word is not None and last.kind == "scalar":
        place = last.start + word.start()
    elif _separate(scene, last):
        place = last.end
    if place is not None:
        change = Change(place, place, ",")
        hint = f"write a comma: {scene.draft.corrected((change,))}"
        yield Fault("a comma is missing here", place - 1, place, hint, (change,))


def _separate(scene: Scene, last: Token) -> bool:
    """Whether what follows a token looks like an entry of its own."""
    key = _NEXT_KEY.match(scene.text, scene.at)
    if scene.line_at(last.end) != scene.line:
        return bool(key) or scene.at == scene.line.first
    ended = last.style in ("single", "double") or last.kind == "close"
    return ended and (bool(key) or scene.char in ("'", '"', "[", "{"))


def _open_bracket(scene: Scene) -> Iterator[Fault]:
    """A bracket that is never closed."""
    opened = scene.slot.opened
    line = scene.line_at(opened[-1]) if opened else scene.line
    if not opened or (line == scene.line and scene.char):
        return
    closers = "".join(_CLOSER[scene.text[p]] for p in reversed(opened) if p >= line.start)
    last = scene.tokens[-1].end if scene.tokens else line.end
    for place in (line.content_end(opened[-1]), last):
        changes = (Change(place, place, closers),)
        yield Fault(
            f"the {code(scene.text[opened[-1]])} opened here is never closed",
            opened[-1],
            opened[-1] + 1,
            f"close it: {scene.draft.corrected(changes)}",
            changes,
        )


def needs_quotes(scene: Scene) -> Iterator[Fault]:
    """A text with `: ` in it or with a first character that YAML gives a meaning to."""
    slot = scene.slot
    first = scene.text[slot.start : slot.start + 1]
    same_line = scene.line_at(slot.start).number == scene.line.number
    colon = scene.char == ":" and slot.start < scene.at
    if not colon and (first not in _STARTS or not (same_line or slot.opened)):
        return
    if first in _STARTS and (same_line or slot.opened):
        message, start = _STARTS[first], scene.at if first in "'\"" else slot.start
    else:
        message, start = "a text with `: ` in it needs quotes", scene.at
    for begin, end in _stretches(scene, slot):
        changes = quote(scene.text, begin, end)
        hint = f"put the text in quotes: {scene.draft.corrected(changes)}"
        stop = scene.at + 1 if start == scene.at and colon else min(end, scene.line.end)
        yield Fault(message, start, max(stop, start + 1), hint, changes, Safety.SAFE)


def _stretches(scene: Scene, slot: Slot) -> Iterator[tuple[int, int]]:
    """The texts that may need quotes: the value, its list item, the lines that continue it."""
    if slot.opened:
        yield slot.start, _flow_end(scene, scene.at)
        return
    end = scene.line.content_end(scene.at)
    below = scene.below(scene.line, scene.column(slot.owner) + 1)
    same_line = scene.line_at(slot.start).number == scene.line.number
    starts = [slot.start]
    if not _is_key(scene, slot):
        starts.insert(0, slot.entry)
    for start in starts:
        if same_line or not _CVTEX_KEY.match(scene.text[scene.line.item : scene.at]):
            yield start, end
            if below:
                yield start, below[-1].content_end(below[-1].start)


def _is_key(scene: Scene, slot: Slot) -> bool:
    """Whether what stands before the value is a key, and not the start of a list item's text."""
    before = scene.text[scene.line_at(slot.entry).start : slot.entry]
    key = scene.text[slot.entry : slot.start].rstrip(": \t").strip("'\"")
    return "-" not in before or slot.entry == slot.start or bool(_CVTEX_KEY.match(key))


def _flow_end(scene: Scene, start: int) -> int:
    """Where the entry in brackets ends that goes on at `start`."""
    depth = 0
    line = scene.line_at(start)
    for place in range(start, line.end):
        char = scene.text[place]
        if char in "[{":
            depth += 1
        elif char in "]}" and depth:
            depth -= 1
        elif char in ",]}" and not depth:
            return start + len(scene.text[start:place].rstrip())
    return line.end
