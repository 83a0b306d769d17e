"""Lists of names become contributors, with the roles that marks and annotations give them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from cvtex.bib_reader.latex import plain_latex
from cvtex.bib_reader.tidy import tidy_text
from cvtex.diagnostics.catalogue import INVALID_ANNOTATION, INVALID_NAME, MARKS_IN_NAMES
from cvtex.diagnostics.model import Edit, Fix, Safety, Sink
from cvtex.publications.model import Contributor, Name
from cvtex.publications.name_syntax import (
    NameParts,
    RawName,
    is_others,
    parse_name,
    split_names,
    strip_marks,
)
from cvtex.regex import regex
from cvtex.source import Text

ROLES = {"*": "equal", "†": "corresponding", "‡": "student"}
"""What the marks behind a name mean, where no annotation says so."""

_WORDS = r"[^\W\d_][^\s,.]+(?:[\s~]+[^\s,.]+)+"
_TWO_NAMES = regex(rf"(?=[^\Wa-z]){_WORDS},\s*{_WORDS}")
_HOMONYM = regex(r"(?<=\w)\s+\d{4}(?=,|$)")
"""The number by which DBLP tells people of the same name apart: it is no part of the name."""

_LONE_SUFFIX = regex(r"(?:Jr|Sr)\.?|I{2,3}|IV")
_LATEX = regex(r"[\\{}$&<~`\"'-]")


class NameList(Struct, frozen=True):
    """The contributors of a list, and whether it ends in "and others"."""

    people: tuple[Contributor, ...] = ()
    others: bool = False


def name_list(text: Text, sink: Sink) -> NameList:
    """The names of a list, in order; what is odd about one is reported at its place."""
    found: list[Contributor] = []
    others = False
    names = split_names(text.value)
    _report_mixed_forms(names, text, sink)
    for raw, start, end in names:
        if is_others(raw):
            others = True
        elif raw:
            contributor = _contributor(text.slice(start, end), sink)
            found += [contributor] if contributor else []
        else:
            place = text.place(max(0, start - len("and")), start)
            hint = "take an `and` away, or write `and others`"
            sink.add(INVALID_NAME, "a name is empty", place, hint=hint)
    _suggest_annotation(found, sink)
    return NameList(tuple(found), others)


def _suggest_annotation(people: Sequence[Contributor], sink: Sink) -> None:
    """A mark typed behind a name is understood; data for it can be sorted, styled and selected."""
    marked = [(i, person) for i, person in enumerate(people, 1) if person.roles]
    if marked:
        roles = "; ".join(f"{i}={','.join(person.roles)}" for i, person in marked)
        sink.add(
            MARKS_IN_NAMES,
            f"the mark behind `{marked[0][1].name.family}` is read as a role",
            marked[0][1].span,
            hint=f"take the marks away and write `author+an = {{{roles}}}`",
        )


def _report_mixed_forms(names: Sequence[RawName], text: Text, sink: Sink) -> None:
    """`Kai Yi, Laurent Condat and Eva Hild`: two names or one? The last name tells."""
    for name in two_in_one(names):
        hint = "join names with ` and `, or write all of them as `Family, Given`"
        message, place = f"`{name.raw}` may be two names", text.place(name.start, name.end)
        sink.add(INVALID_NAME, message, place, hint=hint, fix=_parted(name, text))


def two_in_one(names: Sequence[RawName]) -> list[RawName]:
    """The names with a comma that may be two, in a list of which some have none."""
    if all("," in name.raw for name in names):
        return []
    return [name for name in names if "," in name.raw and _TWO_NAMES.fullmatch(name.raw)]


def _parted(name: RawName, text: Text) -> Fix | None:
    """The fix that writes `and` for the comma, where it stands in the file as it is."""
    before, _, behind = name.raw.partition(",")
    comma = name.start + len(before)
    end = name.end - len(behind.lstrip())
    place = text.place(comma, end)
    if place is None or place.text != text.value[comma:end]:
        return None
    return Fix("write `and` for the comma", (Edit(place, " and "),), Safety.UNSAFE)


class _Parsed(NamedTuple):
    """A name as far as its place does not matter; `plain` is all of it where there is no LaTeX."""

    parts: NameParts
    marks: tuple[str, ...]
    plain: Name | None


@lru_cache(maxsize=1 << 13)
def _parsed(raw: str) -> _Parsed:
    rest, marks = strip_marks(raw)
    parts = parse_name(_HOMONYM.sub("", rest))
    written = (parts.family, parts.given, parts.prefix, parts.suffix)
    if any(map(_LATEX.search, written)):
        return _Parsed(parts, marks, None)
    family, given, prefix, suffix = map(tidy_text, written)
    return _Parsed(parts, marks, Name(family, given, prefix, suffix, parts.corporate))


def _contributor(text: Text, sink: Sink) -> Contributor | None:
    parts, marks, plain = _parsed(text.value)
    for fault in parts.faults:
        sink.add(INVALID_NAME, fault.message, text.span, hint=fault.hint)
    name = plain or _with_latex(parts, text, sink)
    if not (name.family or name.given):
        return None
    if _LONE_SUFFIX.fullmatch(name.family) and " " in name.given:
        first, _, last = name.given.rpartition(" ")
        message = f"BibTeX takes `{name.family}` for the family name"
        hint = f"write `{last}, {name.family}, {first}`"
        sink.add(INVALID_NAME, message, text.span, hint=hint)
    return Contributor(name, _roles(marks, text, sink) if marks else (), text.span)


def _with_latex(parts: NameParts, name: Text, sink: Sink) -> Name:
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
                f"the mark `{mark}` behind `{text}` has no meaning",
                text.span,
                hint="use `*`, `†` or `‡`, or a field such as `author+an = {1=equal}`",
            )
    return tuple(ROLES[mark] for mark in marks if mark in ROLES)
