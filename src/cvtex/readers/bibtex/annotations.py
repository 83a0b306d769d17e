"""The data annotations of biblatex: roles for the names of a list.

Source: biblatex manual, 3.7.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from cvtex.diagnostics.catalogue import INVALID_ANNOTATION
from cvtex.diagnostics.diagnostic import Sink
from cvtex.publications.publication import Contributor
from cvtex.readers.bibtex.people import NameList
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

_SPECS = lazy_re(r"(?:[^;\"]|\"[^\"]*\"?)+")
_SPEC = lazy_re(r"\s*(?P<index>\d+)?\s*(?::\s*[a-z]+)?\s*=\s*(?P<roles>[^\"=]*\w[^\"=]*)")
_LITERAL = lazy_re(r"[^=]*=\s*\".*")
_FORM = "write `1=equal; 2=equal,corresponding`"

Contributors = tuple[Contributor, ...]


class _AnnotationFault(Struct, frozen=True):
    message: str
    hint: str


def annotate(
    lists: Mapping[str, NameList], values: Mapping[str, Text], sink: Sink
) -> dict[str, NameList]:
    """Return the lists of names with the roles that the fields `<list>+an` give them.

    `author+an:<name>` counts like `author+an`. An annotation of anything but a list is reported.
    """
    result = dict(lists)
    for field, text in values.items():
        if "+an" not in field:
            continue
        name = field.partition("+an")[0]
        if name in result:
            people = _annotated(result[name].people, text, name, sink)
            result[name] = replace(result[name], people=people)
        else:
            hint = "annotate `author` or `editor`"
            sink.add(INVALID_ANNOTATION, f"`{field}` annotates no names", text.span, hint=hint)
    return result


def _annotated(people: Contributors, text: Text, name: str, sink: Sink) -> Contributors:
    result = list(people)
    for spec in _SPECS.finditer(text.value):
        if not spec[0].strip():
            continue
        match = _SPEC.fullmatch(spec[0])
        fault = _fault(spec[0], match, name, len(people))
        if fault is None and match is not None:
            roles = [role.strip() for role in match["roles"].split(",") if role.strip()]
            for i in range(len(people)) if match["index"] is None else [int(match["index"]) - 1]:
                result[i] = _with_roles(result[i], roles)
        elif fault is not None:
            left = spec.start() + len(spec[0]) - len(spec[0].lstrip())
            place = text.place(left, spec.start() + len(spec[0].rstrip()))
            sink.add(INVALID_ANNOTATION, fault.message, place, hint=fault.hint)
    return tuple(result)


def _fault(
    spec: str, match: re.Match[str] | None, name: str, count: int
) -> _AnnotationFault | None:
    written = spec.strip()
    if match is None and _LITERAL.fullmatch(written):
        hint = f"a role has no quotation marks; {_FORM}"
        return _AnnotationFault(f"the literal annotation `{written}` is not used", hint)
    if match is None:
        return _AnnotationFault(f"`{written}` is not an annotation", _FORM)
    if match["index"] is not None and not 1 <= int(match["index"]) <= count:
        names = "1 name" if count == 1 else f"{count} names"
        return _AnnotationFault(
            f"`{written}` annotates a name that is not there", f"`{name}` has {names}"
        )
    return None


def _with_roles(person: Contributor, roles: list[str]) -> Contributor:
    """Add roles to a person; one that a mark gives as well counts once."""
    return replace(person, roles=tuple(dict.fromkeys((*person.roles, *roles))))
