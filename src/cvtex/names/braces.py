"""LaTeX text split by signs outside braces."""

from __future__ import annotations

import re
from collections.abc import Iterator


def outside_braces(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield matches of the group `sign` outside braces; the pattern matches braces as well."""
    depth = 0
    for match in pattern.finditer(text):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and match["sign"]:
            yield match


def split_outside_braces(pattern: re.Pattern[str], text: str) -> list[str]:
    """Return the stretches between the signs of a pattern, without blanks around them."""
    parts, start = [], 0
    for match in outside_braces(pattern, text):
        parts.append(text[start : match.start()])
        start = match.end()
    return [part.strip() for part in (*parts, text[start:])]


def closing_braces(text: str) -> dict[int, int]:
    """Return the offset of each closing brace by that of its opening brace."""
    closing, opened = {}, []
    for match in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and opened:
            closing[opened.pop()] = match.start()
    return closing


def is_group(text: str) -> bool:
    """Return whether one pair of braces encloses everything."""
    depth = 0
    for match in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth <= 0:
            return match.end() == len(text) and text[0] == "{" and match[0] == "}"
    return False
