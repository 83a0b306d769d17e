"""Addresses compared: the part that two for the same work have in common."""

from __future__ import annotations

from cvtex.support.lazy_re import lazy_re

_FRONT = lazy_re(r"^https?://(www\.)?")
_ARXIV = lazy_re(r"arxiv\.org/(?:abs|pdf)/(.+?)(?:v\d+)?(?:\.pdf)?")


def resource_of(url: str) -> str:
    """Return an address without scheme and final slash; one of arXiv without the version."""
    bare = _FRONT.sub("", url).rstrip("/")
    arxiv = _ARXIV.fullmatch(bare)
    return f"arxiv.org/{arxiv[1].lower()}" if arxiv else bare
