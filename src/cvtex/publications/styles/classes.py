"""Classes of entries, each with one template: the types of BibTeX and biblatex.

Sources: biblatex manual, 2.1; btxdoc, 3.1.
"""

from __future__ import annotations

from cvtex.publications.publication import Publication

_TYPES = {
    "article": "article review suppperiodical",
    "periodical": "periodical",
    "book": "book mvbook collection mvcollection reference mvreference booklet",
    "proceedings": "proceedings mvproceedings",
    "chapter": "inbook incollection inreference bookinbook suppbook suppcollection",
    "paper": "inproceedings conference",
    "thesis": "thesis phdthesis mastersthesis bachelorsthesis",
    "report": "report techreport",
    "manual": "manual",
    "online": "online electronic www",
    "dataset": "dataset",
    "software": "software",
    "patent": "patent",
    "standard": "standard",
    "preprint": "preprint",
    "unpublished": "unpublished",
}
_CLASSES = {name: of for of, types in _TYPES.items() for name in types.split()}
_LOOSE = frozenset(("misc", "online", "unpublished", "preprint"))
"""Classes that people use for whatever has no place yet; what else an entry says counts more."""

_VENUES = ("journaltitle", "booktitle", "publisher", "institution")


def class_of(publication: Publication) -> str:
    """Return the class of an entry, by its type, or by its fields where that says little.

    What stands in an archive and has no venue is a preprint.
    """
    by_type = _CLASSES.get(publication.type, "misc")
    fields = publication.fields
    if by_type in _LOOSE and "journaltitle" in fields:
        return "article"
    if by_type in _LOOSE and "booktitle" in fields:
        return "paper"
    archived = "eprint" in fields and not any(name in fields for name in _VENUES)
    return "preprint" if archived and by_type in (*_LOOSE, "article", "report") else by_type
