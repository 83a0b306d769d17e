"""Rules that cvtex no longer has; neither their codes nor their names are used again."""

RETIRED = {
    "CV124": "overlapping-posts",
    "CV125": "two-present-posts",
    "CV128": "early-postdoc",
    "CV131": "mixed-order",
    "CV142": "idle-variant",
    "CV227": "typed-reference",
    "CV412": "heavy-file",
}

MERGED = {
    "CV347": ("html-in-field", ("CV230", "CV231")),
    "CV366": ("pasted-character-in-field", ("CV209", "CV212", "CV214")),
    "CV367": ("look-alike-in-field", ("CV213",)),
    "CV368": ("doubled-word-in-field", ("CV211",)),
    "CV369": ("placeholder-in-field", ("CV232",)),
    "CV370": ("garbled-letters-in-field", ("CV241",)),
}
"""Former codes and names of rules for .bib files, with the codes of the rules they are part of."""


def kept_codes(word: str) -> tuple[str, ...]:
    """Return the codes that replace a former code or name, in any case; none for other words."""
    former = (
        codes for code, (name, codes) in MERGED.items() if word.upper() in (code, name.upper())
    )
    return next(former, ())
