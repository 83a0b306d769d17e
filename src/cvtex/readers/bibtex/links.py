"""Links of a publication: from identifiers and addresses to whole URLs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from msgspec import Struct, field

from cvtex.diagnostics.catalogue import INVALID_IDENTIFIER
from cvtex.diagnostics.diagnostic import Sink
from cvtex.readers.bibtex.identifiers import (
    arxiv_id,
    arxiv_in_doi,
    arxiv_in_url,
    arxiv_statement,
    arxiv_url,
    doi_of,
    doi_url,
)
from cvtex.readers.bibtex.verbatim import verbatim
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

_URL = lazy_re(r"(?:https?|ftp)://[^\s<>\"]+", re.IGNORECASE)
_WITHOUT_SCHEME = lazy_re(r"www\.\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?/\S*")
_DOI_RESOLVER = lazy_re(r"https?://(?:www\.|dx\.)?doi\.org/", re.IGNORECASE)
_ONLY_URL = lazy_re(
    r"\s*(?:(?:available|retrieved|online)?\s*(?:at|from)?\s*:?\s*)?"
    r"(?:\\(?:url|nolinkurl|path)\s*\{(?P<wrapped>[^{}]*)\}|(?P<bare>https?://\S+?))[\s.]*",
    re.IGNORECASE,
)
_STATEMENTS = (
    "journaltitle",
    "booktitle",
    "howpublished",
    "note",
    "number",
    "volume",
    "eid",
    "pages",
)
_OTHERS = ("code", "slides", "video", "poster", "pdf")


class Links(Struct):
    """The links found so far; `values` are those left to print, `fields` what replaces some."""

    values: dict[str, Text]
    links: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)

    def take(self, name: str) -> Text | None:
        """Return the value of a field, which is then no longer left to print."""
        return self.values.pop(name, None)


def find_links(values: Mapping[str, Text], sink: Sink) -> Links:
    """Find the links of an entry: doi, arxiv, url, and those with fields of their own."""
    found = Links(dict(values))
    _doi(found, sink)
    _url(found, sink)
    _doi_in_url(found)
    _arxiv(found, sink)
    for kind in _OTHERS:
        text = found.take(kind)
        if text is not None:
            _address(found, kind, text, sink)
    _file(found)
    order = ("doi", "arxiv", "url", *_OTHERS)
    found.links = {kind: found.links[kind] for kind in order if kind in found.links}
    return found


def _doi(found: Links, sink: Sink) -> None:
    text = found.take("doi")
    written = verbatim(text.value) if text else ""
    if text is None or not written:
        return
    doi = doi_of(written)
    if doi is None:
        hint = "a DOI looks like `10.1007/BF01464225`"
        sink.add(INVALID_IDENTIFIER, f"`{written}` is not a DOI", text.span, hint=hint)
        if _URL.fullmatch(written):
            found.values.setdefault("url", text)
        else:
            found.fields["doi"] = written
        return
    if " " in written and written.rstrip(" .,;").partition(doi)[2]:
        message = f"the doi `{written}` is more than a DOI"
        hint = f"a DOI has no space; remove it, or write `{doi}` if it ends there"
        sink.add(INVALID_IDENTIFIER, message, text.span, hint=hint)
    found.fields["doi"] = doi
    found.links["doi"] = doi_url(doi)


def _doi_in_url(found: Links) -> None:
    """Replace an address of the DOI resolver by that of the DOI, however it is spelt."""
    url = found.links.get("url", "")
    doi = doi_of(url) if _DOI_RESOLVER.match(url) else None
    if doi is None:
        return
    if "doi" not in found.links:
        found.fields["doi"], found.links["doi"] = doi, doi_url(doi)
    if found.links["doi"] == doi_url(doi):
        found.links["url"] = doi_url(doi)


def _url(found: Links, sink: Sink) -> None:
    text = found.take("url")
    if text is not None:
        _address(found, "url", text, sink)
        return
    for name in ("howpublished", "note"):
        only = _ONLY_URL.fullmatch(found.values[name].value) if name in found.values else None
        if only:
            _address(found, "url", found.values.pop(name), sink, only["wrapped"] or only["bare"])
            return


def _address(found: Links, kind: str, text: Text, sink: Sink, written: str = "") -> None:
    """Take one address; anything else is reported and stays a field."""
    value = verbatim(written or text.value)
    if not value:
        return
    url = _corrected(value)
    if url != value:
        hint = f"write `{url}`" if url else "an address starts with `https://`"
        message = f"the {kind} `{value}` is not a complete address"
        sink.add(INVALID_IDENTIFIER, message, text.span, hint=hint)
    if url:
        found.links[kind] = url
    else:
        found.fields["file" if kind == "pdf" else kind] = value


def _corrected(value: str) -> str | None:
    """Return the address with its scheme or spaces corrected, or the first of several."""
    if _URL.fullmatch(value):
        return value
    first, _, rest = value.partition(" ")
    if _URL.fullmatch(first):
        several = "://" in rest or first.endswith((",", ";"))
        return first.rstrip(",;") if several else quote(value, safe="%/:;?#[]@!$&'()*+,=~._-")
    return f"https://{value}" if _WITHOUT_SCHEME.fullmatch(value) else None


def _arxiv(found: Links, sink: Sink) -> None:
    """Find the identifier on arXiv; venues that only say "arXiv" are removed."""
    identifier = _eprint(found, sink) or _stated(found)
    if identifier is None:
        identifier = arxiv_in_url(found.links.get("url", "")) or arxiv_in_doi(
            found.fields.get("doi", "")
        )
        if identifier is None:
            return
    else:
        found.fields |= {"eprint": identifier, "eprinttype": "arXiv"}
        for name in (*_STATEMENTS, "publisher"):
            if name in found.values and arxiv_statement(found.values[name].value)[0]:
                del found.values[name]
    found.links["arxiv"] = arxiv_url(identifier)


def _eprint(found: Links, sink: Sink) -> str | None:
    """Return the identifier of the `eprint` field, or of a field named after arXiv."""
    kind = verbatim(found.values["eprinttype"].value) if "eprinttype" in found.values else ""
    if kind.lower() == "arxiv":
        del found.values["eprinttype"]
        found.fields["eprinttype"] = "arXiv"
    name = "eprint" if "eprint" in found.values else "arxiv"
    if name not in found.values or (name == "eprint" and kind.lower() not in ("", "arxiv")):
        return None
    written = verbatim(found.values[name].value)
    identifier = arxiv_id(written)
    if identifier is None and (kind or name == "arxiv"):
        hint = "arXiv's identifiers look like `2008.05095` or `hep-th/9901001`"
        message = f"`{written}` is not an arXiv identifier"
        sink.add(INVALID_IDENTIFIER, message, found.values[name].span, hint=hint)
        return None
    if identifier:
        found.take("eprint")
        found.take("arxiv")
    return identifier


def _stated(found: Links) -> str | None:
    stated = (
        arxiv_statement(found.values[name].value)[1] for name in _STATEMENTS if name in found.values
    )
    return next((identifier for identifier in stated if identifier), None)


def _file(found: Links) -> None:
    """Take a `file`, or the `eprint` of some publishers, that is an address for the PDF."""
    for name in ("file", "eprint"):
        url = verbatim(found.values[name].value) if name in found.values else ""
        if "pdf" not in found.links and _URL.fullmatch(url):
            found.links["pdf"] = url
            del found.values[name]
