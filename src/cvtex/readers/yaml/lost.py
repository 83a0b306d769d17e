"""Reports text that YAML drops or reads as something else although the syntax is right."""

from __future__ import annotations

import re
import sys
from unicodedata import category

from cvtex.diagnostics.catalogue import INVALID_YAML, LOST_TEXT
from cvtex.diagnostics.diagnostic import Note, Safety, Sink
from cvtex.readers.yaml.draft import Change, YamlDraft, code
from cvtex.readers.yaml.lexemes import YamlEvent
from cvtex.readers.yaml.recovery.add_quotes import literal_backslashes, quote
from cvtex.source import Source
from cvtex.support.lazy_re import lazy_re

# `#x` behind a text. `# x`, `## x` and `#cvtex:` are comments on purpose, and one ends the match.
_SWALLOWED = lazy_re(r"[ \t]+(#(?!cvtex:)[^\s#][^\r\n]*?)(?=[ \t]+#[ \t]|[ \t]*(?:[\r\n]|\Z))")
# Values that are complete in themselves: `#x` after one is a comment without its space.
_CLOSED = lazy_re(
    r"(?:^|[\s{,])(?:kind|date|as_of|order|group_by|reverse|raw_latex|merge_preprints"
    r"|schema):[ \t]+\Z",
    re.MULTILINE,
)
_FLOW_END = lazy_re(r"[ \t]*[,\]}]")
_DASH = lazy_re(r"[\r\n][ \t]*(-)[ \t]")
_NEXT_LINE = lazy_re(r"[\r\n]([ ]*)(?:- |[A-Za-z_][\w-]*:(?=[ \t\r\n]))")
# Escapes for control characters, which nobody means, and TeX commands that start like `\n`.
TEX_COMMAND = lazy_re(
    r"\\\\|(?P<command>\\(?:0|[abefv][A-Za-z]*|(?:nu|nabla|neq?|not|newline|noindent|theta|tau"
    r"|times|text[a-z]+|to|tilde|top|rho|right[a-z]*|rangle)(?![A-Za-z])))"
)
_CODE = lazy_re(r"\\\\|\\(?P<code>x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U00[01][0-9A-Fa-f]{5})")
_BLANKS = "\t\n\r\x85"
_STANDARD_TAGS = ("!!", "!<")
_WORD = lazy_re(r"!<[^>\s]*>|[&!][^\s,\[\]{}]*")


def check_plain(draft: YamlDraft, event: YamlEvent, start: int, flow: bool, sink: Sink) -> None:
    """Look for the rest of a plain text in a comment, and for list items read as text."""
    comment = _SWALLOWED.match(draft.text, event.end)
    if comment is not None and any(char.isalnum() for char in comment[1]):
        closing = _FLOW_END.search(draft.text, *comment.span(1)) if flow else None
        if not closing and start < event.end and _is_closed(draft, start):
            return
        end = closing.start() if closing else comment.end(1)
        begin = start if start < event.end else comment.start(1)
        _report_comment(draft, comment, quote(draft.text, begin, end), sink)
    if not flow:
        for dash in _DASH.finditer(draft.text, start, event.end):
            _report_dash(draft, dash.start(1), sink)


def _is_closed(draft: YamlDraft, start: int) -> bool:
    """Return whether a value is a date, a flag or a choice; a `#` after it loses no text."""
    line = draft.text.rfind("\n", 0, start) + 1
    return _CLOSED.search(draft.text, line, start) is not None


def _report_comment(
    draft: YamlDraft, comment: re.Match[str], changes: tuple[Change, ...], sink: Sink
) -> None:
    sink.add(
        LOST_TEXT,
        f"{code(draft.written(comment[1]))} is read as a comment and lost",
        draft.span(*comment.span(1)),
        hint=f"to keep it, put the text in quotes: {draft.corrected(changes)}; "
        "to have a comment, write a space after `#`",
        fix=draft.fix("put the text in quotes", changes, Safety.UNSAFE),
    )


def _report_dash(draft: YamlDraft, dash: int, sink: Sink) -> None:
    sink.add(
        LOST_TEXT,
        "this `-` starts no list item: the line is read as part of the text above it",
        draft.span(dash, dash + 1),
        hint="for a list item, put the `-` exactly below the `-` of the item before it; "
        "for a text, put quotes around all of it",
    )


def check_quoted(draft: YamlDraft, event: YamlEvent, start: int, flow: bool, sink: Sink) -> None:
    """Look for lines swallowed by a quote closed too late, and for TeX commands in `"..."`."""
    if not flow:
        _check_lines(draft, start, event.end, sink)
    if event.style == "double":
        for match in TEX_COMMAND.finditer(draft.text, start, event.end):
            if match["command"]:
                _report_command(draft, start, event.end, match, sink)
        for match in _CODE.finditer(draft.text, start, event.end):
            if match["code"] and _is_unprintable(int(match["code"][1:], 16)):
                _report_unprintable(draft, match, sink)


def _check_lines(draft: YamlDraft, start: int, end: int, sink: Sink) -> None:
    """Report lines inside quotes without indentation, which libyaml accepts.

    (YAML 1.2.2, section 7.3.3.)
    """
    if not swallows_line(draft.lines, start, end):
        return
    number = draft.span(end, end).first.line
    sink.add(
        INVALID_YAML,
        f"the quote opened here is closed only in line {number}",
        draft.span(start, start + 1),
        hint="close the quote at the end of its text; "
        "indent the lines inside the quotes if they do belong to it",
        notes=(Note(draft.span(end - 1, end), "closed here"),),
    )


def swallows_line(lines: Source, start: int, end: int) -> bool:
    """Return whether a line in a quoted text looks like the next key or list item.

    It is indented no more than the key before the quote, or the dash if there is no key.
    """
    position = lines.position(start)
    line = lines.line(position.line)
    indent, content = (len(line) - len(line.lstrip(blanks)) for blanks in (" ", "- \t"))
    limit = content if content < position.column - 1 else indent
    return any(
        len(next_line[1]) <= limit for next_line in _NEXT_LINE.finditer(lines.text, start, end)
    )


def _report_command(
    draft: YamlDraft, start: int, end: int, match: re.Match[str], sink: Sink
) -> None:
    changes = literal_backslashes(draft.text, start, end)
    sink.add(
        LOST_TEXT,
        f"in double quotes {code(match[0][:2])} is an escape, so {code(match[0])} is lost",
        draft.span(*match.span()),
        hint=f"in single quotes a backslash is a backslash: {draft.corrected(changes)}"
        if changes[0].text == "'"
        else f"write two backslashes: {draft.corrected(changes)}",
        fix=draft.fix("keep the backslashes", changes, Safety.UNSAFE),
    )


def _is_unprintable(number: int) -> bool:
    """Return whether a number is that of a control character, or above U+10FFFF."""
    char = chr(number) if number <= sys.maxunicode else ""
    return char not in _BLANKS and category(char) in ("Cc", "Cn")


def _report_unprintable(draft: YamlDraft, match: re.Match[str], sink: Sink) -> None:
    number = int(match["code"][1:], 16)
    sink.add(
        INVALID_YAML,
        f"{code(match[0])} is the character U+{number:04X}, which cannot be printed",
        draft.span(*match.span()),
        hint="delete it",
        fix=draft.fix("delete the character", (Change(*match.span(), ""),), Safety.SAFE),
    )


def report_anchor(draft: YamlDraft, place: int, end: int, sink: Sink) -> None:
    """Report an anchor that no alias uses: the text was meant to start with `&`."""
    _report_property(draft, place, end, "names a value for later use", sink)


def report_tag(draft: YamlDraft, place: int, end: int, scalar: bool, sink: Sink) -> None:
    """Report a tag: it was meant as text, or to set a type, which it does not do here."""
    if scalar and not draft.text.startswith(_STANDARD_TAGS, place):
        _report_property(draft, place, end, "names a type", sink)
        return
    tag = _WORD.match(draft.text, place)
    if tag is not None:
        sink.add(
            LOST_TEXT,
            f"the tag {code(tag[0])} has no effect: every value is read as text",
            draft.span(*tag.span()),
            hint=f"delete {code(tag[0])}",
        )


def _report_property(draft: YamlDraft, place: int, end: int, meaning: str, sink: Sink) -> None:
    word = _WORD.match(draft.text, place)
    if word is None:
        return
    changes = quote(draft.text, place, end)
    sink.add(
        LOST_TEXT,
        f"{code(word[0])} is lost: in YAML a word that starts with `{word[0][0]}` {meaning}",
        draft.span(*word.span()),
        hint=f"put the text in quotes: {draft.corrected(changes)}",
        fix=draft.fix("put the text in quotes", changes, Safety.UNSAFE),
    )
