"""The terms of each language, and of regions that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from cvtex.locale.germanic import DUTCH, ENGLISH, GERMAN
from cvtex.locale.romance import FRENCH, ITALIAN, PORTUGUESE, SPANISH
from cvtex.locale.terms import Terms

LANGUAGES: Mapping[str, Terms] = {
    "en": ENGLISH,
    "en-gb": replace(ENGLISH, advisor="Supervisor"),
    "en-us": replace(ENGLISH, autumn="Fall"),
    "de": GERMAN,
    "de-ch": replace(GERMAN, quotes=("«", "»", "‹", "›")),
    "fr": FRENCH,
    "es": SPANISH,
    "it": ITALIAN,
    "pt": PORTUGUESE,
    "pt-pt": replace(
        PORTUGUESE,
        research_interests="Interesses de investigação",
        accepted="aceite",
        phd_thesis="tese de doutoramento",
        senior_author="autor sénior",
        articles="Artigos em revistas",
        quotes=("«", "»", "“", "”"),
    ),
    "nl": DUTCH,
}
"""By BCP 47 tag in lower case. Plain "pt" is the Portuguese of Brazil, as in CLDR."""


def terms_of(language: str) -> Terms:
    """Return the words of a BCP 47 tag: those of the region, of the language, else English."""
    return next((LANGUAGES[tag] for tag in _from_narrow_to_wide(language)), LANGUAGES["en"])


def has_terms(language: str) -> bool:
    """Return whether there are words for the language of a BCP 47 tag."""
    return any(_from_narrow_to_wide(language))


def _from_narrow_to_wide(language: str) -> Iterator[str]:
    subtags = language.replace("_", "-").lower().split("-")
    # A script of four letters is between language and region: pt-Latn-PT.
    named = [subtag for subtag in subtags if len(subtag) != 4]
    tags = ("-".join(named[:length]) for length in range(len(named), 0, -1))
    return (tag for tag in tags if tag in LANGUAGES)
