"""How BibTeX and biblatex write names: on LaTeX text, aware of braces.

Source: Markey, Tame the BeaST, section 11; biblatex manual, 3.4 (extended names).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from cvtex.support.lazy_re import lazy_re


class RawName(NamedTuple):
    """One name of a list as written, and its place in the list, in characters."""

    raw: str
    start: int
    end: int


class NameFault(Struct, frozen=True):
    """What is odd about a name, and what to write instead; `better` is all of that, if known."""

    message: str
    hint: str
    better: str = ""


def _written_better(message: str, better: str) -> NameFault:
    return NameFault(message, f"write `{better}`", better)


class NameParts(Struct, frozen=True):
    """The parts of a name, still LaTeX; `faults` says what could not be understood."""

    family: str
    given: str = ""
    prefix: str = ""
    suffix: str = ""
    corporate: bool = False
    faults: tuple[NameFault, ...] = ()


_AND = lazy_re(r"\\.|[{}]|(?P<sign>(?:\A|\s+)and(?=\s|\Z))", re.IGNORECASE | re.DOTALL)
_OTHERS = lazy_re(r"\{?\s*(?:others|et\.?[\s~]*al\.?|\\etal|…)\s*\}?", re.IGNORECASE)
_GAP = lazy_re(r"(?P<sign>\\\s|[\s~]+)|\\.|[{}]", re.DOTALL)
_COMMA = lazy_re(r"\\.|[{}]|(?P<sign>,)", re.DOTALL)
_SEPARATOR = lazy_re(r"(?P<sign>;|(?<!\S)\\?&(?:amp;)?(?!\S))|\\.|[{}]", re.DOTALL)
_OTHER_AND = lazy_re(r"\\.|[{}]|(?P<sign>(?<=\s)(?:und|et|y)(?=\s))", re.DOTALL)
_INITIALS = lazy_re(r"(?:[^\W\d_]\.[\s~-]*)+")
_EXTENDED = lazy_re(r"\s*(?:family|given|prefix|suffix)(?:-i)?\s*=")
_PART = lazy_re(r"\s*([a-z-]+)\s*=\s*(.*?)\s*", re.DOTALL)
_OTHER_PARTS = {"useprefix", "id", "sortingnamekey", "nametemplates", "sortingnamekeytemplate"}
_COMMAND = (
    r"\\(?:text(?:bf|it|sl|sc|rm|sf|tt|up)|emph|underline|uline|mkbib(?:bold|emph|italic))\s*"
)
_DECLARED = r"\s*\\(?:bf|it|em|sl|sc|rm|bfseries|itshape|scshape)(?![A-Za-z])"
_MARKUP = lazy_re(rf"(?:{_COMMAND}(?={{)|(?={{{_DECLARED}))(?P<group>{{)(?:{_DECLARED})?\s*")
_LETTER_OR_CONTROL = lazy_re(r"\\(?P<control>[A-Za-z]+|.)|[^\W\d_]", re.DOTALL)
_LETTER_COMMAND = lazy_re(r"oe|ae|aa|o|l|i|j|ss|dh|th|dj|ng|OE|AE|AA|O|L|SS|DH|TH|DJ|NG")
_SUFFIX = lazy_re(
    r"(?:jr|sr|junior|senior|[ivx]+|\d+(?:st|nd|rd|th)|filho|neto|j[úu]nior|esq)\.?",
    re.IGNORECASE,
)
_SUFFIX_ALONE = lazy_re(r"(?:[JS]n?r|[js]n?r)\.?|II|III|IV")
"""A suffix that is no initial: `Lopez Garcia, V.` has a given name."""

SURE_DEGREE = r"(?:Ph\.?\s?D|[DM]\.?\s?Phil|[DMB]\.?\s?Sc|Pharm\.?\s?D|M\.?\s?Eng|MBA)\b\.?"
"""A degree that cannot be the initials of given names."""

_DEGREE = lazy_re(rf"{SURE_DEGREE}|M\.?\s?D\.?|MPH|DVM|DDS|DMD")
_MIDDLE_DEGREE = lazy_re(rf"{SURE_DEGREE}|M\.?\s?D\.?")
_JOIN = "join names with ` and `: `Emmy Noether and Emil Artin`"


def split_names(text: str) -> list[RawName]:
    """The names of a list, parted by the word "and" outside braces.

    A name may be empty where two "and" meet or one stands at an end.
    """
    names: list[RawName] = []
    start = 0
    for match in _outside_braces(_AND, text):
        names.append(_trimmed(text, start, match.start()))
        start = match.end()
    names.append(_trimmed(text, start, len(text)))
    return [] if names == [names[0]] and not names[0].raw else names


def _trimmed(text: str, start: int, end: int) -> RawName:
    raw = text[start:end]
    left = start + len(raw) - len(raw.lstrip())
    stripped = raw.strip()
    return RawName(stripped, left, left + len(stripped))


def _outside_braces(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches of the group `sign` outside braces; the pattern matches braces as well."""
    depth = 0
    for match in pattern.finditer(text):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and match["sign"]:
            yield match


def _split(pattern: re.Pattern[str], text: str) -> list[str]:
    parts, start = [], 0
    for match in _outside_braces(pattern, text):
        parts.append(text[start : match.start()])
        start = match.end()
    return [part.strip() for part in (*parts, text[start:])]


def is_others(raw: str) -> bool:
    """Whether the last name of a list only says that there are more."""
    return _OTHERS.fullmatch(raw) is not None


def parse_name(raw: str) -> NameParts:
    """The parts of one name: "First von Last", "von Last, First", "von Last, Jr, First".

    A name wholly in braces is corporate. Of too many commas, the first two count.
    """
    raw = _without_markup(raw.strip())
    if _EXTENDED.match(raw):
        return _extended(raw)
    if _is_group(raw) and raw[1:-1].strip():
        return _corporate(raw[1:-1].strip())
    parts = _split(_COMMA, raw)
    if len(parts) == 1:
        return _first_von_last(raw)
    return _with_commas(raw, parts)


def _without_markup(raw: str) -> str:
    r"""The name inside `\textbf{...}` or `{\bf ...}`, as people write their own."""
    closing = _closing_braces(raw) if "\\" in raw else {}
    start, end = 0, len(raw)
    while found := _MARKUP.match(raw, start, end):
        if closing.get(found.start("group")) != end - 1:
            break
        start, end = found.end(), end - 1
        while end > start and raw[end - 1].isspace():
            end -= 1
    return raw[start:end]


def _closing_braces(text: str) -> dict[int, int]:
    """Where the group that starts at a brace ends, by the place of that brace."""
    closing, opened = {}, []
    for match in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and opened:
            closing[opened.pop()] = match.start()
    return closing


def _is_group(text: str) -> bool:
    """Whether one pair of braces encloses everything."""
    depth = 0
    for match in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth <= 0:
            return match.end() == len(text) and text[0] == "{" and match[0] == "}"
    return False


def _corporate(inside: str) -> NameParts:
    names = split_names(inside)
    several = len(names) > 2 or (len(names) == 2 and "," in inside)
    hint = "remove the inner braces"
    fault = NameFault(f"`{inside}` stands in braces, so it is one name", hint)
    return NameParts(inside, corporate=True, faults=(fault,) if several else ())


def _first_von_last(raw: str) -> NameParts:
    words = [word for word in _split(_GAP, raw) if word]
    if not raw.strip("{} "):
        return NameParts("", faults=(NameFault("a name is empty", _JOIN),))
    before = range(len(words) - 1)
    lower = [i for i in before if _is_von(words[i])]
    first, last = (lower[0], lower[-1] + 1) if lower else (len(words) - 1, len(words) - 1)
    return NameParts(
        family=" ".join(words[last:]),
        given=" ".join(words[:first]),
        prefix=" ".join(words[first:last]),
        faults=_separator_faults(raw),
    )


def _with_commas(raw: str, parts: list[str]) -> NameParts:
    suffix, given = ("", parts[1]) if len(parts) == 2 else (parts[1], parts[2])
    words = [word for word in _split(_GAP, parts[0]) if word]
    lower = [i for i in range(len(words) - 1) if _is_von(words[i])]
    last = lower[-1] + 1 if lower else 0
    faults = _separator_faults(raw) or _comma_faults(raw, parts)
    family = " ".join(words[last:])
    whole = len(words) == 1 and not given and not suffix and _is_group(family)
    return NameParts(
        family=family[1:-1] if whole else family,
        given=" ".join(word for word in _split(_GAP, given) if word),
        prefix=" ".join(words[:last]),
        suffix=suffix,
        corporate=whole,
        faults=faults,
    )


def _comma_faults(raw: str, parts: list[str]) -> tuple[NameFault, ...]:
    rest = _without_degrees(parts)
    if rest is not None:
        return (_degree_fault(parts, rest),)
    if len(parts) > 3:
        return (NameFault(f"`{raw}` has too many commas for one name", _JOIN),)
    if not parts[0]:
        return (NameFault(f"`{raw}` has no family name before its comma", "write `Family, Given`"),)
    if len(parts) == 2 and not parts[1]:
        return (NameFault(f"`{raw}` ends in a comma", "remove the comma"),)
    if len(parts) == 3 and not _SUFFIX.fullmatch(parts[1]):
        return (_odd_suffix(parts),)
    if len(parts) == 2 and _SUFFIX_ALONE.fullmatch(parts[1]):
        return _suffix_behind(*parts)
    return ()


def has_degree_between_commas(raw: str) -> bool:
    """Whether reading the name tells of its degree: `Smith, John, MD`, not `Smith, John MD`."""
    return _without_degrees(_split(_COMMA, raw)) is not None


def _without_degrees(parts: list[str]) -> list[str] | None:
    """The parts of a name but for its degrees, if it has any; `Lee, MD` may have initials."""
    if len(parts) == 3 and _MIDDLE_DEGREE.fullmatch(parts[1]) and not _DEGREE.fullmatch(parts[2]):
        return [parts[0], parts[2]] if parts[2] else None
    rest = list(parts)
    while len(rest) > 1 and _DEGREE.fullmatch(rest[-1]):
        rest.pop()
    if len(parts) < 3 or rest == parts or (len(rest) > 1 and _SUFFIX.fullmatch(rest[-1])):
        return None
    is_name = len(rest) < 3 or (len(rest) == 3 and _SUFFIX.fullmatch(rest[1]) is not None)
    return rest if is_name else None


def _degree_fault(parts: list[str], rest: list[str]) -> NameFault:
    said = next(part for part in parts if part not in rest)
    message, better = f"`{said}` is a degree, no part of a name", ", ".join(rest)
    if len(better.split()) < 2:
        return NameFault(message, "write `Family, Given`")
    return _written_better(message, better)


def _suffix_behind(name: str, suffix: str) -> tuple[NameFault, ...]:
    """`John Schmidt, Jr.`: what is before the comma is taken for the family name."""
    parts = _first_von_last(name)
    if not parts.given:
        return ()
    family = " ".join(part for part in (parts.prefix, parts.family) if part)
    message = f"BibTeX takes `{suffix}` for the given name"
    return (_written_better(message, f"{family}, {suffix}, {parts.given}"),)


def _odd_suffix(parts: list[str]) -> NameFault:
    message = f"`{parts[1]}` stands where a suffix such as Jr belongs"
    if _SUFFIX.fullmatch(parts[2]):
        return _written_better(message, f"{parts[0]}, {parts[2]}, {parts[1]}")
    return NameFault(message, _JOIN)


def _separator_faults(raw: str) -> tuple[NameFault, ...]:
    found = next(_outside_braces(_SEPARATOR, raw), None)
    if found is None:
        return _other_and_faults(raw)
    separator = ";" if found["sign"] == ";" else "&"
    message = f"`{separator}` does not part names"
    names = _parted_names(_SEPARATOR, raw, companies=separator == "&")
    if names:
        return (_written_better(message, " and ".join(names)),)
    return (NameFault(message, f"{_JOIN}; put the name of a company into braces"),)


def _other_and_faults(raw: str) -> tuple[NameFault, ...]:
    """`Smith, J. und Doe, A.`; the `y` of `Ortega y Gasset, José` is part of the name."""
    found = next(_outside_braces(_OTHER_AND, raw), None) if "," in raw else None
    names = _parted_names(_OTHER_AND, raw, companies=True) if found else []
    if found is None or not names:
        return ()
    return (_written_better(f"`{found['sign']}` does not part names", " and ".join(names)),)


def _parted_names(sign: re.Pattern[str], raw: str, *, companies: bool) -> list[str]:
    """The names that signs part; none if one is unclear. Those of companies have no comma."""
    names: list[str] = []
    for piece in filter(None, _split(sign, raw)):
        plain = "," not in piece and not companies and len(piece.split()) > 1
        found = [piece] if plain else _names_with_commas(piece)
        if not found or "&" in piece:
            return []
        names += found
    return names if len(names) > 1 else []


def _names_with_commas(piece: str) -> list[str]:
    """`Doe, A.`, or several of this form as the APA writes them: `Doe, A., Roe, B.,`."""
    parts = [part for part in _split(_COMMA, piece.rstrip(" ,")) if part]
    pairs = [", ".join(parts[i : i + 2]) for i in range(0, len(parts), 2)]
    if len(parts) == 2 or (len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2]))):
        return pairs
    return []


def _is_von(word: str) -> bool:
    """Whether a word belongs to the von part: its first letter outside braces is lower case.

    A group that starts with a backslash is a special character and counts as its letter.
    """
    depth = 0
    for i, char in enumerate(word):
        if char == "\\" and (depth == 0 or (depth == 1 and word[i - 1] == "{")):
            return _special_letter(word[i:]).islower()
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth == 0 and char.lower() != char.upper():
            return char.islower()
    return False


def _special_letter(special: str) -> str:
    r"""The letter of `\'{e}`, `\v{s}`, `\'{\i}`, `\ss` and the like; empty when there is none."""
    position = 0
    while found := _LETTER_OR_CONTROL.search(special, position):
        if found["control"] is None:
            return found[0]
        if _LETTER_COMMAND.fullmatch(found["control"]):
            return found["control"]
        position = found.end()
    return ""


def _extended(raw: str) -> NameParts:
    """A name by its parts, as in `family=Berg, given=Jan, prefix=van der`."""
    found: dict[str, str] = {}
    faults = []
    for part in _split(_COMMA, raw):
        match = _PART.fullmatch(part)
        key = match[1].removesuffix("-i") if match else ""
        if match and key in ("family", "given", "prefix", "suffix"):
            found.setdefault(key, _unquoted(match[2]))
        elif key not in _OTHER_PARTS:
            hint = "use `family=`, `given=`, `prefix=` and `suffix=`"
            faults.append(NameFault(f"`{part}` is no part of a name", hint))
    return NameParts(
        family=found.get("family", ""),
        given=found.get("given", ""),
        prefix=found.get("prefix", ""),
        suffix=found.get("suffix", ""),
        faults=tuple(faults),
    )


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] == '"'
    return value[1:-1].strip() if quoted or _is_group(value) else value
