"""Every kind of finding that reading, lowering and typesetting can report.

Families: CV1 structure and dates, CV2 text, CV3 bibliography, CV4 the typeset page.
A code never changes its meaning; a retired code is not used again. What only `cvtex lint` looks
for stands in `cvtex.lint.rules`.
"""

from __future__ import annotations

from cvtex.diagnostics.catalogue.bibliography import (
    AMBIGUOUS_OWNER,
    INVALID_ANNOTATION,
    INVALID_BIB_DATE,
    INVALID_IDENTIFIER,
    INVALID_NAME,
    MARKS_IN_NAMES,
    MISSING_FIELD,
    OWNER_NOT_FOUND,
    PREPRINT_AND_PUBLISHED,
    UNUSED_CONDITION,
)
from cvtex.diagnostics.catalogue.bibtex import (
    CIRCULAR_PARENT,
    DUPLICATE_CITEKEY,
    DUPLICATE_FIELD,
    GUESSED_ENCODING,
    INVALID_BIBTEX,
    ODD_CITEKEY,
    REPEATED_ENTRY,
    UNDEFINED_STRING,
    UNKNOWN_COMMAND,
    UNKNOWN_PARENT,
)
from cvtex.diagnostics.catalogue.page import (
    MISSING_GLYPH,
    NO_HYPHENATION,
    OVERFULL_BOX,
    PAGE_LIMIT,
    TEX_ERROR,
)
from cvtex.diagnostics.catalogue.project import (
    EMPTY_SECTION,
    LIMIT_EXCEEDED,
    MISSING_TRANSLATION,
    TOO_LARGE,
    UNKNOWN_RULE,
    UNKNOWN_SECTION,
    UNKNOWN_THEME,
    UNREADABLE_FILE,
    UNUSED_SUPPRESSION,
    USAGE,
)
from cvtex.diagnostics.catalogue.structure import (
    DUPLICATE_KEY,
    EMPTY_VALUE,
    INVALID_DATE,
    INVALID_VALUE,
    INVALID_YAML,
    LOST_TEXT,
    MISSING_KEY,
    REVERSED_DATES,
    UNKNOWN_KEY,
    WRONG_TYPE,
)
from cvtex.diagnostics.catalogue.text import (
    INVISIBLE_CHARACTER,
    RAW_LATEX,
    UNKNOWN_CITEKEY,
    UNKNOWN_FACT,
    UNKNOWN_LINK,
    UNPRINTABLE_CHARACTER,
    UNPRINTED_CITATION,
    UNSAFE_MATH,
)
from cvtex.diagnostics.diagnostic import Rule

RULES = tuple(value for value in list(vars().values()) if isinstance(value, Rule))
"""All of them."""

__all__ = [
    "AMBIGUOUS_OWNER",
    "CIRCULAR_PARENT",
    "DUPLICATE_CITEKEY",
    "DUPLICATE_FIELD",
    "DUPLICATE_KEY",
    "EMPTY_SECTION",
    "EMPTY_VALUE",
    "GUESSED_ENCODING",
    "INVALID_ANNOTATION",
    "INVALID_BIBTEX",
    "INVALID_BIB_DATE",
    "INVALID_DATE",
    "INVALID_IDENTIFIER",
    "INVALID_NAME",
    "INVALID_VALUE",
    "INVALID_YAML",
    "INVISIBLE_CHARACTER",
    "LIMIT_EXCEEDED",
    "LOST_TEXT",
    "MARKS_IN_NAMES",
    "MISSING_FIELD",
    "MISSING_GLYPH",
    "MISSING_KEY",
    "MISSING_TRANSLATION",
    "NO_HYPHENATION",
    "ODD_CITEKEY",
    "OVERFULL_BOX",
    "OWNER_NOT_FOUND",
    "PAGE_LIMIT",
    "PREPRINT_AND_PUBLISHED",
    "RAW_LATEX",
    "REPEATED_ENTRY",
    "REVERSED_DATES",
    "RULES",
    "TEX_ERROR",
    "TOO_LARGE",
    "UNDEFINED_STRING",
    "UNKNOWN_CITEKEY",
    "UNKNOWN_COMMAND",
    "UNKNOWN_FACT",
    "UNKNOWN_KEY",
    "UNKNOWN_LINK",
    "UNKNOWN_PARENT",
    "UNKNOWN_RULE",
    "UNKNOWN_SECTION",
    "UNKNOWN_THEME",
    "UNPRINTABLE_CHARACTER",
    "UNPRINTED_CITATION",
    "UNREADABLE_FILE",
    "UNSAFE_MATH",
    "UNUSED_CONDITION",
    "UNUSED_SUPPRESSION",
    "USAGE",
    "WRONG_TYPE",
]
