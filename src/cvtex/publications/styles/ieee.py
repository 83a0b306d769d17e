"""The style of the IEEE: numbered references, initials first, commas between all parts.

Source: IEEE Reference Style Guide for Authors. A CV departs from it in this: all authors are named
(the guide cuts lists of more than six), dates of access are left out, and an address is printed
only for work that has neither a DOI nor a place in print.
"""

from __future__ import annotations

from cvtex.publications.publication import Status
from cvtex.publications.styles.style import NameRules, Style
from cvtex.publications.styles.template import (
    Conditional,
    Row,
    Template,
    colon,
    commas,
    first,
    parens,
    spaced,
    stops,
)

_SERIES = Conditional("series", parens("{series}", "no. {number}"))
_ADDRESS = Conditional("doi", "", Conditional("url", stops("[Online]", "Available: {url}")))
_PLACE = first("{event_place}", "{location}")
_END = ("{pp}", "Art. no. {eid}", "doi: {doi}")


def _printed(head: Row, *end: Template) -> Template:
    """Return a head, then a full stop, the publisher and what follows, if one is known."""
    imprint = colon("{location}", "{publisher}")
    return Conditional(
        "location|publisher",
        stops(head, commas(imprint, "{state}", "{year}", *end)),
        commas(head, "{state}", "{year}", *end),
    )


_BOOK = _printed(
    commas(
        "{authors}",
        spaced("*{title}*", _SERIES),
        "{edition} | vol. {volume} | {editors}, {eds} | {translators}, Trans.",
    ),
    *_END,
)
_CHAPTER = _printed(
    commas(
        "{authors}",
        "“{title}”",
        spaced("in *{venue}*", _SERIES),
        "{edition} | vol. {volume} | {editors}, {eds}",
    ),
    "ch. {chapter}",
    *_END,
)
_ARTICLE = commas(
    "{authors} | “{title}” | *{venue}* | {state} | {advance} | vol. {volume}",
    "no. {number} | {pp} | {date} | Art. no. {eid} | doi: {doi}",
)

IEEE = Style(
    names=NameRules(
        first="initials-family",
        rest="initials-family",
        within="initials-family",
        conjunction="and",
        italic_et_al=True,
        editor=(", Ed.", ", Eds."),
    ),
    months=tuple("Jan. Feb. Mar. Apr. May Jun. Jul. Aug. Sep. Oct. Nov. Dec.".split()),
    stop_after_address=False,
    kinds={
        "phdthesis": "Ph.D. dissertation",
        "mathesis": "M.S. thesis",
        "bathesis": "B.S. thesis",
        "techreport": "Tech. Rep.",
        "resreport": "Res. Rep.",
        "patentus": "U.S. Patent",
        "patenteu": "European Patent",
        "patentde": "German Patent",
        "unpublished": "unpublished",
    },
    states={
        Status.SUBMITTED: "submitted for publication",
        Status.ACCEPTED: "to be published",
        Status.FORTHCOMING: "to be published",
        Status.IN_PRESS: "to be published",
    },
    templates={
        "article": _ARTICLE,
        "periodical": commas(
            "{authors} | *{title}* | vol. {volume} | no. {number} | {state} | {date}"
        ),
        "book": _BOOK,
        "proceedings": _BOOK,
        "chapter": _CHAPTER,
        "paper": commas(
            "{authors}",
            "“{title}”",
            spaced("in *{venue}*", _SERIES),
            "{state} | {advance} | {editors}, {eds} | vol. {volume}",
            _PLACE,
            "{date}",
            *_END,
        ),
        "thesis": commas(
            "{authors} | “{title}” | {kind} | {institution} | {location} | {state} | {date}"
        ),
        "report": commas(
            "{authors} | “{title}” | {institution} | {location}",
            spaced("{kind}", "{number}"),
            "{state} | {date} | doi: {doi}",
        ),
        "manual": commas(
            "{authors} | *{title}* | {edition} | {site} | {location} | {state} | {date}", "{pp}"
        ),
        "patent": commas(
            "{authors}", "“{title}”", spaced("{kind}", "{number}"), "{state}", "{date}"
        ),
        "standard": commas(
            "{authors}", "*{title}*", first("{kind} {number}", "Standard {number}"), "{date}"
        ),
        "preprint": commas("{authors} | “{title}” | {state} | {date} | {eprint}"),
        "unpublished": commas(
            "{authors} | “{title}” | {event} | {event_place} | {site}",
            first("{state}", "{kind}"),
            "{date}",
        ),
        "software": stops(
            commas(
                "{authors} | *{title}* | version {version} | {site} | {state} | {date}",
                "doi: {doi}",
            ),
            _ADDRESS,
        ),
        "dataset": stops(
            commas(
                "{authors} | “{title}” | version {version} | {site} | {state} | {date}",
                "doi: {doi}",
            ),
            _ADDRESS,
        ),
        "online": stops(
            commas("{authors} | “{title}” | {site} | {state} | {date} | doi: {doi}"), _ADDRESS
        ),
        "misc": stops(
            commas(
                "{authors} | “{title}” | {kind} | {number} | {event} | {site}",
                _PLACE,
                "{state} | {date} | doi: {doi}",
            ),
            Conditional("site|doi", "", _ADDRESS),
        ),
    },
)
