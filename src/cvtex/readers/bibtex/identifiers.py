"""DOIs and arXiv identifiers, in every form that people paste."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from cvtex.readers.bibtex.verbatim import verbatim
from cvtex.support.lazy_re import lazy_re

_DOI = lazy_re(r"10\.\d{1,9}(?:\.\d+)*/\S+")
_ANOTHER = lazy_re(
    r"[;,](?=(?:https?://(?:www\.|dx\.)?doi\.org/|doi:)?10\.\d{4,9}/)", re.IGNORECASE
)
"""Separators of two DOIs; the sign alone may belong to one, as in `3.0.CO;2-2`."""
_ENCODED_SLASH = lazy_re(r"10\.\d{1,9}(?:\.\d+)*%2F", re.IGNORECASE)
_WEB = lazy_re(r"https?:|(?:www\.|dx\.)?doi\.org/", re.IGNORECASE)
_RESOLVER = lazy_re(r"(?:https?://)?(?:www\.|dx\.)?doi\.org/", re.IGNORECASE)
_VIEW = lazy_re(
    r"(?<=[^/])(?:/(?:full(?:/(?:html|pdf))?|fulltext\.html?|abstract|e?pdf(?:/\S*)?|pdfdirect|meta"
    r"|suppl_file/\S+)|(?:v\d+)?\.(?:full(?:\.pdf|-text)?|abstract))/?\Z"
)
"""Parts that publishers put after a DOI in the address of a page of a paper."""
_FILE = lazy_re(r"\.pdf\Z|(?<=\d)v\d+\Z|(?<=\w)/\d{5,}\Z", re.IGNORECASE)
"""The same, where a DOI may end so too: a file, a version, or the publisher's own number."""
_SAFE_IN_PATH = "/:;()!*'@,~$&+=._-"

_ARXIV = r"(?P<id>(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Za-z]{2})?/\d{7})(?:v\d+)?)"
_ARXIV_ID = lazy_re(
    rf"(?:https?://)?(?:(?:www\.|export\.)?arxiv\.org/)?(?:(?:abs|pdf|html)/)?(?:arxiv\s*:?\s*)?"
    rf"{_ARXIV}(?:\.pdf)?(?:\s*\[[\w., -]+\])?/?",
    re.IGNORECASE,
)
_ARXIV_URL = lazy_re(
    rf"https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html|format)/{_ARXIV}(?:\.pdf)?/?(?:[?#].*)?",
    re.IGNORECASE,
)
_ARXIV_DOI = lazy_re(rf"10\.48550/arxiv\.{_ARXIV}", re.IGNORECASE)
_LONGEST_STATEMENT = 80
_ARCHIVE = lazy_re(r"arxiv|corr|abs/", re.IGNORECASE)
_STATEMENT = lazy_re(
    rf"(?:(?:arxiv(?:\.org)?|corr)\b)?[\s,:]*(?:e-?prints?|preprints?)?[\s,:]*"
    rf"(?:arxiv\s*:?)?[\s,:]*(?:abs/)?{_ARXIV}?(?:\s*\[[\w., -]+\])?[\s.]*",
    re.IGNORECASE | re.DOTALL,
)


def doi_of(text: str) -> str | None:
    """Return the DOI in `https://doi.org/10...`, `doi:10...`, `DOI 10... .` and the like.

    Where the text is an address, percent signs are decoded, and a query or fragment is left out.
    Of several DOIs it is the first. What leads to a page of the paper, as `/full`, is left out too.
    """
    pasted = _decoded(text.replace("{", "").replace("}", "").strip())
    match = _DOI.search(re.sub(r"</\w+>$", "", pasted))
    if match is None:
        return None
    found = _ANOTHER.split(match[0], maxsplit=1)[0].rstrip(".,;")
    found = found.rstrip(")") if found.count(")") > found.count("(") else found
    found = _without(_VIEW, found)
    return _without(_FILE, found) if _is_page(pasted) else found


def _without(tail: re.Pattern[str], doi: str) -> str:
    """Return a DOI without a match of the pattern at its end, if a DOI is left."""
    shorter = tail.sub("", doi)
    return shorter if _DOI.fullmatch(shorter) else doi


def _decoded(pasted: str) -> str:
    """Return an address without its query and fragment, percent signs decoded."""
    if _WEB.match(pasted):
        pasted = re.split(r"[?#]", pasted, maxsplit=1)[0]
    if _ENCODED_SLASH.search(pasted) or (_WEB.match(pasted) and "%" in pasted):
        decoded = unquote(pasted)
        return pasted if re.search(r"\s", decoded) else decoded
    return pasted


def _is_page(text: str) -> bool:
    """Return whether a text is the address of a page, which may hold more than the DOI."""
    return _WEB.match(text) is not None and _RESOLVER.match(text) is None


def leads_to_page(text: str) -> bool:
    """Return whether a DOI is guessed from the address of one page of a paper."""
    return _is_page(text) or _VIEW.search(text) is not None


def are_dois(text: str) -> bool:
    """Return whether a text has several DOIs, separated by commas or semicolons."""
    return _ANOTHER.search(text) is not None


def doi_url(doi: str) -> str:
    """Return the address of a DOI, percent-encoded where an address needs it."""
    return "https://doi.org/" + quote(doi, safe=_SAFE_IN_PATH)


def arxiv_id(text: str) -> str | None:
    """Return the identifier in `2008.05095v2`, `arXiv:...`, `hep-th/9901001` or a URL."""
    match = _ARXIV_ID.fullmatch(text.strip())
    return match["id"] if match else None


def arxiv_in_url(url: str) -> str | None:
    """Return the identifier in an address that leads to arXiv."""
    match = _ARXIV_URL.fullmatch(url)
    return match["id"] if match else None


def arxiv_in_doi(doi: str) -> str | None:
    """Return the identifier in one of arXiv's own DOIs."""
    match = _ARXIV_DOI.fullmatch(doi)
    return match["id"] if match else None


def arxiv_statement(text: str) -> tuple[bool, str | None]:
    """Return whether a value only says "arXiv", as in Google Scholar, and the identifier."""
    if not _ARCHIVE.search(text):
        return False, None
    words = " ".join(verbatim(text).split())
    match = _STATEMENT.fullmatch(words) if len(words) < _LONGEST_STATEMENT else None
    return (match is not None, match["id"] if match else None)


def arxiv_url(identifier: str) -> str:
    """Return the page of a paper on arXiv."""
    return "https://arxiv.org/abs/" + identifier
