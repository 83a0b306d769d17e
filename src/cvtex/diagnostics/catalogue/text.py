"""CV2: texts."""

from __future__ import annotations

from cvtex.diagnostics.model import Rule, Severity

E, W = Severity.ERROR, Severity.WARNING

UNKNOWN_CITEKEY = Rule("CV201", "unknown-citekey", E)
UNKNOWN_LINK = Rule("CV202", "unknown-link", E)
UNKNOWN_FACT = Rule("CV204", "unknown-fact", E)
RAW_LATEX = Rule("CV205", "raw-latex", E)
UNSAFE_MATH = Rule("CV206", "unsafe-math", E)
UNPRINTED_CITATION = Rule("CV207", "unprinted-citation", W)
UNPRINTABLE_CHARACTER = Rule("CV208", "unprintable-character", E)
INVISIBLE_CHARACTER = Rule("CV209", "invisible-character", W)
