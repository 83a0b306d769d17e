"""Texts for readers, in cv.yaml and in .bib files, as rules look at them.

Both kinds have a `text` with its place, its `plain` words, a language, and make fixes in it, so
most rules need not know in which file a text stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from cvtex.lint.bib_prose import BibProse
from cvtex.lint.cv_prose import CvProse

Prose = CvProse | BibProse

P = TypeVar("P", CvProse, BibProse, CvProse | BibProse)


def matches(texts: Iterable[P], pattern: re.Pattern[str]) -> Iterator[tuple[P, re.Match[str]]]:
    """Yield every match of a pattern in the plain words of texts, with its text."""
    for prose in texts:
        for match in pattern.finditer(prose.plain):
            yield prose, match
