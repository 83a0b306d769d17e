"""Lists of names, joined by the word "and"."""

from __future__ import annotations

import re
from typing import NamedTuple

from cvtex.names.braces import outside_braces
from cvtex.support.lazy_re import lazy_re

_AND = lazy_re(r"\\.|[{}]|(?P<sign>(?:\A|\s+)and(?=\s|\Z))", re.IGNORECASE | re.DOTALL)
_OTHERS = lazy_re(r"\{?\s*(?:others|et\.?[\s~]*al\.?|\\etal|…)\s*\}?", re.IGNORECASE)

JOIN_HINT = "join names with ` and `: `Emmy Noether and Emil Artin`"


class RawName(NamedTuple):
    """One name of a list as written, and its place in the list, in characters."""

    raw: str
    start: int
    end: int


def split_names(text: str) -> list[RawName]:
    """Return the names of a list, separated by the word "and" outside braces.

    A name may be empty where two "and" meet or one stands at an end.
    """
    names: list[RawName] = []
    start = 0
    for match in outside_braces(_AND, text):
        names.append(_trimmed(text, start, match.start()))
        start = match.end()
    names.append(_trimmed(text, start, len(text)))
    return [] if names == [names[0]] and not names[0].raw else names


def _trimmed(text: str, start: int, end: int) -> RawName:
    raw = text[start:end]
    left = start + len(raw) - len(raw.lstrip())
    stripped = raw.strip()
    return RawName(stripped, left, left + len(stripped))


def is_others(raw: str) -> bool:
    """Return whether the last name of a list only says that there are more."""
    return _OTHERS.fullmatch(raw) is not None
