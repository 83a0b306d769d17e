"""Preparation of LaTeX text for pylatexenc, and of the characters that it returns."""

from __future__ import annotations

import re

from msgspec import Struct, field

from cvtex.support.lazy_re import lazy_re

_PERCENT, _DOLLAR, _NOTHING, _BACKSLASH = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
"""Stand-ins for characters to be taken literally: noncharacters, which no text contains."""

_PLAIN = str.maketrans({_PERCENT: "%", _DOLLAR: "$", _NOTHING: None, _BACKSLASH: "\\"})
_TOKEN = lazy_re(r"\\(?:begin|end)(?![A-Za-z])|\\.|\\\Z|\$\$?|[{}%]", re.DOTALL)
_DIMENSION = lazy_re(
    r"\\(?:kern|hskip|vskip|raise|lower)\s*[-+]?[\d.]+\s*(?:em|ex|pt|mm|cm|in|sp|pc|mu)|\\penalty\s*-?\d+"
)
_GERMAN = lazy_re(r"\"`(.*?)\"'", re.DOTALL)
_DEEPEST = 30
_SINGLE = lazy_re(r"(?<!`)`([^`']+)'(?!')")

_LIGATURES = (
    ("---", "—"),
    ("--", "–"),
    ("!`", "¡"),
    ("?`", "¿"),
    ("``", "“"),
    ("''", "”"),
    ("~", "\u00a0"),
)


def ligatures(chars: str) -> str:
    """Join characters as TeX's fonts do: dashes, quotation marks; `~` is a no-break space."""
    for written, meant in _LIGATURES:
        if written in chars:
            chars = chars.replace(written, meant)
    return _SINGLE.sub("‘\\1’", chars).replace("`", "‘") if "`" in chars else chars


def unprotected(chars: str) -> str:
    """Return the characters in place of their stand-ins."""
    return chars.translate(_PLAIN)


def protected(value: str) -> str:
    r"""Return a copy of equal length that a LaTeX parser reads as it was meant.

    A `%` does not start a comment in a value. A `$`, brace or `\(` without its partner is text.
    Braces nest to a bounded depth.
    """
    quoted = _GERMAN.sub(f"„{_NOTHING}\\1“{_NOTHING}", value)
    quoted = _DIMENSION.sub(lambda match: _NOTHING * len(match[0]), quoted)
    guard = _Guard(list(quoted))
    for token in _TOKEN.finditer(quoted):
        guard.token(token[0], token.start())
    while guard.groups:
        guard.leave(closed=False)
    return "".join(guard.chars)


class _OpenGroup(Struct):
    """An open brace, and the sign of a formula that was opened inside it, if any."""

    brace: int
    sign: str = ""
    at: int = 0


class _Guard(Struct):
    """One pass over a value; `chars` is what comes out."""

    chars: list[str]
    groups: list[_OpenGroup] = field(default_factory=lambda: [_OpenGroup(-1)])

    def token(self, sign: str, at: int) -> None:
        """Make one token harmless where it needs to be."""
        if sign == "%":
            self.chars[at] = _PERCENT
        elif sign == "\\":
            self.chars[at] = _BACKSLASH
        elif sign == "{":
            self.groups.append(_OpenGroup(at))
        elif sign == "}":
            self._close_brace(at)
        elif sign[0] == "$" or sign in (r"\(", r"\[", r"\)", r"\]"):
            self._formula(sign, at)
        elif sign in (r"\begin", r"\end"):
            # Without environments, their names and bodies are read like any other text.
            self.chars[at + 1] = sign[1].upper()

    def _close_brace(self, at: int) -> None:
        has_partner = 1 < len(self.groups) <= _DEEPEST
        if not has_partner:
            self.chars[at] = _NOTHING
        if len(self.groups) > 1:
            self.leave(closed=has_partner)

    def _formula(self, sign: str, at: int) -> None:
        group = self.groups[-1]
        closer = {r"\(": r"\)", r"\[": r"\]"}.get(group.sign, group.sign)
        if group.sign and sign == closer:
            group.sign = ""
        elif not group.sign and sign not in (r"\)", r"\]"):
            group.sign, group.at = sign, at
        elif sign == "$$" and group.sign == "$":
            group.at = at + 1
        else:
            self._literal(sign, at)

    def leave(self, *, closed: bool) -> None:
        """Leave a group; a formula that was opened in it and not closed is text."""
        group = self.groups.pop()
        if group.sign:
            self._literal(group.sign, group.at)
        if group.brace >= 0 and not closed:
            self.chars[group.brace] = _NOTHING

    def _literal(self, sign: str, at: int) -> None:
        if sign[0] == "$":
            self.chars[at : at + len(sign)] = _DOLLAR * len(sign)
        else:
            self.chars[at] = _NOTHING
