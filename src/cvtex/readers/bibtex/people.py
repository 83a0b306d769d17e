"""Lists of names become contributors, with the roles that marks and annotations give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from cvtex.diagnostics.catalogue import INVALID_ANNOTATION, INVALID_NAME, MARKS_IN_NAMES
from cvtex.diagnostics.diagnostic import Edit, Fix, Safety, Sink
from cvtex.names.lists import RawName, is_others, split_names
from cvtex.names.marks import strip_marks
from cvtex.names.name import Name
from cvtex.names.parse import parse_name
from cvtex.names.parts import NameFault, NameParts
from cvtex.publications.publication import Contributor
from cvtex.readers.bibtex.latex import plain_latex
from cvtex.readers.bibtex.tidy import tidy_text
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

ROLES = {"*": "equal", "†": "corresponding", "‡": "student"}
"""Roles that the marks after a name mean, where no annotation says so."""

_WORDS = r"[^\W\d_][^\s,.]+(?:[\s~]+[^\s,.]+)+"
_TWO_NAMES = lazy_re(rf"(?=[^\Wa-z]){_WORDS},\s*{_WORDS}")
_HOMONYM = lazy_re(r"(?<=\w)\s+\d{4}(?=,|$)")
"""The number by which DBLP tells people of the same name apart: it is not part of the name."""

_MOST_INITIALS = 3
_LONE_SUFFIX = lazy_re(r"(?:Jr|Sr)\.?|I{2,3}|IV")
_PUBMED = lazy_re(
    r"(?:(?:v[ao]n|de[nrl]?|d[aiou]s?|l[ae]|ter?)\s+)*"
    r"(?!Team|Group)(?P<family>(?=[^\s,.;&]*[^\W\d_A-Z])(?=[^\W\d_a-z]|[{\\])[^\s,.;&]{2,})"
    r"\s+(?P<initials>[^\W\d_a-z]{1,3})"
)
_NO_FAMILY = lazy_re(r"(?!NG\Z)[B-DF-HJ-NP-TV-XZ]+|A")
"""Initials that are no family name in capitals such as that of `Wei LI`, and none of one letter."""

_LATEX = lazy_re(r"[\\{}$&<~`\"'-]")


class NameList(Struct, frozen=True):
    """The contributors of a list, and whether it ends in "and others"."""

    people: tuple[Contributor, ...] = ()
    others: bool = False


def name_list(text: Text, sink: Sink) -> NameList:
    """Return the names of a list, in order; a fault of one is reported at its place."""
    found: list[Contributor] = []
    others = False
    names = split_names(text.value)
    _report_mixed_forms(names, text, sink)
    _report_family_first(names, text, sink)
    for raw, start, end in names:
        if is_others(raw):
            others = True
        elif raw:
            contributor = _contributor(text.slice(start, end), sink)
            found += [contributor] if contributor else []
        else:
            place = text.place(max(0, start - len("and")), start)
            hint = "remove one `and`, or write `and others`"
            sink.add(INVALID_NAME, "a name is empty", place, hint=hint)
    _suggest_annotation(found, sink)
    return NameList(tuple(found), others)


def _suggest_annotation(people: Sequence[Contributor], sink: Sink) -> None:
    """Report marks after names: data annotations can be sorted, styled and selected."""
    marked = [(i, person) for i, person in enumerate(people, 1) if person.roles]
    if marked:
        roles = "; ".join(f"{i}={','.join(person.roles)}" for i, person in marked)
        sink.add(
            MARKS_IN_NAMES,
            f"the mark after `{marked[0][1].name.family}` is read as a role",
            marked[0][1].span,
            hint=f"remove the marks and write `author+an = {{{roles}}}`",
        )


def _report_mixed_forms(names: Sequence[RawName], text: Text, sink: Sink) -> None:
    """Report a name that may be two, as in `Kai Yi, Laurent Condat and Eva Hild`."""
    for name in two_in_one(names):
        hint = "join names with ` and `, or write all of them as `Family, Given`"
        message, place = f"`{name.raw}` may be two names", text.place(name.start, name.end)
        sink.add(INVALID_NAME, message, place, hint=hint, fix=_comma_fix(name, text))


def two_in_one(names: Sequence[RawName]) -> list[RawName]:
    """Return the names with a comma that may be two, in a list of which some have none."""
    if all("," in name.raw for name in names):
        return []
    return [name for name in names if "," in name.raw and _TWO_NAMES.fullmatch(name.raw)]


def _report_family_first(names: Sequence[RawName], text: Text, sink: Sink) -> None:
    """Report names as PubMed writes them: the family name of `Lee KH` is read as KH."""
    for name in family_first(names):
        family, capitals = name.raw.rsplit(maxsplit=1)
        better = f"{family}, {' '.join(f'{letter}.' for letter in capitals)}"
        fault = NameFault(f"`{capitals}` is read as the family name", f"write `{better}`", better)
        place = text.slice(name.start, name.end)
        fix = _rewritten(place, fault)
        sink.add(INVALID_NAME, fault.message, place.span, hint=fault.hint, fix=fix)


def family_first(names: Sequence[RawName]) -> list[RawName]:
    """Return the names in PubMed's order, if most of the list are and none is in capitals.

    Some of their initials can be no family name: `Wei LI and Jian XU` are names as BibTeX has them.
    """
    found = [(name, match) for name in names if (match := _pubmed_name(name.raw))]
    if len(found) < 2:
        return []
    people = [name for name in names if not (is_others(name.raw) or name.raw.endswith("}"))]
    if 3 * len(found) < 2 * len(people):
        return []
    sure = sum(_NO_FAMILY.fullmatch(match["initials"]) is not None for _, match in found)
    capitals = any(_ends_in_capitals(name.raw) for name in people)
    return [] if capitals or 2 * sure < len(found) else [name for name, _ in found]


def _pubmed_name(raw: str) -> re.Match[str] | None:
    match = _PUBMED.fullmatch(raw) if raw[-1:].isupper() else None
    return match if match and match["initials"].isupper() else None


def _ends_in_capitals(raw: str) -> bool:
    last = raw.rpartition(" ")[2]
    return last.isupper() and len(last) > _MOST_INITIALS and "." not in last


def _rewritten(name: Text, fault: NameFault) -> Fix | None:
    """Return the fix that writes the better name, where the file has the name as it is."""
    if not fault.better or name.span is None or name.span.text != name.value:
        return None
    return Fix(f"write `{fault.better}`", (Edit(name.span, fault.better),), Safety.UNSAFE)


def _comma_fix(name: RawName, text: Text) -> Fix | None:
    """Return the fix that writes `and` for the comma, where the file has it as it is."""
    before, _, after = name.raw.partition(",")
    comma = name.start + len(before)
    end = name.end - len(after.lstrip())
    place = text.place(comma, end)
    if place is None or place.text != text.value[comma:end]:
        return None
    return Fix("write `and` for the comma", (Edit(place, " and "),), Safety.UNSAFE)


class _Parsed(NamedTuple):
    """A parsed name without its place; `name` is None if its LaTeX has faults."""

    parts: NameParts
    marks: tuple[str, ...]
    name: Name | None


@lru_cache(maxsize=1 << 13)
def _parsed(raw: str) -> _Parsed:
    rest, marks = strip_marks(raw)
    parts, found = parse_name(_HOMONYM.sub("", rest)), Sink()
    name = _named(parts, Text(raw), found)
    return _Parsed(parts, marks, None if found.found else name)


def _contributor(text: Text, sink: Sink) -> Contributor | None:
    parts, marks, known = _parsed(text.value)
    for fault in parts.faults:
        whole = not marks and not _HOMONYM.search(text.value)
        fix = _rewritten(text, fault) if whole else None
        sink.add(INVALID_NAME, fault.message, text.span, hint=fault.hint, fix=fix)
    name = known or _named(parts, text, sink)
    if not (name.family or name.given):
        return None
    if _LONE_SUFFIX.fullmatch(name.family) and " " in name.given:
        first, _, last = name.given.rpartition(" ")
        message = f"BibTeX takes `{name.family}` for the family name"
        hint = f"write `{last}, {name.family}, {first}`"
        sink.add(INVALID_NAME, message, text.span, hint=hint)
    return Contributor(name, _roles(marks, text, sink) if marks else (), text.span)


def _named(parts: NameParts, name: Text, sink: Sink) -> Name:
    family, given, prefix, suffix = (
        _decoded(part, name, sink)
        for part in (parts.family, parts.given, parts.prefix, parts.suffix)
    )
    return Name(family, given, prefix, suffix, parts.corporate)


def _decoded(part: str, name: Text, sink: Sink) -> str:
    if not _LATEX.search(part):
        return tidy_text(part)
    start = name.value.find(part)
    place = name.slice(start, start + len(part)) if start >= 0 else Text(part, name.span)
    return plain_latex(place, sink)


def _roles(marks: tuple[str, ...], text: Text, sink: Sink) -> tuple[str, ...]:
    for mark in marks:
        if mark not in ROLES:
            sink.add(
                INVALID_ANNOTATION,
                f"the mark `{mark}` after `{text}` has no meaning",
                text.span,
                hint="use `*`, `†` or `‡`, or a field such as `author+an = {1=equal}`",
            )
    return tuple(ROLES[mark] for mark in marks if mark in ROLES)
