"""The table of languages and of the regions that differ."""

from __future__ import annotations

from collections.abc import Mapping

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
