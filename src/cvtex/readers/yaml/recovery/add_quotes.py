"""Puts quotes around text in a draft."""

from __future__ import annotations

import re

from cvtex.readers.yaml.draft import Change
from cvtex.support.lazy_re import lazy_re


def quote(text: str, start: int, end: int) -> tuple[Change, ...]:
    """Return the changes that put quotes around a range of the text.

    They are double quotes, unless the range contains a double quote or a backslash. Outer quotes
    that are there already are replaced if they were meant as such, as in `'don't'`.
    """
    inner_start, inner_end = (start + 1, end - 1) if _already(text[start:end]) else (start, end)
    inner = text[inner_start:inner_end]
    single = '"' in inner or "\\" in inner
    mark = "'" if single else '"'
    doubled = (inner_start + match.start() for match in re.finditer("'", inner) if single)
    return (
        Change(start, inner_start, mark),
        *(Change(place, place, "'") for place in doubled),
        Change(inner_end, end, mark),
    )


def _already(text: str) -> bool:
    """Return whether the text stands between quotes that belong together, and not `"a" and "b"`."""
    mark = text[:1]
    if mark not in ("'", '"') or len(text) < 2 or text[-1] != mark:
        return False
    inner = text.find(mark, 1)
    return inner == len(text) - 1 or text[inner - 1].isspace() or text[inner + 1].isalnum()


_KEPT_ESCAPE = r'["\\\r\n]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}'
_ANY_ESCAPE = lazy_re(rf"\\(?:{_KEPT_ESCAPE})|(?P<literal>\\)")


def literal_backslashes(text: str, start: int, end: int) -> tuple[Change, ...]:
    """Return the changes that make backslashes between double quotes literal.

    They are single quotes where these suffice; otherwise the backslashes are doubled, apart from
    those that escape a quote, a backslash, a line end or a character by number.
    """
    escapes = list(_ANY_ESCAPE.finditer(text, start + 1, end - 1))
    if "'" not in text[start:end] and all(match["literal"] for match in escapes):
        return (Change(start, start + 1, "'"), Change(end - 1, end, "'"))
    return tuple(
        Change(match.start(), match.start(), "\\") for match in escapes if match["literal"]
    )
