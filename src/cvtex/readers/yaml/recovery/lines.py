"""Explains syntax errors at the start of lines: tabs, indentation, a missing space."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from cvtex.diagnostics.diagnostic import Safety
from cvtex.readers.yaml.draft import Change, code
from cvtex.readers.yaml.recovery.add_quotes import quote
from cvtex.readers.yaml.recovery.error_context import ErrorContext, SourceLine, SyntaxFault
from cvtex.support.lazy_re import lazy_re

_CONFLICT = lazy_re(r"<{7} |={7}$|>{7} ")
# Blanks that YAML reads as text or does not allow: tab, no-break and typographic spaces.
_ODD = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD_INDENT = lazy_re(rf"(?P<indent>[ {_ODD}]*)(?P<dashes>(?:-[ {_ODD}]+)*)")
_KEY = lazy_re(r"(?:\"[^\"]*\"|'[^']*'|[^\s#\"'\[\]{},&*!|>%@`-][^#]*?)[ \t]*:(?=[ \t]|$)")
_NO_SPACE = lazy_re(rf"[A-Za-z_][\w-]*( ?:(?=[^\s:/])| ?:[{_ODD}]+ *| *： *| *= *(?=\S))")
_NO_DASH_SPACE = lazy_re(r"-(?=[^\s-])")
_MAX_COLUMNS = 5


def merge_conflict(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain a conflict that git left in the file."""
    near = range(context.line.number - 1, context.line.number + 2)
    for number in (context.line_at(context.construct).number, *near):
        line = context.line_number(max(number, 1))
        if _CONFLICT.match(line.text):
            yield SyntaxFault(
                "git left a merge conflict here",
                line.start,
                line.end,
                "keep one of the two versions and delete the lines "
                "that start with `<<<<<<<`, `=======` and `>>>>>>>`",
            )
            return


def odd_blanks(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain tabs and no-break spaces in the indentation."""
    wrong = _odd_lines(context)
    if not wrong:
        return
    start = _odd_changes(wrong[0], 2)[0].start
    char = context.text[start]
    name = "a tab" if char == "\t" else f"a {unicodedata.name(char).lower()} (U+{ord(char):04X})"
    others = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
    message = f"{name} indents this line{others}; YAML wants spaces"
    for width in (2, 4, 8, 0):
        changes = tuple(change for line in wrong for change in _odd_changes(line, width))
        yield SyntaxFault(
            message, start, start + 1, f"write {_indented(context, changes)}", changes
        )


def _odd_lines(context: ErrorContext) -> list[SourceLine]:
    """Return all lines with odd blanks in the indentation, if one of them is near the error."""
    near = (context.line, *context.above(context.line)[:1], context.line_at(context.construct))
    if not any(_odd_changes(line, 2) for line in near):
        return []
    last = context.line_at(len(context.text)).number
    lines = (context.line_number(number) for number in range(1, last + 1))
    return [line for line in lines if (line.text.strip() or line in near) and _odd_changes(line, 2)]


def _odd_changes(line: SourceLine, width: int) -> tuple[Change, ...]:
    """Return the changes that replace tabs, by one space after a dash and several elsewhere."""
    match = _ODD_INDENT.match(line.text)
    if match is None:
        return ()
    split = match.end("indent")
    places = (odd.start() for odd in re.finditer(f"[{_ODD}]", match[0]))
    widths = ((i, width if i < split and line.text[i] == "\t" else 1) for i in places)
    return tuple(Change(line.start + i, line.start + i + 1, " " * wide) for i, wide in widths)


def _indented(context: ErrorContext, changes: tuple[Change, ...]) -> str:
    """Return the first changed line with its indentation, in backticks."""
    number = context.draft.lines.position(changes[0].start).line
    return code(context.draft.written(context.draft.changed(changes).lines.line(number).rstrip()))


def missing_space(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain `name:Emmy`, `-item`, `name = Emmy`, or a full-width colon."""
    for line in (
        context.line_at(context.construct),
        context.line,
        *context.above(context.line)[:3],
    ):
        content = context.text[line.item : line.end]
        if _KEY.match(content):
            continue
        match = _NO_SPACE.match(content)
        if match is not None:
            start, end = (line.item + place for place in match.span(1))
            yield _spaced(
                context, "there is no `: ` between key and value", Change(start, end, ": ")
            )
        elif _NO_DASH_SPACE.match(content):
            change = Change(line.item, line.item + 1, "- ")
            yield _spaced(context, "the `-` of a list item needs a space after it", change)


def missing_colon(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain a line above a `key: value` that should be one too."""
    above = next(iter(context.above(context.line)), context.line)
    key = _KEY.match(context.text, context.line.item, context.line.end)
    word = lazy_re(r"[A-Za-z_][\w-]*(?=[ \t]|$)").match(context.text, above.item, above.end)
    if key is None or context.at >= key.end() or word is None:
        return
    if above.item - above.start == context.line.item - context.line.start:
        changes = (Change(word.end(), word.end(), ":"),)
        message = "this line has no `:` between key and value"
        hint = (
            f"write {context.draft.corrected(changes)}, or indent it to continue the text above it"
        )
        yield SyntaxFault(message, word.start(), word.end(), hint, changes)


def _spaced(context: ErrorContext, message: str, change: Change) -> SyntaxFault:
    hint = f"write {context.draft.corrected((change,))}"
    return SyntaxFault(message, change.start, change.end, hint, (change,), Safety.SAFE)


def foreign_comment(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain a comment of TeX or JavaScript on a line of its own."""
    for line in (context.line, *context.above(context.line)[:1]):
        mark = lazy_re("//|%").match(context.text, line.first)
        if mark is not None and (mark[0] == "//" or line.indent == 0):
            change = Change(*mark.span(), "#")
            hint = f"a comment starts with `#`: {context.draft.corrected((change,))}"
            message = f"a line cannot start with `{mark[0]}`"
            yield SyntaxFault(message, *mark.span(), hint, (change,))


def comment_inside(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain a comment between the lines of one text."""
    before = [token for token in context.tokens if token.kind == "scalar"]
    if context.at != context.line.first or not before or before[-1].style != "plain":
        return
    end = before[-1].end
    gap = context.text[end : context.at]
    comment = re.match(r"[ \t]+#[^\r\n]*", gap)
    if comment is None or context.line_at(end).number != context.line.number - 1:
        return
    if re.match(r"[ \t]+#\s", gap):
        changes: tuple[Change, ...] = (Change(end, end + comment.end(), ""),)
        hint = "move the comment to a line of its own, above the text"
    else:
        changes = quote(context.text, before[-1].start, context.line.content_end(context.at))
        hint = f"put the whole text in quotes: {context.draft.corrected(changes)}"
    message = "the comment above ends the text, so this line belongs to nothing"
    yield SyntaxFault(message, context.at, context.line.end, hint, changes)


def list_beside_key(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain `key: - item`."""
    if context.char != "-" or "entries" not in context.problem:
        return
    message = "a list cannot start on the line of its key"
    below = context.line_number(context.line.number + 1)
    if re.match(r" *- ", below.text):
        change = Change(context.slot.start, context.at, "\n" + " " * below.indent)
        item = code(context.text[context.at : context.line.end])
        hint = f"start it on the next line, with {item} above the other items"
        yield SyntaxFault(message, context.at, context.at + 1, hint, (change,))
    changes = quote(context.text, context.at, context.line.content_end(context.at))
    hint = (
        f"for a text, use quotes: {context.draft.corrected(changes)}; for a list, start a new line"
    )
    yield SyntaxFault(message, context.at, context.at + 1, hint, changes)


def block_header(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain text after the `|` or `>` that announces a block of text."""
    start = context.slot.start
    header = lazy_re(r"([|>][-+0-9]*)[ \t]*").match(context.text, start)
    if header is None or context.line_at(start).number != context.line.number:
        return
    below = context.below(context.line, context.column(context.slot.owner) + 1)
    if below:
        change = Change(header.end(1), header.end(), "\n" + " " * below[0].indent)
        hint = f"end this line after {code(header[1])} and start the text on the next one"
        message = f"the text is on the line of the {code(header[1])}"
        yield SyntaxFault(message, header.end(), context.line.end, hint, (change,))


def indentation(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain a line that starts in the wrong column."""
    line = context.line_at(context.construct) if "':'" in context.problem else context.line
    key = _KEY.match(context.text, line.item, line.end)
    late = line == context.line and context.at >= (key.end() if key else line.item + 1)
    if late or not line.filled:
        return
    for column, like in _columns(context, line, keyed=bool(key)):
        siblings = context.below(line, line.indent)
        children = context.below(line, line.indent + 1)
        for group in (children, siblings) if len(siblings) > len(children) else (children,):
            yield _moved(context, [line, *group], column - line.indent, like)


def _columns(
    context: ErrorContext, line: SourceLine, *, keyed: bool
) -> list[tuple[int, SourceLine]]:
    """Return the columns where such a line can start, nearest first, each with a line that does."""
    dash = context.text.startswith("-", line.first)
    columns: dict[int, SourceLine] = {}
    for above in context.above(line):
        if not dash and not keyed:
            text = above.item == above.first and not _KEY.match(context.text, above.item, above.end)
            return [(above.indent if text else above.item - above.start + 2, above)]
        if dash and above.item > above.first:
            columns.setdefault(above.indent, above)
        elif keyed and not dash and _KEY.match(context.text, above.item, above.end):
            columns.setdefault(above.item - above.start, above)
    columns.pop(line.indent, None)
    return sorted(columns.items(), key=lambda item: abs(item[0] - line.indent))[:_MAX_COLUMNS]


def _moved(
    context: ErrorContext, lines: list[SourceLine], shift: int, like: SourceLine
) -> SyntaxFault:
    first = lines[0]
    changes = tuple(
        Change(line.start, line.first, " " * max(line.indent + shift, 0))
        for line in lines
        if line.text.strip()
    )
    column = first.indent + shift + 1
    return SyntaxFault(
        "this line does not start where the lines above it do",
        first.first,
        first.end,
        f"start it in column {column}, as fits line {like.number}: {_indented(context, changes)}",
        changes,
    )


def stray_line(context: ErrorContext) -> Iterator[SyntaxFault]:
    """Explain a line without a key, or a list item or key where none is allowed."""
    line = context.line
    if context.at not in (line.first, line.item) or not line.filled:
        return
    if context.text.startswith(":", line.item):
        message, hint = "there is no key before the `:`", "write `key: value`"
    elif context.char == "-":
        message = "a list item is not allowed here"
        hint = "a list goes below its key, and the key has no other value"
    elif context.text[context.construct : context.construct + 1] == "-":
        message = "this is not a list item, but the lines above are"
        hint = "start it with `- `, or indent it like the text of the item above to belong to that"
    else:
        return
    yield SyntaxFault(message, line.first, line.end, hint)
