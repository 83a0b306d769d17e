"""URLs in cv.yaml: mistyped, unreachable, or better written differently."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from cvtex.diagnostics.diagnostic import Safety, Severity
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.edits import fix_of
from cvtex.schema.base import Model
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

_FIELDS = frozenset({"url", "website", "source"})
_ACCOUNTS = frozenset("github gitlab linkedin scholar mastodon".split())
"""The fields that hold a URL, and those that may."""

_IN_TEXT = lazy_re(r"(?<=\]\()[^()\s<>]+(?:\([^()\s]*\)[^()\s<>]*)*(?=\))|(?<=<)\w+:[^\s<>]+(?=>)")

_SCHEME = lazy_re(
    r"(?P<slip>(?:https?:?/*)(?P<second>https?:/+)"  # https://https://
    r"|(?P<word>https?)(?:;/+|:/(?!/)|:/{3,}|://:/*|/{2,}|:(?=www\.)|:\\+)"  # https:/ https;//
    r"|(?!https?:)h{0,2}t{1,3}p{1,2}s{0,2}://)",  # htps://
    re.IGNORECASE,
)

_SECURE = frozenset(
    """github.com gitlab.com bitbucket.org arxiv.org doi.org dx.doi.org orcid.org
    scholar.google.com linkedin.com twitter.com x.com youtube.com huggingface.co
    openreview.net aclanthology.org dl.acm.org ieeexplore.ieee.org zenodo.org
    semanticscholar.org researchgate.net wikipedia.org pubmed.ncbi.nlm.nih.gov dblp.org
    medium.com stackoverflow.com google.com nature.com sciencedirect.com springer.com""".split()
)
"""Hosts that redirect http to https."""

_TRACKING = lazy_re(
    r"(?<=[?&])(utm_\w+|fbclid|gclid|mc_[ce]id|igshid|trk|lipi|_hsenc|_hsmi)=[^&#]*"
)
_PRIVATE_HOSTS = (".local", ".localhost", ".internal", ".lan", ".intranet")


def addresses(context: LintContext) -> Iterator[Text]:
    """Yield every URL of cv.yaml: those of its fields, `links`, accounts and texts."""
    cv = context.project.cv
    yield from cv.links.values()
    yield from _fields(cv)
    for prose in context.texts:
        for match in _IN_TEXT.finditer(prose.text.value):
            yield prose.text.slice(*match.span())


def _fields(value: object, field: str = "") -> Iterator[Text]:
    """Yield the URLs in a model, which are known by the names of its fields."""
    if isinstance(value, Model):
        for name in type(value).model_fields:
            yield from _fields(getattr(value, name), name)
    elif isinstance(value, tuple):
        for item in value:
            yield from _fields(item, field)
    elif isinstance(value, dict) and field == "facts":
        for item in value.values():
            yield from _fields(item)
    elif isinstance(value, Text) and (
        field in _FIELDS or (field in _ACCOUNTS and "://" in value.value)
    ):
        yield value


@rule("CV151", fix=Safety.UNSAFE)
def url_punctuation(context: LintContext) -> RuleFindings:
    """A URL ends with a punctuation mark that was copied along with it.

    With the period or the comma the URL leads nowhere. Closing brackets that were opened in the URL
    are accepted, and so are the titles of Wikipedia.

    Bad:

    ```yaml
    url: https://example.org/paper.pdf,
    ```

    Good:

    ```yaml
    url: https://example.org/paper.pdf
    ```

    Fix: deletes the mark. It is unsafe, as a few URLs do end with one.
    """
    for text in addresses(context):
        url = text.value.rstrip()
        end = len(_without_marks(url))
        if end < len(url) and "wiki" not in _host(url):
            fix = fix_of(text, end, len(url), "", "delete it", Safety.UNSAFE)
            marks = url[end:]
            message = f"the URL ends with `{marks}`"
            yield Finding(message, text.place(end, len(url)), "delete it", fix=fix)


def _without_marks(url: str) -> str:
    """Return a URL without punctuation at its end; a bracket stays if it was opened before."""
    pairs = {")": "(", "]": "[", "}": "{", ">": "<"}
    while url:
        last = url[-1]
        unpaired = last in pairs and url.count(last) > url.count(pairs[last])
        if not unpaired and last not in ".,;'\"":
            break
        url = url[:-1]
    return url


@rule("CV152", fix=Safety.UNSAFE)
def malformed_url(context: LintContext) -> RuleFindings:
    """A URL begins with a mistyped `https://`.

    It has one slash or three, a letter too many, or it is there twice. Some browsers guess the
    right URL; PDF viewers do not.

    Bad:

    ```yaml
    url: https:/example.org
    ```

    Good:

    ```yaml
    url: https://example.org
    ```

    Fix: corrects the beginning. It is unsafe, as it changes where the link leads.
    """
    for text in addresses(context):
        match = _SCHEME.match(text.value)
        if match is not None:
            meant = _scheme_of(match)
            fix = fix_of(text, 0, match.end(), meant, f"write `{meant}`", Safety.UNSAFE)
            message = f"a URL cannot begin with `{match[0]}`"
            yield Finding(message, text.place(*match.span()), f"write `{meant}`", fix=fix)


def _scheme_of(match: re.Match[str]) -> str:
    written = (match["second"] or match["word"] or match["slip"]).lower()
    return "https://" if "s" in written else "http://"


@rule("CV153")
def unreachable_url(context: LintContext) -> RuleFindings:
    """A URL leads to your own machine or network, where no reader can follow.

    Such as `localhost`, an address that begins with 192.168, a file on a disk, or a host without
    a dot in its name.

    Bad:

    ```yaml
    website: http://localhost:4000/
    ```

    Good:

    ```yaml
    website: https://example.org/
    ```
    """
    for text in addresses(context):
        what = _out_of_reach(text.value.strip()) if not _SCHEME.match(text.value) else None
        if what is not None:
            yield Finding(f"this URL leads to {what}", text.span, "write the public URL")


def _out_of_reach(url: str) -> str | None:
    parts = _split(url)
    if parts is None:
        return None
    if parts.scheme == "file" or len(parts.scheme) == 1:
        return "a file on your disk"
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in ("http", "https") or not host:
        return None
    if host == "localhost" or host.endswith(_PRIVATE_HOSTS) or _is_private(host):
        return "your own machine or network"
    return None if "." in host or ":" in host else f"`{host}`, which is not a complete host name"


def _is_private(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_private or address.is_loopback


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  # read for its error
    except ValueError:
        return None
    return parts


def _host(url: str) -> str:
    parts = _split(url)
    return (parts.hostname or "") if parts else ""


@rule("CV154", Severity.INFO, fix=Safety.SAFE)
def insecure_url(context: LintContext) -> RuleFindings:
    """A URL of a well-known site begins with `http://`, although the site uses `https://`.

    The site redirects the reader to `https://`, after an unprotected step. Only sites that are
    known to do so are checked.

    Bad:

    ```yaml
    url: http://arxiv.org/abs/2405.14852
    ```

    Good:

    ```yaml
    url: https://arxiv.org/abs/2405.14852
    ```

    Fix: inserts the `s`. It is safe, as the sites redirect everyone there.
    """
    for text in addresses(context):
        if text.value.startswith("http://") and _host(text.value).removeprefix("www.") in _SECURE:
            fix = fix_of(text, 0, len("http"), "https", "write `https`", Safety.SAFE)
            place = text.place(0, len("http://"))
            yield Finding("this site uses `https`", place, "write `https://`", fix=fix)


@rule("CV155", Severity.INFO, fix=Safety.UNSAFE)
def tracked_url(context: LintContext) -> RuleFindings:
    """A URL carries a tracking parameter, such as `utm_source` or `fbclid`.

    It was copied along with the URL. It makes the URL long, and tells the site where you found it.

    Bad:

    ```yaml
    url: https://example.org/news?utm_source=newsletter
    ```

    Good:

    ```yaml
    url: https://example.org/news
    ```

    Fix: deletes these parameters. It is unsafe, as a site may need them.
    """
    for text in addresses(context):
        query = re.search(r"\?[^#]*", text.value)
        found = list(_TRACKING.finditer(text.value, *query.span())) if query else []
        if query is None or not found:
            continue
        tracking = {match[0] for match in found}
        kept = "&".join(part for part in query[0][1:].split("&") if part not in tracking)
        start, end, new = *query.span(), f"?{kept}" if kept else ""
        fix = fix_of(text, start, end, new, "delete the tracking", Safety.UNSAFE)
        place = text.place(*found[0].span())
        yield Finding(f"`{found[0][1]}` tracks the reader", place, "delete it", fix=fix)
