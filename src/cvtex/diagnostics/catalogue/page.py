"""CV4: the typeset page."""

from __future__ import annotations

from cvtex.diagnostics.model import Rule, Severity

E, W = Severity.ERROR, Severity.WARNING

OVERFULL_BOX = Rule("CV401", "overfull-box", W)
MISSING_GLYPH = Rule("CV402", "missing-glyph", E)
TEX_ERROR = Rule("CV403", "tex-error", E)
PAGE_LIMIT = Rule("CV404", "page-limit", E)
NO_HYPHENATION = Rule("CV405", "no-hyphenation", W)
