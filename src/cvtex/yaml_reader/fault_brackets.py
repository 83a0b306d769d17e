"""Explains syntax errors in lists and mappings in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvtex.yaml_reader.draft import Change, code
from cvtex.yaml_reader.events import Token
from cvtex.yaml_reader.quoting import quote
from cvtex.yaml_reader.scene import Fault, Scene

_CLOSER = {"[": "]", "{": "}"}
_NEXT_KEY = re.compile(r"[a-z][a-z0-9_-]*:[ \t]")


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
    """A `#` in a list or mapping in brackets that hides the rest of its line, as in `[C, C #]`."""
    if not scene.slot.opened:
        return
    scalars = [token for token in scene.tokens if token.kind == "scalar"]
    for comment in re.finditer(r"(?<=[ \t])#[^\r\n]*", scene.text[: scene.at]):
        place = comment.start()
        inside = any(token.start < place < token.end for token in scalars)
        if place < scene.slot.opened[0] or inside or not re.search(r"[,\]}]", comment[0]):
            continue
        start = scene.slot_at(place).start
        changes = quote(scene.text, start, scene.flow_end(place))
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
