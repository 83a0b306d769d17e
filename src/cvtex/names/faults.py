"""Faults in a name as it is written, and what its author may have meant."""

from __future__ import annotations

import re

from cvtex.names.braces import outside_braces, split_outside_braces
from cvtex.names.lists import JOIN_HINT
from cvtex.names.parts import NameFault, rewrite_fault
from cvtex.support.lazy_re import lazy_re

_COMMA = lazy_re(r"\\.|[{}]|(?P<sign>,)", re.DOTALL)
_SEPARATOR = lazy_re(r"(?P<sign>;|(?<!\S)\\?&(?:amp;)?(?!\S))|\\.|[{}]", re.DOTALL)
_OTHER_AND = lazy_re(r"\\.|[{}]|(?P<sign>(?<=\s)(?:und|et|y)(?=\s))", re.DOTALL)
_INITIALS = lazy_re(r"(?:[^\W\d_]\.[\s~-]*)+")
_SUFFIX = lazy_re(
    r"(?:jr|sr|junior|senior|[ivx]+|\d+(?:st|nd|rd|th)|filho|neto|j[úu]nior|esq)\.?", re.IGNORECASE
)

SURE_DEGREE = r"(?:Ph\.?\s?D|[DM]\.?\s?Phil|[DMB]\.?\s?Sc|Pharm\.?\s?D|M\.?\s?Eng|MBA)\b\.?"
"""A degree that cannot be the initials of given names."""

_DEGREE = lazy_re(rf"{SURE_DEGREE}|M\.?\s?D\.?|MPH|DVM|DDS|DMD")
_MIDDLE_DEGREE = lazy_re(rf"{SURE_DEGREE}|M\.?\s?D\.?")


def separator_faults(raw: str) -> tuple[NameFault, ...]:
    """Return the fault of a name that is several, joined by anything but "and"."""
    found = next(outside_braces(_SEPARATOR, raw), None)
    if found is None:
        return _other_and_faults(raw)
    separator = ";" if found["sign"] == ";" else "&"
    message = f"`{separator}` does not separate names"
    names = _separated_names(_SEPARATOR, raw, companies=separator == "&")
    if names:
        return (rewrite_fault(message, " and ".join(names)),)
    return (NameFault(message, f"{JOIN_HINT}; put the name of a company into braces"),)


def _other_and_faults(raw: str) -> tuple[NameFault, ...]:
    """Report `Smith, J. und Doe, A.`; the `y` of `Ortega y Gasset, José` is part of the name."""
    found = next(outside_braces(_OTHER_AND, raw), None) if "," in raw else None
    names = _separated_names(_OTHER_AND, raw, companies=True) if found else []
    if found is None or not names:
        return ()
    return (rewrite_fault(f"`{found['sign']}` does not separate names", " and ".join(names)),)


def _separated_names(sign: re.Pattern[str], raw: str, *, companies: bool) -> list[str]:
    """Return the names between signs; none if one is unclear. Companies have no comma."""
    names: list[str] = []
    for piece in filter(None, split_outside_braces(sign, raw)):
        plain = "," not in piece and not companies and len(piece.split()) > 1
        found = [piece] if plain else _names_with_commas(piece)
        if not found or "&" in piece:
            return []
        names += found
    return names if len(names) > 1 else []


def _names_with_commas(piece: str) -> list[str]:
    """Return the names in `Doe, A.`, or in `Doe, A., Roe, B.,` as the APA writes them."""
    parts = [part for part in split_outside_braces(_COMMA, piece.rstrip(" ,")) if part]
    pairs = [", ".join(parts[i : i + 2]) for i in range(0, len(parts), 2)]
    if len(parts) == 2 or (len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2]))):
        return pairs
    return []


def comma_faults(raw: str, parts: list[str]) -> tuple[NameFault, ...]:
    """Return the fault of a name with commas; `parts` are the stretches between them."""
    rest = _without_degrees(parts)
    if rest is not None:
        return (_degree_fault(parts, rest),)
    if len(parts) > 3:
        return (NameFault(f"`{raw}` has too many commas for one name", JOIN_HINT),)
    if not parts[0]:
        return (NameFault(f"`{raw}` has no family name before its comma", "write `Family, Given`"),)
    if len(parts) == 2 and not parts[1]:
        return (NameFault(f"`{raw}` ends in a comma", "remove the comma"),)
    if len(parts) == 3 and not _SUFFIX.fullmatch(parts[1]):
        return (_odd_suffix(parts),)
    return ()


def has_degree_between_commas(raw: str) -> bool:
    """Return whether a name is reported for its degree: `Smith, John, MD`, not `Smith, John MD`."""
    return _without_degrees(split_outside_braces(_COMMA, raw)) is not None


def _without_degrees(parts: list[str]) -> list[str] | None:
    """Return the parts without degrees, or None if there are none; `MD` may be initials."""
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
    message, better = f"`{said}` is a degree, not part of a name", ", ".join(rest)
    if len(better.split()) < 2:
        return NameFault(message, "write `Family, Given`")
    return rewrite_fault(message, better)


def _odd_suffix(parts: list[str]) -> NameFault:
    message = f"`{parts[1]}` stands where a suffix such as Jr belongs"
    if _SUFFIX.fullmatch(parts[2]):
        return rewrite_fault(message, f"{parts[0]}, {parts[2]}, {parts[1]}")
    return NameFault(message, JOIN_HINT)
