"""Explains syntax errors in lists and mappings in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvtex.readers.yaml.draft import Change, code
from cvtex.readers.yaml.lexemes import YamlToken
from cvtex.readers.yaml.recovery.error_context import ErrorContext, SyntaxFault
from cvtex.readers.yaml.recovery.quoting import quote
from cvtex.support.lazy_re import lazy_re

_CLOSER = {"[": "]", "{": "}"}
_LAST_WORD = lazy_re(r"\s+(\"[^\"]*\"|'[^']*'|[a-z][a-z0-9_-]*)$")
_NEXT_KEY = lazy_re(r"[a-z][a-z0-9_-]*:[ \t]")


def brackets(scene: ErrorContext) -> Iterator[SyntaxFault]:
    """Yield every possible fault with brackets; the caller tries each correction."""
    yield from _nothing_before(scene)
    yield from _wrong_bracket(scene)
    yield from _comments_in_brackets(scene)
    yield from _missing_comma(scene)
    yield from _open_bracket(scene)


def _changed(scene: ErrorContext, message: str, advice: str, change: Change) -> SyntaxFault:
    """Return a fault at the place of a change, or at the character before an insertion."""
    start = change.start if change.start < change.end else change.start - 1
    line = scene.draft.corrected((change,))
    hint = f"{advice}: {line}" if line != "``" else advice
    return SyntaxFault(message, start, start + 1, hint, (change,))


def _nothing_before(scene: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain a bracket, comma or colon with nothing before it, or a colon without a space."""
    char, at, slot = scene.char, scene.at, scene.slot
    opener = scene.text[slot.opened[-1]] if slot.opened else ""
    deletion = Change(at, at + 1, "")
    if char in ("]", "}") and not opener and slot.start < at:
        yield _changed(scene, f"this {code(char)} closes nothing", "delete it", deletion)
    elif char == "," and opener and slot.start == at:
        yield _changed(scene, "there is nothing before this comma", "delete it", deletion)
    elif char == ":" and opener and slot.start == at:
        yield SyntaxFault("there is no key before the `:`", at, at + 1, "write `key: value`")
    elif char == ":" and opener == "{" and "unexpected" in scene.error.problem:
        yield _changed(scene, "the `:` needs a space behind it", "write", Change(at, at + 1, ": "))


def _wrong_bracket(scene: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain a list closed by a brace, or a mapping closed by a square bracket."""
    char, at, opened = scene.char, scene.at, scene.slot.opened
    if char not in ("]", "}") or not opened or _CLOSER[scene.text[opened[-1]]] == char:
        return
    closer = _CLOSER[scene.text[opened[-1]]]
    message = f"{code(scene.text[opened[-1]])} is closed by {code(char)}"
    for change in (Change(at, at, closer), Change(at, at + 1, closer)):
        hint = f"close it: {scene.draft.corrected((change,))}"
        yield SyntaxFault(message, opened[-1], at + 1, hint, (change,))


def _comments_in_brackets(scene: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain a `#` in brackets that makes the rest of its line a comment, as in `[C, C #]`."""
    place = _comment(scene)
    if place is None:
        return
    end = scene.line_at(place).end
    changes = quote(scene.text, scene.slot_at(place).start, scene.flow_end(place))
    for entry in re.finditer(r"(?<=,)[ \t]*([^,\]}\r\n]*[ \t]#[^,\]}\r\n]*)", scene.text[:end]):
        if entry.start() >= scene.flow_end(place):
            changes += quote(scene.text, entry.start(1), entry.end(1))
    hint = f"put the text in quotes: {scene.draft.corrected(changes)}"
    yield SyntaxFault("from this `#` on the line is a comment", place, end, hint, changes)


def _comment(scene: ErrorContext) -> int | None:
    """Return the first comment in the brackets that looks like a part of them."""
    scalars = [token for token in scene.tokens if token.kind == "scalar"]
    for comment in re.finditer(r"(?<=[ \t])#[^\r\n]*[,\]}]", scene.text[: scene.at]):
        place = comment.start()
        inside = any(token.start < place < token.end for token in scalars)
        if scene.slot.opened and place > scene.slot.opened[0] and not inside:
            return place
    return None


def _missing_comma(scene: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain two entries in brackets without a comma between them."""
    if not scene.slot.opened or not scene.tokens:
        return
    last = scene.tokens[-1]
    word = _LAST_WORD.search(scene.text[last.start : last.end])
    place = None
    if scene.char == ":" and word is not None and _is_key(scene, word[1], last):
        place = last.start + word.start()
    elif _separate(scene, last):
        place = last.end
    if place is not None:
        yield _changed(scene, "a comma is missing here", "write it", Change(place, place, ","))


def _is_key(scene: ErrorContext, word: str, last: YamlToken) -> bool:
    """Return whether the last word of a text is a key: it starts a line or is a key elsewhere."""
    if last.kind != "scalar" or last.style != "plain":
        return False
    if scene.text[scene.line.first : scene.at] == word:
        return True
    as_key = rf"(?:^|[{{,\n-])[ \t]*{re.escape(word)}:[ \t\r\n]"
    return scene.text[scene.slot.opened[-1]] == "{" and bool(re.search(as_key, scene.text))


def _separate(scene: ErrorContext, last: YamlToken) -> bool:
    """Return whether the text after a token looks like another entry."""
    key = _NEXT_KEY.match(scene.text, scene.at)
    if scene.line_at(last.end) != scene.line:
        return bool(key) or scene.at == scene.line.first
    ended = last.style in ("single", "double") or last.kind == "close"
    return ended and (bool(key) or scene.char in ("'", '"', "[", "{"))


def _open_bracket(scene: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain a bracket that is never closed."""
    opened = scene.slot.opened
    line = scene.line_at(opened[-1]) if opened else scene.line
    if not opened or (line == scene.line and scene.char):
        return
    closers = "".join(_CLOSER[scene.text[p]] for p in reversed(opened) if p >= line.start)
    last = scene.line if scene.line.filled and not scene.char else scene.above(scene.line)[0]
    for place in (line.content_end(opened[-1]), last.content_end(last.start)):
        changes = (Change(place, place, closers),)
        if place > opened[-1] + 1:
            yield SyntaxFault(
                f"the {code(scene.text[opened[-1]])} opened here is never closed",
                opened[-1],
                opened[-1] + 1,
                f"close it: {scene.draft.corrected(changes)}",
                changes,
            )
