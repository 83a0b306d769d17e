"""The style of the ACM: full names, then the year, then sentences.

Source: ACM Citation Style and Reference Formats. A CV departs from it in this: dates of access are
left out, and an address is printed only for work that has neither a DOI nor a place in print.
"""

from __future__ import annotations

from cvtex.publications.publication import Status
from cvtex.publications.styles.style import NameRules, Style
from cvtex.publications.styles.template import Conditional, commas, dated, first, parens, spaced

_STATE = ("{sentence_state}",)
_SERIES = Conditional("series", commas("*{series}*", first("Vol. {volume}", "No. {number}")))
_VOLUME = Conditional("series", "", "Vol. {volume}")
_PAGES = first("{pages} | Article {eid} | {page_total} pages")
_PUBLISHER = ("{publisher}", "{location}")
_RETRIEVED = Conditional("doi", "{doi_address}", "Retrieved from {url}")
_MONTH = Conditional("month", "({date})")

_ARTICLE = dated(
    "{title}",
    commas(
        spaced(
            commas(spaced("*{venue}*", "{volume}"), "{number}", "Article {eid}"),
            Conditional("volume|number|month", parens("{issue_date}")),
        ),
        first("{pages}", "{page_total} pages"),
    ),
    *_STATE,
    "{doi_address}",
)
_BOOK = dated(
    commas(spaced("*{title}*", parens("{edition}")), "{editors} ({eds})", _VOLUME),
    "Translated by {translators}",
    _SERIES,
    commas(*_PUBLISHER),
    *_STATE,
    "{doi_address}",
)
_CHAPTER = dated(
    "{title}",
    commas(
        spaced("In *{venue}*", parens("{edition}")), "{event_place}", "{editors} ({eds})", _VOLUME
    ),
    _SERIES,
    commas(*_PUBLISHER, "Chapter {chapter}", _PAGES),
    *_STATE,
    "{doi_address}",
)
_WEB = dated(commas("*{title}*", "version {version}"), "{site}", _MONTH, *_STATE, _RETRIEVED)

ACM = Style(
    names=NameRules(conjunction="and", editor=(" (Ed.)", " (Eds.)")),
    months=tuple("Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split()),
    undated="[n. d.]",
    ordinal_stop=".",
    stop_after_address=False,
    kinds={
        "phdthesis": "Ph.D. Dissertation",
        "mathesis": "Master’s thesis",
        "unpublished": "Unpublished manuscript",
        "patentus": "U.S. Patent",
    },
    states={Status.SUBMITTED: "submitted for publication", Status.FORTHCOMING: "to appear"},
    templates={
        "article": _ARTICLE,
        "periodical": dated(
            spaced(commas(spaced("*{title}*", "{volume}"), "{number}"), parens("{issue_date}")),
            *_STATE,
        ),
        "book": _BOOK,
        "proceedings": _BOOK,
        "chapter": _CHAPTER,
        "paper": _CHAPTER,
        "thesis": dated(
            "*{title}*",
            "{sentence_kind}",
            commas("{institution}", "{location}"),
            *_STATE,
            "{doi_address}",
        ),
        "report": dated(
            "*{title}*",
            spaced("{sentence_kind}", "{number}"),
            commas("{institution}", "{location}"),
            *_STATE,
            "{doi_address}",
        ),
        "patent": dated(
            "{title}",
            commas(
                spaced("{sentence_kind}", "No. {number}"), Conditional("month", "Issued {date}")
            ),
        ),
        "preprint": dated(
            "{title}", *_STATE, "{eprint}", Conditional("eprint", "Retrieved from {url}")
        ),
        "unpublished": dated(
            "{title}",
            commas("{event}", "{event_place}"),
            "{site}",
            first("{sentence_state}", "{sentence_kind}"),
        ),
        "manual": dated(
            spaced("*{title}*", parens("{edition}")),
            commas("{site}", "{location}"),
            *_STATE,
            "{doi_address}",
        ),
        "software": _WEB,
        "dataset": _WEB,
        "online": _WEB,
        "misc": dated(
            "{title}",
            spaced("{sentence_kind}", "{number}"),
            commas("{event}", "{site}", first("{event_place}", "{location}")),
            *_STATE,
            Conditional("site|doi", "{doi_address}", "Retrieved from {url}"),
        ),
    },
)
