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
