"""Entries under biblatex's field names, before anything in them is decoded."""

from __future__ import annotations

from cvtex.readers.bibtex.bibliography import BibRecord, RawEntry

ALIASES = {
    "address": "location",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "arxivid": "arxiv",
    "hyphenation": "langid",
    "journal": "journaltitle",
    "key": "sortkey",
    "keyword": "keywords",
    "primaryclass": "eprintclass",
    "school": "institution",
}
"""Field names that mean another. (biblatex manual, 2.2.5; the rest are habits of programs.)"""

VERBATIM = frozenset(
    "arxiv code doi eprint file isbn issn pdf poster slides url urlraw video website".split()
)
"""Fields whose text is not LaTeX, except for its escapes. (biblatex manual, 2.2.1.)"""

PRINTED = frozenset(
    (
        "title subtitle titleaddon booktitle booksubtitle booktitleaddon maintitle mainsubtitle"
        " maintitleaddon journaltitle journalsubtitle journaltitleaddon issuetitle issuesubtitle"
        " eventtitle eventtitleaddon shortjournal shortbooktitle shorttitle series volume volumes"
        " number issue part chapter edition version pages pagetotal eid publisher location"
        " organization institution venue type note addendum howpublished pubstate year month"
    ).split()
)
"""Text fields that a style may print; faults in the LaTeX of others are not reported."""

NAME_LISTS = frozenset(
    (
        "author editor editora editorb editorc translator bookauthor annotator commentator"
        " introduction foreword afterword holder namea nameb namec"
    ).split()
)
"""Fields that are lists of names. (biblatex manual, 2.2.2.)"""

DATES = ("date", "year", "month")


def record(entry: RawEntry) -> BibRecord:
    """Return the entry under biblatex's names.

    Where an entry has a name and its alias, each keeps its value. The ACM's `location` beside an
    `address` is where the conference met, biblatex's `venue`.
    """
    values = dict(entry.fields)
    if "address" in values and "location" in values:
        values.setdefault("venue", values.pop("location"))
    for name in [name for name in values if name.partition("+an")[0] in ALIASES]:
        base, sign, _ = name.partition("+an")
        meant = ALIASES[base] + sign
        if meant not in values:
            values[meant] = values.pop(name)
    return BibRecord(entry.type, entry.key, values, entry.span)
