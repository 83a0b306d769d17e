"""The style of the APA: initials after the family name, the year in parentheses, then sentences.

Source: Publication Manual of the American Psychological Association, 7th edition, chapter 10. A CV
departs from it in this: all authors are named (the manual cuts lists of more than twenty), titles
keep their capitals, dates of access are left out, a venue that was named in the .bib is printed
for submitted work as well, and an address only for work that has neither a DOI nor a place in
print. Translators and the like are printed with their names as written.
"""

from __future__ import annotations

from functools import partial

from cvtex.publications.publication import Status
from cvtex.publications.styles.style import NameRules, Style
from cvtex.publications.styles.template import (
    Conditional,
    Row,
    close,
    commas,
    dated,
    first,
    parens,
    spaced,
)

_STATE = "[Manuscript {state}]"
_entry = partial(dated, date="({year})")
_PART = first("{pp} | Article {eid} | ch. {chapter}")
_CREDITS = Row(("{editors}, {eds}", "{translators}, Trans.", "{edition}"), "; ")


_ARTICLE = _entry(
    spaced("{title}", _STATE),
    commas(
        "*{venue}*", close("*{volume}*", "({number})"), first("{pages} | Article {eid} | {advance}")
    ),
    "{doi_address}",
)
_BOOK = _entry(
    spaced("*{title}*", parens(_CREDITS, "Vol. {volume}"), _STATE), "{publisher}", "{doi_address}"
)
_CHAPTER = _entry(
    spaced("{title}", _STATE),
    spaced(
        commas("In {editors} ({eds})", Conditional("editors", "*{venue}*", "In *{venue}*")),
        parens("{edition}", "Vol. {volume}", _PART, "{advance}"),
    ),
    "{publisher}",
    "{doi_address}",
)
_WORK = _entry(
    spaced("*{title}*", parens("Version {version}"), first(_STATE, "[{sentence_kind}]")),
    "{site}",
    "{address}",
)

APA = Style(
    names=NameRules(
        first="family-initials",
        rest="family-initials",
        within="initials-family",
        conjunction="&",
        gap=", … ",
        editor=(" (Ed.)", " (Eds.)"),
    ),
    day="{year}, {month} {day}",
    month="{year}, {month}",
    undated="n.d.",
    always_dated=True,
    stop_after_address=False,
    notes_last=True,
    kinds={
        "phdthesis": "Doctoral dissertation",
        "patentus": "U.S. Patent",
        "unpublished": "Unpublished manuscript",
        "dataset": "Data set",
        "software": "Computer software",
    },
    states={Status.SUBMITTED: "submitted for publication"},
    year_states={
        Status.ACCEPTED: "in press",
        Status.FORTHCOMING: "in press",
        Status.IN_PRESS: "in press",
    },
    templates={
        "article": _ARTICLE,
        "periodical": _entry(commas("*{title}*", close("*{volume}*", "({number})"))),
        "book": _BOOK,
        "proceedings": _BOOK,
        "chapter": _CHAPTER,
        "paper": _CHAPTER,
        "thesis": _entry(
            spaced("*{title}*", Row(("{sentence_kind}", "{institution}"), ", ", "[", "]"), _STATE),
            "{doi_address}",
        ),
        "report": _entry(
            spaced("*{title}*", parens(spaced("{sentence_kind}", "No. {number}")), _STATE),
            "{institution}",
            "{doi_address}",
        ),
        "manual": _entry(
            spaced("*{title}*", parens("{edition}", "Version {version}"), _STATE),
            "{site}",
            "{doi_address}",
        ),
        "patent": _entry(
            spaced("*{title}*", parens(spaced("{sentence_kind}", "No. {number}"))), "{institution}"
        ),
        "preprint": _entry(
            spaced("*{title}*", parens("{eprint}"), _STATE), "{archive}", "{address}"
        ),
        "unpublished": _entry(
            spaced("*{title}*", first(_STATE, "[{sentence_kind}]")),
            commas("{event}", "{event_place}"),
            "{site}",
        ),
        "software": _WORK,
        "dataset": _WORK,
        "online": _entry(spaced("*{title}*", _STATE), "{site}", "{address}", date="({date})"),
        "misc": _entry(
            spaced("*{title}*", parens("{number}"), first(_STATE, "[{sentence_kind}]")),
            commas("{event}", "{site}", first("{event_place}", "{location}")),
            Conditional("site|doi", "{doi_address}", "{url}"),
            date="({date})",
        ),
    },
)
