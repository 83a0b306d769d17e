"""From the entries of .bib files to publications: the one place where an entry is converted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cvtex.diagnostics.catalogue import MISSING_FIELD
from cvtex.diagnostics.diagnostic import Sink
from cvtex.names.format import full_name
from cvtex.publications.publication import Publication
from cvtex.readers.bibtex.annotations import annotate
from cvtex.readers.bibtex.bibliography import Bibliography, BibRecord, Rejected
from cvtex.readers.bibtex.crossref import inherit
from cvtex.readers.bibtex.entry_date import when
from cvtex.readers.bibtex.gather import gather
from cvtex.readers.bibtex.latex import decode_latex, plain_latex
from cvtex.readers.bibtex.links import find_links
from cvtex.readers.bibtex.people import NameList, name_list
from cvtex.readers.bibtex.record import NAME_LISTS, PRINTED, VERBATIM, record
from cvtex.readers.bibtex.status import standing
from cvtex.readers.bibtex.verbatim import verbatim
from cvtex.richtext.nodes import Inlines, Str
from cvtex.source import Source, Span, Text
from cvtex.support.lazy_re import lazy_re

_NO_PUBLICATIONS = {
    "xdata": "it holds data for other entries",
    "set": "it is a set of other entries",
    "control": "it is a setting of a style",
    "achemso-control": "it is a setting of a style",
    "ieeetranbstctl": "it is a setting of a style",
}
_KEPT_OUT = lazy_re(r"(?<!\w)(dataonly|skipbib)(?!\w)(?!\s*=\s*false)")
_WITHOUT_AUTHORS = frozenset(("proceedings", "mvproceedings", "periodical"))
_BY_ORGANISATIONS = frozenset("manual online electronic www misc software dataset".split())
_ORGANISATIONS = ("organization", "institution", "publisher", "label", "shorthand")
"""Fields that say whose such an entry is; the last two are printed in the place of a name."""
_JOURNALS = frozenset("journal journaltitle shortjournal booktitle maintitle series".split())
"""Fields in which commands may stand for names of journals."""
_ELSEWHERE = NAME_LISTS | {"title", "keywords", "date", "year", "month"}
_KEYWORD = lazy_re(r"(?:[^,;{}]|\{[^{}]*\})+")
_ONE_HYPHEN = lazy_re(r"(?<![^\s,;])(\w*\d)-(\w*\d)(?![^\s,;])")


def read_bib(sources: Sequence[Source], sink: Sink) -> Bibliography:
    """Read .bib files as one bibliography; strings and parents are shared among them."""
    gathered = gather(sources, sink)
    written = [record(entry) for entry in gathered.entries]
    parents = [entry.values["crossref"].value for entry in written if "crossref" in entry.values]
    printed: list[BibRecord] = []
    asides: list[Rejected] = []
    complete = inherit(written, sink)
    for entry in complete:
        reason = _why_no_publication(entry)
        if reason:
            asides.append(Rejected(entry.key.value, entry.type, entry.span, reason))
        else:
            printed.append(entry)
    return Bibliography(
        tuple(_publication(entry, number, sink) for number, entry in enumerate(printed)),
        gathered.rejected,
        tuple(asides),
        frozenset(key.strip() for key in parents),
        {entry.key.value: entry for entry in complete},
        gathered.strings,
    )


def _why_no_publication(entry: BibRecord) -> str | None:
    options = entry.values.get("options")
    match = _KEPT_OUT.search(options.value) if options else None
    said = f"its options say `{match[1]}`" if match else None
    return _NO_PUBLICATIONS.get(entry.type, said)


def _publication(entry: BibRecord, number: int, sink: Sink) -> Publication:
    """Return one entry, decoded; what is missing is reported and the entry kept."""
    _report_missing(entry, sink)
    stand = standing(entry.values)
    found = find_links(stand.values, sink)
    names = _names(found.values, sink)
    date, undated = when(found.values, sink)
    authors, editors = names.get("author", NameList()), names.get("editor", NameList())
    texts = {name: text for name, text in found.values.items() if name not in _ELSEWHERE}
    return Publication(
        key=entry.key.value,
        type=entry.type,
        number=number,
        title=_text("title", found.values, sink),
        authors=authors.people,
        editors=editors.people,
        and_others=(authors if authors.people else editors).others,
        date=date,
        status=stand.status,
        fields=_fields(texts | undated, found.fields, names, sink),
        links=found.links,
        keywords=_keywords(found.values, sink),
        span=entry.key.span,
        places=_places(entry),
    )


def _places(entry: BibRecord) -> dict[str, Span]:
    """Return the places of the values that are not inherited."""
    source, start, end = entry.span.source, entry.span.start, entry.span.end
    return {
        name: span
        for name, text in entry.values.items()
        if (span := text.span) and span.source is source and start <= span.start < end
    }


def _report_missing(entry: BibRecord, sink: Sink) -> None:
    if not _written(entry, "title"):
        hint = "write `title = {...}`"
        sink.add(MISSING_FIELD, f"entry `{entry.key}` has no `title`", entry.key.span, hint=hint)
    if not _is_by_somebody(entry):
        message = f"entry `{entry.key}` has neither `author` nor `editor`"
        hint = "write `author = {Family, Given and Family, Given}`"
        sink.add(MISSING_FIELD, message, entry.key.span, hint=hint)


def _is_by_somebody(entry: BibRecord) -> bool:
    """Return whether an entry names its authors, or is of a type that needs none."""
    people: tuple[str, ...] = ("author", "editor")
    if entry.type in _BY_ORGANISATIONS:
        people += _ORGANISATIONS
    return entry.type in _WITHOUT_AUTHORS or any(_written(entry, name) for name in people)


def _written(entry: BibRecord, name: str) -> bool:
    return name in entry.values and bool(entry.values[name].value.strip(" {}\t\r\n"))


def _names(values: Mapping[str, Text], sink: Sink) -> dict[str, NameList]:
    """Return every list of names, with the roles annotated to it."""
    lists = {n: name_list(text, sink) for n, text in values.items() if n in NAME_LISTS}
    return annotate(lists, values, sink)


def _fields(
    texts: Mapping[str, Text],
    replaced: Mapping[str, str],
    names: Mapping[str, NameList],
    sink: Sink,
) -> dict[str, Inlines]:
    """Return the fields that `Publication` has no attribute for; none is empty."""
    fields = {name: _text(name, texts, sink) for name in texts if "+an" not in name}
    fields |= {name: (Str(text),) for name, text in replaced.items()}
    fields |= {n: _listed(found) for n, found in names.items() if n not in ("author", "editor")}
    return {name: inlines for name, inlines in fields.items() if inlines}


def _text(name: str, values: Mapping[str, Text], sink: Sink) -> Inlines:
    """Decode one value; faults in a field that no style prints are not reported."""
    text = values.get(name)
    if text is None:
        return ()
    if name in VERBATIM:
        written = verbatim(text.value)
        return (Str(written),) if written else ()
    reported = sink if name in PRINTED else None
    inlines = decode_latex(text, reported, journals=name in _JOURNALS)
    return _with_ranges(inlines) if name == "pages" else inlines


def _with_ranges(inlines: Inlines) -> Inlines:
    """Turn a single hyphen between page numbers into an en dash, as biblatex does."""
    return tuple(
        Str(_ONE_HYPHEN.sub(r"\1–\2", inline.text)) if isinstance(inline, Str) else inline
        for inline in inlines
    )


def _listed(names: NameList) -> Inlines:
    written = [full_name(person.name) for person in names.people]
    return (Str(", ".join([*written, *(["et al."] if names.others else [])])),) if written else ()


def _keywords(values: Mapping[str, Text], sink: Sink) -> tuple[str, ...]:
    text = values.get("keywords")
    if text is None:
        return ()
    parts = _KEYWORD.finditer(text.value)
    words = (plain_latex(text.slice(*part.span()), sink) for part in parts)
    return tuple(dict.fromkeys(word for word in words if word))
