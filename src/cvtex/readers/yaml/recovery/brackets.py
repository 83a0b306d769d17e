"""Explains syntax errors in lists and mappings in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvtex.readers.yaml.draft import Change, code
from cvtex.readers.yaml.lexemes import YamlToken
from cvtex.readers.yaml.recovery.add_quotes import quote
from cvtex.readers.yaml.recovery.error_context import ErrorContext, SyntaxFault
from cvtex.support.lazy_re import lazy_re

_CLOSER = {"[": "]", "{": "}"}
_LAST_WORD = lazy_re(r"\s+(\"[^\"]*\"|'[^']*'|[a-z][a-z0-9_-]*)$")
_NEXT_KEY = lazy_re(r"[a-z][a-z0-9_-]*:[ \t]")


def brackets(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Yield every possible fault with brackets; the caller tries each correction."""
    yield from _nothing_before(context)
    yield from _wrong_bracket(context)
    yield from _comments_in_brackets(context)
    yield from _missing_comma(context)
    yield from _open_bracket(context)


def _changed(context: ErrorContext, message: str, advice: str, change: Change) -> SyntaxFault:
    """Return a fault at the place of a change, or at the character before an insertion."""
    start = change.start if change.start < change.end else change.start - 1
    line = context.draft.corrected((change,))
    hint = f"{advice}: {line}" if line != "``" else advice
    return SyntaxFault(message, start, start + 1, hint, (change,))


def _nothing_before(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain a bracket, comma or colon with nothing before it, or a colon without a space."""
    char, at, slot = context.char, context.at, context.slot
    opener = context.text[slot.opened[-1]] if slot.opened else ""
    deletion = Change(at, at + 1, "")
    if char in ("]", "}") and not opener and slot.start < at:
        yield _changed(context, f"this {code(char)} closes nothing", "delete it", deletion)
    elif char == "," and opener and slot.start == at:
        yield _changed(context, "there is nothing before this comma", "delete it", deletion)
    elif char == ":" and opener and slot.start == at:
        yield SyntaxFault("there is no key before the `:`", at, at + 1, "write `key: value`")
    elif char == ":" and opener == "{" and "unexpected" in context.problem:
        yield _changed(context, "the `:` needs a space after it", "write", Change(at, at + 1, ": "))


def _wrong_bracket(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain a list closed by a brace, or a mapping closed by a square bracket."""
    char, at, opened = context.char, context.at, context.slot.opened
    if char not in ("]", "}") or not opened or _CLOSER[context.text[opened[-1]]] == char:
        return
    closer = _CLOSER[context.text[opened[-1]]]
    message = f"{code(context.text[opened[-1]])} is closed by {code(char)}"
    for change in (Change(at, at, closer), Change(at, at + 1, closer)):
        hint = f"close it: {context.draft.corrected((change,))}"
        yield SyntaxFault(message, opened[-1], at + 1, hint, (change,))


def _comments_in_brackets(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain a `#` in brackets that makes the rest of its line a comment, as in `[C, C #]`."""
    place = _comment(context)
    if place is None:
        return
    end = context.line_at(place).end
    changes = quote(context.text, context.slot_at(place).start, context.flow_end(place))
    for entry in re.finditer(r"(?<=,)[ \t]*([^,\]}\r\n]*[ \t]#[^,\]}\r\n]*)", context.text[:end]):
        if entry.start() >= context.flow_end(place):
            changes += quote(context.text, entry.start(1), entry.end(1))
    hint = f"put the text in quotes: {context.draft.corrected(changes)}"
    yield SyntaxFault("from this `#` on the line is a comment", place, end, hint, changes)


def _comment(context: ErrorContext) -> int | None:
    """Return the first comment in the brackets that looks like a part of them."""
    scalars = [token for token in context.tokens if token.kind == "scalar"]
    for comment in re.finditer(r"(?<=[ \t])#[^\r\n]*[,\]}]", context.text[: context.at]):
        place = comment.start()
        inside = any(token.start < place < token.end for token in scalars)
        if context.slot.opened and place > context.slot.opened[0] and not inside:
            return place
    return None


def _missing_comma(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain two entries in brackets without a comma between them."""
    if not context.slot.opened or not context.tokens:
        return
    last = context.tokens[-1]
    word = _LAST_WORD.search(context.text[last.start : last.end])
    place = None
    if context.char == ":" and word is not None and _is_key(context, word[1], last):
        place = last.start + word.start()
    elif _separate(context, last):
        place = last.end
    if place is not None:
        yield _changed(context, "a comma is missing here", "write it", Change(place, place, ","))


def _is_key(context: ErrorContext, word: str, last: YamlToken) -> bool:
    """Return whether the last word of a text is a key: it starts a line or is a key elsewhere."""
    if last.kind != "scalar" or last.style != "plain":
        return False
    if context.text[context.line.first : context.at] == word:
        return True
    as_key = rf"(?:^|[{{,\n-])[ \t]*{re.escape(word)}:[ \t\r\n]"
    return context.text[context.slot.opened[-1]] == "{" and bool(re.search(as_key, context.text))


def _separate(context: ErrorContext, last: YamlToken) -> bool:
    """Return whether the text after a token looks like another entry."""
    key = _NEXT_KEY.match(context.text, context.at)
    if context.line_at(last.end) != context.line:
        return bool(key) or context.at == context.line.first
    ended = last.style in ("single", "double") or last.kind == "close"
    return ended and (bool(key) or context.char in ("'", '"', "[", "{"))


def _open_bracket(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain a bracket that is never closed."""
    opened = context.slot.opened
    line = context.line_at(opened[-1]) if opened else context.line
    if not opened or (line == context.line and context.char):
        return
    closers = "".join(_CLOSER[context.text[p]] for p in reversed(opened) if p >= line.start)
    last = (
        context.line if context.line.filled and not context.char else context.above(context.line)[0]
    )
    for place in (line.content_end(opened[-1]), last.content_end(last.start)):
        changes = (Change(place, place, closers),)
        if place > opened[-1] + 1:
            yield SyntaxFault(
                f"the {code(context.text[opened[-1]])} opened here is never closed",
                opened[-1],
                opened[-1] + 1,
                f"close it: {context.draft.corrected(changes)}",
                changes,
            )
