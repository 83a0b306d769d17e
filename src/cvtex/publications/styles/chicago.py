"""The author-date style of Chicago: the first name inverted, the year after the names.

Source: The Chicago Manual of Style, 17th edition, chapters 14 and 15. A CV departs from it in this:
all authors are named (the manual cuts lists of more than ten), dates of access are left out, and
an address is printed only for work that has neither a DOI nor a place in print.
"""

from __future__ import annotations

from cvtex.publications.publication import Status
from cvtex.publications.styles.style import NameRules, Style
from cvtex.publications.styles.template import Conditional, colon, commas, dated, first, spaced

_IMPRINT = colon("{location}", "{publisher}")
_ISSUE = Conditional(
    "volume",
    first(
        "*{venue}* {volume}, no. {number} ({month})",
        spaced("*{venue}*", "{volume}", first("({month})", "({number})")),
    ),
    commas("*{venue}* | no. {number} | {month}"),
)


_ARTICLE = dated(
    "“{title}”",
    Conditional(
        "venue",
        commas(colon(_ISSUE, first("{pages}", "{eid}")), "{state}", "{advance}"),
        "{sentence_state}",
    ),
    "{doi_address}",
)
_BOOK = dated(
    "*{title}*",
    "Edited by {editors} | Translated by {translators} | {edition} | Vol. {volume}",
    spaced("{series}", "{number}"),
    _IMPRINT,
    "{sentence_state}",
    "{doi_address}",
)
_CHAPTER = dated(
    "“{title}”",
    Conditional(
        "venue",
        commas(
            "In *{venue}* | {edition} | edited by {editors} | vol. {volume}",
            first("{pages} | {eid} | ch. {chapter}"),
            "{state}",
            "{advance}",
        ),
        "{sentence_state}",
    ),
    spaced("{series}", "{number}"),
    _IMPRINT,
    "{doi_address}",
)
_QUOTED_WORK = dated(
    "“{title}”",
    spaced("{sentence_kind}", "{number}"),
    commas("{event}", "{site}", first("{event_place}", "{location}")),
    Conditional("month", "{sentence_date}"),
    "{sentence_state}",
    Conditional("site|doi", "{doi_address}", "{url}"),
)
_WEB = dated(
    "“{title}”", "{site}", Conditional("month", "{sentence_date}"), "{sentence_state}", "{address}"
)
_TITLED_WORK = dated(
    "*{title}*",
    "{edition}",
    "Version {version}",
    spaced("{sentence_kind}", "{number}"),
    colon("{location}", "{site}"),
    "{sentence_state}",
    Conditional("site|doi", "{doi_address}", "{url}"),
)

CHICAGO = Style(
    names=NameRules(first="family-given", conjunction="and", editor=(", ed.", ", eds.")),
    undated="n.d.",
    short_ranges=True,
    kinds={
        "phdthesis": "PhD diss.",
        "mathesis": "Master’s thesis",
        "unpublished": "Unpublished manuscript",
        "patentus": "US Patent",
    },
    states={Status.SUBMITTED: "submitted for publication"},
    year_states={
        Status.ACCEPTED: "Forthcoming",
        Status.FORTHCOMING: "Forthcoming",
        Status.IN_PRESS: "Forthcoming",
    },
    templates={
        "article": _ARTICLE,
        "periodical": dated(spaced("*{title}* | {volume} | ({number})"), "{sentence_state}"),
        "book": _BOOK,
        "proceedings": _BOOK,
        "chapter": _CHAPTER,
        "paper": _CHAPTER,
        "thesis": dated(
            "“{title}”",
            commas("{sentence_kind}", "{institution}"),
            "{sentence_state}",
            "{doi_address}",
        ),
        "report": _TITLED_WORK,
        "manual": _TITLED_WORK,
        "software": _TITLED_WORK,
        "dataset": _TITLED_WORK,
        "patent": dated(
            "{title}",
            commas(spaced("{sentence_kind}", "{number}"), Conditional("month", "issued {date}")),
        ),
        "preprint": dated(
            "“{title}”",
            Conditional("state", "{sentence_state}"),
            commas("Preprint", Conditional("month", "submitted {date}", "{archive}")),
            "{url}",
        ),
        "unpublished": dated(
            "“{title}”",
            commas("{event}", "{event_place}"),
            "{site}",
            first("{sentence_state}", "{sentence_kind}"),
        ),
        "online": _WEB,
        "misc": _QUOTED_WORK,
    },
)
