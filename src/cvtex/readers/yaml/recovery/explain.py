"""Explains a syntax error: what is wrong, where, and the corrected line."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from cvtex.readers.yaml.draft import YamlDraft, code
from cvtex.readers.yaml.events import YamlSyntaxError, first_error
from cvtex.readers.yaml.recovery import brackets, lines, quotes_and_escapes
from cvtex.readers.yaml.recovery.error_context import ErrorContext, SyntaxFault

_EXPLANATIONS: tuple[Callable[[ErrorContext], Iterator[SyntaxFault]], ...] = (
    lines.merge_conflict,
    lines.odd_blanks,
    lines.foreign_comment,
    quotes_and_escapes.unknown_escape,
    quotes_and_escapes.no_character,
    quotes_and_escapes.open_quote,
    lines.missing_space,
    brackets.brackets,
    lines.list_beside_key,
    lines.block_header,
    quotes_and_escapes.needs_quotes,
    lines.comment_inside,
    lines.missing_colon,
    lines.indentation,
    lines.stray_line,
)

# Parts of the messages of libyaml and PyYAML, and what they mean to the user.
_PLAIN_WORDS = (
    ("mapping values", "a `key: value` is not allowed here", "put the text in quotes if it is one"),
    (
        "expected ':'",
        "this line is neither `key: value` nor a list item",
        "write `key: value`, start a list item with `- `, or indent the line "
        "to continue the text above it",
    ),
    ("document start", "the file goes on after its value has ended", "check the indentation"),
    ("',' or ']'", "a list in `[...]` goes wrong here", "check for a missing `,`, `]` or quote"),
    ("',' or '}'", "a mapping in `{...}` goes wrong here", "check for a missing `,`, `}` or quote"),
    ("node content", "a value is missing here", 'write a value, or `""` for an empty one'),
    ("Unicode", "an escape here is not a character", "write the character itself"),
    ("unexpected end of stream", "a quote opened here is never closed", "close the quote"),
    (
        "expected",
        "this does not fit the lines above it",
        "check the indentation: keys of one mapping start in the same column, "
        "and so do the `-` of one list",
    ),
)


def explain(draft: YamlDraft, error: YamlSyntaxError) -> SyntaxFault:
    """Return the most likely fault behind a syntax error.

    A correction is only offered if PyYAML reads beyond the corrected place with it.
    """
    context = ErrorContext(draft, error)
    for explanation in _EXPLANATIONS:
        fault = _furthest(context, explanation(context))
        if fault is not None:
            return fault
    return _in_plain_words(context)


def _furthest(context: ErrorContext, faults: Iterator[SyntaxFault]) -> SyntaxFault | None:
    """Return the fault whose correction lets PyYAML read furthest, or one without a correction."""
    best, reached = None, 0.0
    for fault in faults:
        reach = _reach(context, fault) if fault.changes else math.inf
        if reach > reached:
            best, reached = fault, reach
        if reach == math.inf:
            break
    return best


def _reach(context: ErrorContext, fault: SyntaxFault) -> float:
    """Return the source offset of the next error after a correction; 0 when it does not help."""
    changed = context.draft.changed(fault.changes)
    error = first_error(changed.text)
    if error is None:
        return math.inf
    place = changed.origins[min(error.at, len(changed.text))]
    corrected = context.draft.origins[max(change.end for change in fault.changes)]
    return place if place > corrected and place != context.draft.origins[context.at] else 0


def _in_plain_words(context: ErrorContext) -> SyntaxFault:
    from_context = re.search("':'|unexpected", context.problem)
    start = context.construct if from_context else context.at
    line = context.line_at(start)
    end = min(max(line.end, start + 1), len(context.text))
    for part, message, hint in _PLAIN_WORDS:
        if part in context.problem:
            return SyntaxFault(message, start, end, hint)
    if "start any token" in context.problem:
        message = f"nothing can start with {code(context.char)} here"
        return SyntaxFault(message, start, end, "put the text in quotes")
    return SyntaxFault(context.problem, start, end, "check the lines here for quotes and brackets")
