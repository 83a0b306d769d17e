"""The signs people put after a name, for equal contribution and the like: `*`, `†` or a number.

They are typed plainly, in parentheses, in a superscript or in mathematics.
"""

from __future__ import annotations

import re
from functools import cache

from cvtex.support.lazy_re import lazy_re

_SIGN = (
    r"(?:[*∗⁎†‡]|\\(?:dag|ddag|dagger|ddagger|textdagger|textdaggerdbl|ast|star)(?![A-Za-z])"
    r"(?:\s|\{\})*)"
)
_LIST = rf"{_SIGN}(?:[\s,]*{_SIGN})*"
_RAISED = rf"\s*(?:{_SIGN}|\d+)(?:[\s,]*(?:{_SIGN}|\d+))*\s*"
_MARK = (
    rf"(?:\$\s*\^?(?:{_RAISED}|\{{{_RAISED}\}})\$|\\textsuperscript\s*\{{{_RAISED}\}}"
    rf"|\^(?:{_LIST}|\{{{_LIST}\}})|\({_LIST}\)|{_LIST})"
)
_MARK_STARTS = frozenset("*∗⁎†‡\\$^")
_SIGN_OR_NUMBER = lazy_re(rf"{_SIGN}|\d+")
_PLAIN_SIGNS = {
    **dict.fromkeys(("∗", "⁎", "\\ast", "\\star"), "*"),
    **dict.fromkeys(("\\dag", "\\dagger", "\\textdagger"), "†"),
    **dict.fromkeys(("\\ddag", "\\ddagger", "\\textdaggerdbl"), "‡"),
}


@cache
def _marks() -> re.Pattern[str]:
    return lazy_re(rf"[\s~]*(?:\{{\s*{_MARK}\s*\}}|{_MARK})")


def strip_marks(raw: str) -> tuple[str, tuple[str, ...]]:
    """Return a name without the signs after it, and these: `*`, `†`, `‡` or a number.

    Plain, in parentheses, in a superscript or in mathematics: `Kai Yi*`, `Kai Yi$^{*,1}$`.
    """
    if _MARK_STARTS.isdisjoint(raw):
        return raw.strip() or raw, ()
    marks = _marks()
    found = [sign for match in marks.finditer(raw) for sign in _SIGN_OR_NUMBER.findall(match[0])]
    rest = marks.sub("", raw).strip()
    if not rest:
        return raw, ()
    signs = (sign.rstrip("{} \t\r\n") for sign in found)
    return rest, tuple(dict.fromkeys(_PLAIN_SIGNS.get(sign, sign) for sign in signs))
