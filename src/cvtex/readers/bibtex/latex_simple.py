"""Accents, signs and symbols without a parser: nearly all there is in names and titles."""

from __future__ import annotations

import re

from cvtex.readers.bibtex.latex_commands import put_accent
from cvtex.readers.bibtex.latex_symbols import SYMBOLS
from cvtex.support.lazy_re import lazy_re

_SIMPLE = lazy_re(
    r"""(?<!\\)\\(?:
    (?P<sign>[`'^~=."])\s*(?:\{(?P<a>[A-Za-z]|\\[ij])\}|(?P<b>[A-Za-z])|(?P<c>\\[ij])(?![A-Za-z])\s*)
    | (?P<accent>[cvuHkrdb])(?:\s*\{(?P<d>[A-Za-z]|\\[ij])\}|\s+(?P<e>[A-Za-z]))
    | (?P<name>[A-Za-z]+)\s*
    | (?P<escaped>[&%_#])
    )""",
    re.VERBOSE,
)

_SYMBOLS = {name: text for name, text in SYMBOLS.items() if not set(text) & set("{}<$&\\~-`'\"")}
"""The symbols whose text means nothing to TeX itself."""


def simplified(value: str) -> str:
    """Return the value with its simple commands decoded, such as accents."""
    if "\\" not in value:
        return value
    simple = _SIMPLE.sub(_character, value)
    return value if "\\" in simple else simple


def _character(match: re.Match[str]) -> str:
    if match["escaped"]:
        return match["escaped"]
    if match["name"]:
        return _SYMBOLS.get(match["name"], match[0])
    letter = next(match[name] for name in "abcde" if match[name])
    return put_accent(match["sign"] or match["accent"], letter.removeprefix("\\"))
