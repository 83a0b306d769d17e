"""Values for the options of a theme, checked, in TeX's notation."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.hints import did_you_mean
from cvtex.readers.yaml.nodes import Node, locate_key
from cvtex.schema.cv import ThemeSettings
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re
from cvtex.theme.manifest import Theme, ThemeOption

_LENGTH = lazy_re(r"(\d+\.?\d*|\.\d+)\s*(pt|mm|cm|in|bp|pc|em|ex)")
_POINTS = {"pt": 1, "bp": 1.00375, "pc": 12, "mm": 2.845, "cm": 28.45, "in": 72.27}
"""TeX points in a unit (The TeXbook, chapter 10); `em` and `ex` depend on the font."""

_COLOR = lazy_re(r"#?([0-9A-Fa-f]{6})")
_TEXT = lazy_re(r"[\w .:/-]*")


def theme_options(
    theme: Theme, wanted: ThemeSettings, sink: Sink, root: Node | None = None
) -> Mapping[str, str]:
    """Return the values of all options in TeX's notation; those without a value are left out.

    `root` is the tree of the CV, where the keys of unknown options stand.
    A LaTeX package spells `font_size` as `fontsize`: its keys have no underscores.
    """
    given: Mapping[str, Text] = wanted.__pydantic_extra__ or {}
    known = {option.name: option for option in theme.manifest.options}
    for name, text in given.items():
        if name not in known:
            sink.add(
                catalogue.UNKNOWN_KEY,
                f"theme `{theme.manifest.name}` has no option `{name}`",
                (root and locate_key(root, ("theme", name))) or text.span,
                hint=did_you_mean(name, known) or "its options: " + ", ".join(known),
            )
    values = {n: _value(o, given[n], sink) if n in given else o.default for n, o in known.items()}
    return {name.replace("_", ""): value for name, value in values.items() if value}


def _value(option: ThemeOption, text: Text, sink: Sink) -> str:
    written = text.value.strip()
    match option.type:
        case "choice" if written in option.choices:
            return written
        case "length" if (match_ := _LENGTH.fullmatch(written)) and _within(option, match_):
            return match_[1] + match_[2]
        case "color" if match_ := _COLOR.fullmatch(written):
            return match_[1].lower()
        case "text" if _TEXT.fullmatch(written):
            return written
    sink.add(
        catalogue.INVALID_VALUE,
        f"`{written}` is not a {option.type} for the theme's option `{option.name}`",
        text.span,
        hint=_expected(option, written),
    )
    return option.default


def _within(option: ThemeOption, length: re.Match[str]) -> bool:
    """Return whether a length is within the bounds of an option, if they can be compared."""
    least, most = (_LENGTH.fullmatch(bound) for bound in (option.least, option.most))
    if least is None or most is None or length[2] not in _POINTS:
        return True
    return _points(least) <= _points(length) <= _points(most)


def _points(length: re.Match[str]) -> float:
    return float(length[1]) * _POINTS[length[2]]


def _expected(option: ThemeOption, written: str) -> str:
    match option.type:
        case "choice":
            return did_you_mean(written, option.choices) or "one of " + ", ".join(option.choices)
        case "length" if option.least and _LENGTH.fullmatch(written):
            return f"from `{option.least}` to `{option.most}`"
        case "length":
            return "write a number and a unit, such as `10pt` or `2cm`"
        case "color":
            return 'write six hexadecimal digits, such as `"#1f3a5f"`'
    return "use letters, digits, spaces and `.:/-`"
