"""Verbatim fields: addresses and identifiers, from which only LaTeX's escapes are taken."""

from __future__ import annotations

import re

from cvtex.support.lazy_re import lazy_re

_BROKEN_LINE = lazy_re(r"\s*[\r\n]\s*")
_WRAPPED = lazy_re(r"(?:\\(?:url|nolinkurl|path|burl)\s*)?\{(?P<inside>.*)\}", re.DOTALL)
_MEANT = lazy_re(r"[\\{$&]")
"""The signs without which an address is what it says."""

_BRACE = lazy_re(r"\\.|[{}]", re.DOTALL)
_PROTECTED = lazy_re(r"\{(\\?[^\\{}\sA-Za-z0-9])\}")
_TILDE = lazy_re(r"\\~(?:\s*\{\s*\})?|\$\s*\\sim\s*\$")
_MATH = lazy_re(r"\$\s*(<|>|\\lt|\\gt|_|=|\^|-|\+|/|\\_|\\&|\\%)\s*\$")
_COMMANDS = {
    "allowbreak": "",
    "gt": ">",
    "linebreak": "",
    "lt": "<",
    "slash": "/",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textbackslash": "\\",
    "textbar": "|",
    "textdollar": "$",
    "textgreater": ">",
    "textless": "<",
    "textpercent": "%",
    "textunderscore": "_",
}
_NAME = rf"\\(?:{'|'.join(_COMMANDS)})(?![A-Za-z])"
_COMMAND = lazy_re(rf"\{{{_NAME}\s*\}}|{_NAME}\s*(?:\{{\}})?")
_ESCAPED = lazy_re(r"\\([_%&#${}^/])")
_ENTITY = lazy_re(r"&(amp|lt|gt);")


def verbatim(value: str) -> str:
    r"""Return an address with `\_`, `{\%}`, `\~{}`, `$<$` and the like decoded.

    What is not escaped stays, so does a brace; a line broken inside the value is joined.
    """
    text = _BROKEN_LINE.sub("", value).strip()
    if not _MEANT.search(text):
        return text
    while (wrapped := _WRAPPED.fullmatch(text)) and _balanced(wrapped["inside"]):
        text = wrapped["inside"].strip()
    text = _COMMAND.sub(lambda match: _COMMANDS[match[0].strip("\\{} \t")], text)
    text = _MATH.sub(r"\1", _TILDE.sub("~", text))
    text = _PROTECTED.sub(r"\1", text)
    text = _ESCAPED.sub(r"\1", text)
    return _ENTITY.sub(lambda match: {"amp": "&", "lt": "<", "gt": ">"}[match[1]], text)


def _balanced(inside: str) -> bool:
    depth = 0
    for match in _BRACE.finditer(inside):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth < 0:
            return False
    return depth == 0
