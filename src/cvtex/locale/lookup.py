"""Finds the words of a language."""

from __future__ import annotations

from collections.abc import Iterator

from cvtex.locale.languages import LANGUAGES
from cvtex.locale.terms import Terms


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
