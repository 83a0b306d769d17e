"""Names of fields and of strings: misspelt, misplaced, unused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cvtex.diagnostics.diagnostic import Safety, Severity
from cvtex.lint.bib_prose import is_own
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.bibliography.fields import is_filled, name_place, own, records
from cvtex.lint.rules.bibliography.known import FIELDS, OTHER_FIELDS
from cvtex.lint.rules.bibliography.spelling import misspelling_of
from cvtex.lint.rules.shared import fix_at
from cvtex.readers.bibtex.bibliography import BibRecord
from cvtex.readers.bibtex.record import ALIASES
from cvtex.source import Source, Text
from cvtex.support.lazy_re import lazy_re

_ALL_FIELDS = FIELDS | OTHER_FIELDS
_WORD = lazy_re(r"[a-z]{4,}")
_PAPERS = frozenset(("inproceedings", "conference", "incollection"))
_STRING = lazy_re(r"@\s*(?i:string)\s*[{(]\s*(?P<name>[^\s\"#%'(),={}]+)\s*=")
_USES = (
    lazy_re(r"=\s*(?P<name>[A-Za-z][^\s\"#%'(),={}]*)"),
    lazy_re(r"#\s*(?P<name>[A-Za-z][^\s\"#%'(),={}]*)"),
)
_PREAMBLE = lazy_re(r"@\s*(?i:preamble)\s*[{(]\s*(?P<name>[A-Za-z][^\s\"#%'(),={}]*)")


@rule("CV332", fix=Safety.UNSAFE)
def misspelt_field(context: LintContext) -> RuleFindings:
    """The name of a field is misspelt.

    A field that no program knows is ignored without a word, and what it holds is missing from the
    CV. Reference managers add many fields of their own; so only names are reported that are a slip
    away from a known one.

    Bad:

    ```bibtex
    @article{noether1921, jounal = {Mathematische Annalen}}
    ```

    Good:

    ```bibtex
    @article{noether1921, journal = {Mathematische Annalen}}
    ```

    Fix: writes the name that was meant; it is a guess, so it is unsafe. Where the field that was
    meant is there as well, nothing is changed: one of the two has to go, and only you know which.
    """
    names: set[str] = set()
    names = names.union(*(record.values for record in records(context))) - _ALL_FIELDS
    near = {name: misspelling_of(name, FIELDS) for name in names if _WORD.fullmatch(name)}
    misspelt = {name: meant for name, meant in near.items() if meant is not None}
    for record in records(context) if misspelt else ():
        for name in misspelt.keys() & record.values.keys():
            text, meant = record.values[name], misspelt[name]
            if is_own(record, text):
                there = {meant, ALIASES.get(meant, meant)} & record.values.keys()
                yield _misspelt(name, meant, text, is_there=bool(there))


def _misspelt(name: str, meant: str, value: Text, *, is_there: bool) -> Finding:
    place = name_place(value)
    message, hint = f"the field `{name}` is not known", f"did you mean `{meant}`?"
    if is_there:
        hint += " the entry has that as well; delete one of the two"
        return Finding(message, place or value.span, hint)
    fix = fix_at(place, meant, f"write `{meant}`", Safety.UNSAFE)
    return Finding(message, place or value.span, hint, fix=fix)


@rule("CV333", fix=Safety.UNSAFE)
def venue_in_wrong_field(context: LintContext) -> RuleFindings:
    """A paper names its proceedings in `journal`, or an article its journal in `booktitle`.

    cvtex prints it nevertheless. BibTeX and biblatex look for `booktitle` in `@inproceedings` and
    for `journal` in `@article`, and print no venue at all.

    Bad:

    ```bibtex
    @inproceedings{yi2024fedp3, journal = {ICLR}}
    ```

    Good:

    ```bibtex
    @inproceedings{yi2024fedp3, booktitle = {ICLR}}
    ```

    Fix: renames the field. It is unsafe, as it may be the type that is wrong.
    """
    for record in records(context):
        names = ("journaltitle", "booktitle") if record.type in _PAPERS else None
        if record.type == "article":
            names = ("booktitle", "journaltitle")
        if names and is_filled(record.values, names[0]) and names[1] not in record.values:
            yield from _misplaced(record, names[0], names[1])


def _misplaced(record: BibRecord, name: str, meant: str) -> Iterator[Finding]:
    text = own(record, name)
    place = name_place(text) if text is not None else None
    if place is None:
        return
    meant = "journal" if meant == "journaltitle" else meant
    message = f"`@{record.type}` has its venue in `{meant}`, not in `{place.text}`"
    fix = fix_at(place, meant, f"rename the field to `{meant}`", Safety.UNSAFE)
    yield Finding(message, place, f"write `{meant}`, or change the type of the entry", fix=fix)


@rule("CV335", Severity.INFO)
def unused_string(context: LintContext) -> RuleFindings:
    """A `@string` is defined and nothing uses it.

    It may be left over from an entry that was deleted, or an entry may have the name in braces,
    where it prints as text. Files of which most strings are not used are not reported: they
    are collections of abbreviations to choose from.

    Bad:

    ```bibtex
    @string{annalen = {Mathematische Annalen}}
    @string{crelle = {Journal für die reine und angewandte Mathematik}}
    @article{noether1921, journal = annalen}
    ```

    Good:

    ```bibtex
    @string{annalen = {Mathematische Annalen}}
    @article{noether1921, journal = annalen}
    ```
    """
    sources = {record.span.source.path: record.span.source for record in records(context)}
    defining = [source for source in sources.values() if _STRING.search(source.text)]
    used = _used(sources.values()) if defining else set()
    for source in defining:
        found = list(_STRING.finditer(source.text))
        unused = [match for match in found if match["name"].lower() not in used]
        for match in unused if 2 * len(unused) <= len(found) else ():
            message = f"nothing uses the string `{match['name']}`"
            yield Finding(message, source.span(*match.span("name")), "delete it")


def _used(sources: Iterable[Source]) -> set[str]:
    return {
        match["name"].lower()
        for source in sources
        for pattern in (*_USES, _PREAMBLE)
        for match in pattern.finditer(source.text)
    }
