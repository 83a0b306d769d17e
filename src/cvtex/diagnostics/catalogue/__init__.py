"""Every kind of finding that reading, lowering and typesetting can report.

Families: CV1 structure and dates, CV2 text, CV3 bibliography, CV4 the typeset page.
A code never changes its meaning; a retired code is not used again. The rules that only `cvtex lint`
checks are in `cvtex.lint.rules`, with their documentation as docstrings; that of the rules here is
in `texts`.
"""

from __future__ import annotations

from pathlib import Path

from cvtex.diagnostics.diagnostic import Needs, Rule, Safety, Severity

E, W = Severity.ERROR, Severity.WARNING

# CV1: the structure of cv.yaml, its values and its dates.

INVALID_YAML = Rule("CV101", "invalid-yaml", E, fix=Safety.UNSAFE)
DUPLICATE_KEY = Rule("CV102", "duplicate-key", E, fix=Safety.SAFE)
UNKNOWN_KEY = Rule("CV103", "unknown-key", E, fix=Safety.UNSAFE)
REVERSED_DATES = Rule("CV104", "reversed-dates", E, fix=Safety.UNSAFE)
MISSING_KEY = Rule("CV105", "missing-key", E)
WRONG_TYPE = Rule("CV106", "wrong-type", E)
INVALID_VALUE = Rule("CV107", "invalid-value", E, fix=Safety.UNSAFE)
INVALID_DATE = Rule("CV108", "invalid-date", E, fix=Safety.UNSAFE)
LOST_TEXT = Rule("CV109", "lost-text", W, fix=Safety.UNSAFE)
EMPTY_VALUE = Rule("CV117", "empty-value", W, fix=Safety.SAFE)

# CV1: files, sections, limits, themes, and the names of rules themselves.

USAGE = Rule("CV100", "usage", E)
TOO_LARGE = Rule("CV110", "too-large", E)
UNREADABLE_FILE = Rule("CV111", "unreadable-file", E)
UNKNOWN_SECTION = Rule("CV112", "unknown-section", E, fix=Safety.UNSAFE)
LIMIT_EXCEEDED = Rule("CV113", "limit-exceeded", E)
MISSING_TRANSLATION = Rule("CV114", "missing-translation", W)
EMPTY_SECTION = Rule("CV115", "empty-section", W, needs=Needs.COMPLETE_CV)
UNKNOWN_THEME = Rule("CV116", "unknown-theme", E)
UNUSED_SUPPRESSION = Rule("CV190", "unused-suppression", W, fix=Safety.SAFE)
UNKNOWN_RULE = Rule("CV191", "unknown-rule", W)

# CV2: texts.

UNKNOWN_CITEKEY = Rule("CV201", "unknown-citekey", E, fix=Safety.UNSAFE, needs=Needs.CITED_ENTRY)
UNKNOWN_LINK = Rule("CV202", "unknown-link", E, fix=Safety.UNSAFE)
UNKNOWN_FACT = Rule("CV204", "unknown-fact", E, fix=Safety.UNSAFE)
RAW_LATEX = Rule("CV205", "raw-latex", E)
UNSAFE_MATH = Rule("CV206", "unsafe-math", E)
UNPRINTED_CITATION = Rule("CV207", "unprinted-citation", W, needs=Needs.COMPLETE_CV)
UNPRINTABLE_CHARACTER = Rule("CV208", "unprintable-character", E)
INVISIBLE_CHARACTER = Rule("CV209", "invisible-character", W, fix=Safety.SAFE)

# CV3: the contents of the entries of a .bib file.

INVALID_BIB_DATE = Rule("CV306", "invalid-bib-date", W)
INVALID_ANNOTATION = Rule("CV307", "invalid-annotation", W)
MISSING_FIELD = Rule("CV308", "missing-field", W)
INVALID_IDENTIFIER = Rule("CV311", "invalid-identifier", W)
INVALID_NAME = Rule("CV312", "invalid-name", W, fix=Safety.UNSAFE)
PREPRINT_AND_PUBLISHED = Rule("CV315", "preprint-and-published", W, needs=Needs.COMPLETE_CV)
OWNER_NOT_FOUND = Rule("CV316", "owner-not-found", W, needs=Needs.COMPLETE_CV)
UNUSED_CONDITION = Rule("CV317", "unused-condition", W, needs=Needs.COMPLETE_CV)
MARKS_IN_NAMES = Rule("CV318", "marks-in-names", W)
AMBIGUOUS_OWNER = Rule("CV319", "ambiguous-owner", W)

# CV3: the syntax of a .bib file, and how its entries refer to each other.

INVALID_BIBTEX = Rule("CV301", "invalid-bibtex", E)
DUPLICATE_CITEKEY = Rule("CV302", "duplicate-citekey", E)
DUPLICATE_FIELD = Rule("CV303", "duplicate-field", E)
UNDEFINED_STRING = Rule("CV304", "undefined-string", E)
UNKNOWN_COMMAND = Rule("CV305", "unknown-command", W)
UNKNOWN_PARENT = Rule("CV309", "unknown-parent", W)
GUESSED_ENCODING = Rule("CV310", "guessed-encoding", W)
CIRCULAR_PARENT = Rule("CV313", "circular-parent", W)
ODD_CITEKEY = Rule("CV314", "odd-citekey", W)
REPEATED_ENTRY = Rule("CV320", "repeated-entry", W)

# CV4: the typeset page.

OVERFULL_BOX = Rule("CV401", "overfull-box", W)
MISSING_GLYPH = Rule("CV402", "missing-glyph", E)
TEX_ERROR = Rule("CV403", "tex-error", E)
PAGE_LIMIT = Rule("CV404", "page-limit", E)
NO_HYPHENATION = Rule("CV405", "no-hyphenation", W)

RULES = tuple(value for value in list(vars().values()) if isinstance(value, Rule))
"""Every rule of this catalogue."""

TEXTS = Path(__file__).with_name("texts")


def doc_of(rule: Rule) -> str:
    """Return the documentation of a rule, in Markdown; none for a rule that is not known here."""
    text = TEXTS / f"{rule.code}.md"
    return rule.doc or (text.read_text(encoding="utf-8").strip() if text.is_file() else "")
