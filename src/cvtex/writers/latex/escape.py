"""Escapes text for TeX, once and last, by the context it goes to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import quote

from cvtex.support.lazy_re import lazy_re
from cvtex.writers.latex.characters import GREEK, IN_FORMULAS, LONE_GREEK, LOWERED, RAISED, SYMBOLS

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "\n": " ",
    "\t": " ",
}
_LIGATURE = lazy_re(r"(?<=([-',]))(?=\1)")
"""Between two hyphens, apostrophes or commas, which T1 fonts join to another character."""

_CODE = {**_SPECIAL, "'": r"\textquotesingle{}", " ": r"\ "}
_TEXT = lazy_re("|".join(map(re.escape, {**_CODE, **SYMBOLS})))
_IN_FORMULA = lazy_re(
    r"\\(?:text[a-z]*|[mh]box)\s*\{[^{}]*\}"
    rf"|(?P<raised>[{''.join(RAISED)}]+)|(?P<lowered>[{''.join(LOWERED)}]+)"
    rf"|(?P<sign>[{''.join(IN_FORMULAS)}])"
)
_URL_SPECIAL = lazy_re(r"[%#&_~^$\\{} ]")
_LONG_WORD = lazy_re(r"\S{30,}")
_BREAK_AFTER = lazy_re(r"(?<=[/._=?&@:;+-])(?=[^\s/._=?&@:;+-])")


def escape_text(text: str) -> str:
    """Return running text in which every character prints as itself."""
    return _escape(text, _SPECIAL)


def _escape(text: str, special: Mapping[str, str]) -> str:
    apart = _LIGATURE.sub("\0", text)
    greek = LONE_GREEK.sub(lambda m: "\1" + m[0], apart)
    escaped = _TEXT.sub(lambda m: special.get(m[0]) or SYMBOLS.get(m[0], m[0]), greek)
    escaped = re.sub("\1(.)", lambda m: GREEK[m[1]], escaped)
    return escaped.replace("\0", "{}")


@lru_cache(maxsize=4096)  # a watched CV is much the same each time
def escape_breakable(text: str) -> str:
    """Return running text in which a long word, such as a URL, may break behind punctuation."""
    return "".join(
        _breakable(part) if i % 2 else escape_text(part)
        for i, part in enumerate(re.split(f"({_LONG_WORD.pattern})", text))
    )


def _breakable(word: str) -> str:
    parts = (chunk for part in _BREAK_AFTER.split(word) for chunk in _chunks(part))
    return r"\allowbreak{}".join(map(escape_text, parts))


def _chunks(part: str) -> Iterator[str]:
    """Yield a part in pieces that TeX hyphenates; it does not try words beyond 63 letters."""
    size = len(part) if len(part) < 64 else 20
    return (part[i : i + size] for i in range(0, len(part), max(size, 1)))


def escape_code(text: str) -> str:
    """Return verbatim text, with straight quotes and every space."""
    return _escape(text, _CODE)


def escape_math(tex: str) -> str:
    """Return a formula in LaTeX; signs typed as characters become commands, but for those in text.

    Fonts of mathematics have their signs at places of their own, on every engine.
    """
    return _IN_FORMULA.sub(_in_formula, tex)


def _in_formula(match: re.Match[str]) -> str:
    match match.lastgroup:
        case "raised":
            return "^{" + "".join(RAISED[sign] for sign in match[0]) + "}"
        case "lowered":
            return "_{" + "".join(LOWERED[sign] for sign in match[0]) + "}"
        case "sign":
            command = IN_FORMULAS[match[0]]
            return command + " " if command[-1].isalpha() else command
        case _:
            return match[0]


def escape_url(url: str) -> str:
    """Return the target of a link: ASCII as written, the rest percent-encoded (RFC 3987, 3.1)."""
    ascii_only = quote(url, safe="".join(map(chr, range(0x20, 0x7F))))
    return _URL_SPECIAL.sub(lambda m: "\\" + m[0], ascii_only)
