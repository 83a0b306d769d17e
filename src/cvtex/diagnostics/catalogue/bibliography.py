"""CV3: the bibliography."""

from __future__ import annotations

from cvtex.diagnostics.model import Rule, Severity

E, W = Severity.ERROR, Severity.WARNING

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
PREPRINT_AND_PUBLISHED = Rule("CV315", "preprint-and-published", W)
OWNER_NOT_FOUND = Rule("CV316", "owner-not-found", W)
UNUSED_CONDITION = Rule("CV317", "unused-condition", W)
MARKS_IN_NAMES = Rule("CV318", "marks-in-names", W)
AMBIGUOUS_OWNER = Rule("CV319", "ambiguous-owner", W)
REPEATED_ENTRY = Rule("CV320", "repeated-entry", W)
