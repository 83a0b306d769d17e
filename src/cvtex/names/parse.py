"""One name by BibTeX's and biblatex's rules: on LaTeX text, aware of braces.

Source: Markey, Tame the BeaST, section 11; biblatex manual, 3.4 (extended names).
"""

from __future__ import annotations

import re
import unicodedata

from cvtex.names.braces import closing_braces, is_group, split_outside_braces
from cvtex.names.faults import comma_faults, separator_faults
from cvtex.names.lists import JOIN_HINT, split_names
from cvtex.names.marks import strip_marks
from cvtex.names.name import Name
from cvtex.names.parts import NameFault, NameParts, rewrite_fault
from cvtex.support.lazy_re import lazy_re

_GAP = lazy_re(r"(?P<sign>\\\s|[\s~]+)|\\.|[{}]", re.DOTALL)
_COMMA = lazy_re(r"\\.|[{}]|(?P<sign>,)", re.DOTALL)
_SUFFIX_ALONE = lazy_re(r"(?:[JS]n?r|[js]n?r)\.?|II|III|IV")
"""A suffix that is not an initial: `Lopez Garcia, V.` has a given name."""
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


def name_of(text: str) -> Name:
    """Parse plain text, "Emmy Noether" or "Noether, Emmy", by BibTeX's rules."""
    parts = parse_name(strip_marks(text)[0])
    family, given, prefix, suffix = (
        unicodedata.normalize("NFC", part.replace("{", "").replace("}", ""))
        for part in (parts.family, parts.given, parts.prefix, parts.suffix)
    )
    return Name(family, given, prefix, suffix, parts.corporate)


def parse_name(raw: str) -> NameParts:
    """Parse one name: "First von Last", "von Last, First", "von Last, Jr, First".

    A name wholly in braces is corporate. Of too many commas, the first two count.
    """
    raw = _without_markup(raw.strip())
    if _EXTENDED.match(raw):
        return _extended(raw)
    if is_group(raw) and raw[1:-1].strip():
        return _corporate(raw[1:-1].strip())
    parts = split_outside_braces(_COMMA, raw)
    if len(parts) == 1:
        return _first_von_last(raw)
    return _with_commas(raw, parts)


def _without_markup(raw: str) -> str:
    r"""Return the name inside `\textbf{...}` or `{\bf ...}`, as people write their own."""
    closing = closing_braces(raw) if "\\" in raw else {}
    start, end = 0, len(raw)
    while found := _MARKUP.match(raw, start, end):
        if closing.get(found.start("group")) != end - 1:
            break
        start, end = found.end(), end - 1
        while end > start and raw[end - 1].isspace():
            end -= 1
    return raw[start:end]


def _corporate(inside: str) -> NameParts:
    names = split_names(inside)
    several = len(names) > 2 or (len(names) == 2 and "," in inside)
    hint = "remove the inner braces"
    fault = NameFault(f"`{inside}` stands in braces, so it is one name", hint)
    return NameParts(inside, corporate=True, faults=(fault,) if several else ())


def _first_von_last(raw: str) -> NameParts:
    words = [word for word in split_outside_braces(_GAP, raw) if word]
    if not raw.strip("{} "):
        return NameParts("", faults=(NameFault("a name is empty", JOIN_HINT),))
    before = range(len(words) - 1)
    lower = [i for i in before if _is_von(words[i])]
    first, last = (lower[0], lower[-1] + 1) if lower else (len(words) - 1, len(words) - 1)
    return NameParts(
        family=" ".join(words[last:]),
        given=" ".join(words[:first]),
        prefix=" ".join(words[first:last]),
        faults=separator_faults(raw),
    )


def _with_commas(raw: str, parts: list[str]) -> NameParts:
    suffix, given = ("", parts[1]) if len(parts) == 2 else (parts[1], parts[2])
    words = [word for word in split_outside_braces(_GAP, parts[0]) if word]
    lower = [i for i in range(len(words) - 1) if _is_von(words[i])]
    last = lower[-1] + 1 if lower else 0
    faults = separator_faults(raw) or comma_faults(raw, parts) or _misplaced_suffix(parts)
    family = " ".join(words[last:])
    whole = len(words) == 1 and not given and not suffix and is_group(family)
    return NameParts(
        family=family[1:-1] if whole else family,
        given=" ".join(word for word in split_outside_braces(_GAP, given) if word),
        prefix=" ".join(words[:last]),
        suffix=suffix,
        corporate=whole,
        faults=faults,
    )


def _misplaced_suffix(parts: list[str]) -> tuple[NameFault, ...]:
    """Report `John Schmidt, Jr.`: BibTeX takes the part before the comma for the family name."""
    if len(parts) != 2 or not _SUFFIX_ALONE.fullmatch(parts[1]):
        return ()
    name, suffix = _first_von_last(parts[0]), parts[1]
    if not name.given:
        return ()
    family = " ".join(part for part in (name.prefix, name.family) if part)
    message = f"BibTeX takes `{suffix}` for the given name"
    return (rewrite_fault(message, f"{family}, {suffix}, {name.given}"),)


def _is_von(word: str) -> bool:
    """Return whether a word belongs to the von part: its first letter outside braces is lower case.

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
    r"""Return the letter of `\'{e}`, `\v{s}`, `\'{\i}`, `\ss` and the like, or nothing."""
    position = 0
    while found := _LETTER_OR_CONTROL.search(special, position):
        if found["control"] is None:
            return found[0]
        if _LETTER_COMMAND.fullmatch(found["control"]):
            return found["control"]
        position = found.end()
    return ""


def _extended(raw: str) -> NameParts:
    """Parse a name by its parts, as in `family=Berg, given=Jan, prefix=van der`."""
    found: dict[str, str] = {}
    faults = []
    for part in split_outside_braces(_COMMA, raw):
        match = _PART.fullmatch(part)
        key = match[1].removesuffix("-i") if match else ""
        if match and key in ("family", "given", "prefix", "suffix"):
            found.setdefault(key, _unquoted(match[2]))
        elif key not in _OTHER_PARTS:
            hint = "use `family=`, `given=`, `prefix=` and `suffix=`"
            faults.append(NameFault(f"`{part}` is not a part of a name", hint))
    return NameParts(
        family=found.get("family", ""),
        given=found.get("given", ""),
        prefix=found.get("prefix", ""),
        suffix=found.get("suffix", ""),
        faults=tuple(faults),
    )


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] == '"'
    return value[1:-1].strip() if quoted or is_group(value) else value
