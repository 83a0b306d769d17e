"""Every kind of finding that reading, lowering and typesetting can report.

Families: CV1 structure and dates, CV2 text, CV3 bibliography, CV4 the typeset page.
A code never changes its meaning; a retired code is not used again.
"""

from __future__ import annotations

from cvtex.diagnostics.model import Rule, Severity

E, W = Severity.ERROR, Severity.WARNING

USAGE = Rule("CV100", "usage", E)
INVALID_YAML = Rule("CV101", "invalid-yaml", E)
DUPLICATE_KEY = Rule("CV102", "duplicate-key", E)
UNKNOWN_KEY = Rule("CV103", "unknown-key", E)
REVERSED_DATES = Rule("CV104", "reversed-dates", E)
MISSING_KEY = Rule("CV105", "missing-key", E)
WRONG_TYPE = Rule("CV106", "wrong-type", E)
INVALID_VALUE = Rule("CV107", "invalid-value", E)
INVALID_DATE = Rule("CV108", "invalid-date", E)
LOST_TEXT = Rule("CV109", "lost-text", W)
TOO_LARGE = Rule("CV110", "too-large", E)
UNREADABLE_FILE = Rule("CV111", "unreadable-file", E)
UNKNOWN_SECTION = Rule("CV112", "unknown-section", E)
LIMIT_EXCEEDED = Rule("CV113", "limit-exceeded", E)
MISSING_TRANSLATION = Rule("CV114", "missing-translation", W)
EMPTY_SECTION = Rule("CV115", "empty-section", W)
UNKNOWN_THEME = Rule("CV116", "unknown-theme", E)
EMPTY_VALUE = Rule("CV117", "empty-value", W)

UNKNOWN_CITEKEY = Rule("CV201", "unknown-citekey", E)
UNKNOWN_LINK = Rule("CV202", "unknown-link", E)
UNKNOWN_FACT = Rule("CV204", "unknown-fact", E)
RAW_LATEX = Rule("CV205", "raw-latex", E)
UNSAFE_MATH = Rule("CV206", "unsafe-math", E)
UNPRINTED_CITATION = Rule("CV207", "unprinted-citation", W)
UNPRINTABLE_CHARACTER = Rule("CV208", "unprintable-character", E)
INVISIBLE_CHARACTER = Rule("CV209", "invisible-character", W)

INVALID_BIBTEX = Rule("CV301", "invalid-bibtex", E)
DUPLICATE_CITEKEY = Rule("CV302", "duplicate-citekey", E)
DUPLICATE_FIELD = Rule("CV303", "duplicate-field", E)
UNDEFINED_STRING = Rule("CV304", "undefined-string", E)
UNKNOWN_COMMAND = Rule("CV305", "unknown-command", W)
INVALID_BIB_DATE = Rule("CV306", "invalid-bib-date", W)
INVALID_ANNOTATION = Rule("CV307", "invalid-annotation", W)
MISSING_FIELD = Rule("CV308", "missing-field", W)
UNKNOWN_PARENT = Rule("CV309", "unknown-parent", W)
GUESSED_ENCODING = Rule("CV310", "guessed-encoding", W)
INVALID_IDENTIFIER = Rule("CV311", "invalid-identifier", W)
INVALID_NAME = Rule("CV312", "invalid-name", W)
CIRCULAR_PARENT = Rule("CV313", "circular-parent", W)
ODD_CITEKEY = Rule("CV314", "odd-citekey", W)
OWNER_NOT_FOUND = Rule("CV316", "owner-not-found", W)
UNUSED_CONDITION = Rule("CV317", "unused-condition", W)
MARKS_IN_NAMES = Rule("CV318", "marks-in-names", W)
AMBIGUOUS_OWNER = Rule("CV319", "ambiguous-owner", W)
REPEATED_ENTRY = Rule("CV320", "repeated-entry", W)
PREPRINT_AND_PUBLISHED = Rule("CV315", "preprint-and-published", W)

OVERFULL_BOX = Rule("CV401", "overfull-box", W)
MISSING_GLYPH = Rule("CV402", "missing-glyph", E)
TEX_ERROR = Rule("CV403", "tex-error", E)
PAGE_LIMIT = Rule("CV404", "page-limit", E)
NO_HYPHENATION = Rule("CV405", "no-hyphenation", W)

WANT_WHOLE_CV = frozenset(
    (EMPTY_SECTION, UNPRINTED_CITATION, OWNER_NOT_FOUND, UNUSED_CONDITION, PREPRINT_AND_PUBLISHED)
)
"""What is not worth saying of a CV of which faulty parts were left out."""

WANT_BIBLIOGRAPHY = WANT_WHOLE_CV | {UNKNOWN_CITEKEY}
"""What is not worth saying when a .bib file is missing."""
