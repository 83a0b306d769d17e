"""The terms of each language, read from the JSON file that is called by its BCP 47 tag.

Where biblatex has a term, it is the one of its language files. The file of a region, such as
`pt-pt.json`, has what differs from its language; `pt` is the Portuguese of Brazil, as in CLDR.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from cvtex.locale.terms import Terms

_FOLDER = Path(__file__).parent
LANGUAGES = tuple(sorted(path.stem for path in _FOLDER.glob("*.json")))
"""BCP 47 tags in lower case."""


def terms_of(language: str) -> Terms:
    """Return the words of a BCP 47 tag: those of the region, of the language, else English."""
    return _read(next(_from_narrow_to_wide(language), "en"))


def has_terms(language: str) -> bool:
    """Return whether there are words for the language of a BCP 47 tag."""
    return any(_from_narrow_to_wide(language))


@cache
def _read(tag: str) -> Terms:
    tags = dict.fromkeys((tag.partition("-")[0], tag))
    files = [msgspec.json.decode((_FOLDER / f"{one}.json").read_bytes()) for one in tags]
    return msgspec.convert({key: value for file in files for key, value in file.items()}, Terms)


def _from_narrow_to_wide(language: str) -> Iterator[str]:
    subtags = language.replace("_", "-").lower().split("-")
    # A script of four letters is between language and region: pt-Latn-PT.
    named = [subtag for subtag in subtags if len(subtag) != 4]
    tags = ("-".join(named[:length]) for length in range(len(named), 0, -1))
    return (tag for tag in tags if tag in LANGUAGES)
