"""CV1: the structure of the CV, its dates, and the files themselves."""

from __future__ import annotations

from cvtex.diagnostics.model import Rule, Safety, Severity

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
UNUSED_SUPPRESSION = Rule("CV190", "unused-suppression", W, fix=Safety.SAFE)
UNKNOWN_RULE = Rule("CV191", "unknown-rule", W)
