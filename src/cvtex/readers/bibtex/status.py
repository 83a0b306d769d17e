"""State of a work on its way into print, as people write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from cvtex.publications.publication import Status
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

_PHRASES = {
    Status.PREPARATION: "(?:manuscript |paper |work )?in (?:preparation|progress)|to be submitted",
    Status.SUBMITTED: "(?:manuscript )?submitted(?: for publication)?|(?:in|under) submission",
    Status.UNDER_REVIEW: "(?:currently )?(?:under|in) (?:peer )?(?:review|revision)"
    "|(?:minor|major) revisions?|revise and resubmit",
    Status.ACCEPTED: "(?:conditionally )?accepted(?: for publication)?",
    Status.FORTHCOMING: "forthcoming|to appear|to be published",
    Status.IN_PRESS: "in (?:press|print)",
    Status.PREPUBLISHED: "pre published",
    Status.PUBLISHED: "published",
}
"""biblatex's keys and the words for them; a space matches any or none. (Manual, 4.9.2.11.)"""

_ANY = lazy_re(
    r"review|revis|press|print|submi|accept|appear|forthcoming|prepar|progress|publish", re.I
)
_SEPARATOR = lazy_re(r"[\s~_-]")
_VENUES = ("journaltitle", "booktitle")
_NOTES = ("note", "addendum", "howpublished")
_SAYING = ("pubstate", *_NOTES, *_VENUES, "year", "date")
"""Fields that may say it, in the order in which they are believed."""


_ALONE = r"[\s{{(]*(?:{})[\s}}).!]*"
_MANNER = (
    r"(?:for|as)\s+(?:an?\s+)?(?:oral|poster|spotlight)\b"
    r"|by\s+invitation\b(?!\s+(?:to|for)\b)"
)
"""Ways of acceptance that are not a status, as in "accepted for oral presentation"."""

_FIRST = rf"[\s{{{{(]*(?:{{}})[\s,:]+(?!{_MANNER})(?:to|at|in|for|by|with)\s+(?P<rest>.*)"
_LAST = r"(?P<rest>.*?\S)(?:\s*[,;:([]\s*|\s+)(?:{})[\s}}\]).]*"


@cache
def _patterns(form: str) -> Mapping[Status, re.Pattern[str]]:
    return {
        status: lazy_re(form.format(phrase.replace(" ", r"\s*")), re.IGNORECASE | re.DOTALL)
        for status, phrase in _PHRASES.items()
    }


class Standing(Struct, frozen=True):
    """The status, and the values that are left to print."""

    status: Status
    values: Mapping[str, Text]


def standing(values: Mapping[str, Text]) -> Standing:
    """Return the status of an entry: its `pubstate`, or what a note, venue or year says.

    A value that says nothing else is taken away, so that it is not printed twice. From a venue
    such as "T-PAMI (under review)" the words are taken; a note "submitted to X" becomes the
    `pubstate`, to be printed as written in place of the words for the status.
    """
    words = {
        name: _SEPARATOR.sub(" ", values[name].value)
        for name in _SAYING
        if name in values and _ANY.search(values[name].value)
    }
    if not words:
        return Standing(Status.PUBLISHED, values)
    for name in words:
        status = _matched(_ALONE, words, name)
        if status:
            return Standing(status, {n: v for n, v in values.items() if n != name})
    for name in _NOTES:
        status = _matched(_FIRST, words, name)
        if status:
            rest = {n: v for n, v in values.items() if n != name}
            return Standing(status, {**rest, "pubstate": values[name]})
    for name in (*_VENUES, "howpublished", "year"):
        for form in (_FIRST, _LAST):
            status = _matched(form, words, name)
            if status:
                venue = _rest(values[name], _patterns(form)[status])
                return Standing(status, {**values, name: venue})
    return Standing(Status.PUBLISHED, values)


def _matched(form: str, words: Mapping[str, str], name: str) -> Status | None:
    if name not in words:
        return None
    patterns = _patterns(form).items()
    found = (status for status, pattern in patterns if pattern.fullmatch(words[name]))
    return next(found, None)


def _rest(text: Text, pattern: re.Pattern[str]) -> Text:
    """Return a value without its status and without a brace that has lost its partner."""
    match = pattern.fullmatch(_SEPARATOR.sub(" ", text.value))
    if match is None:
        return text
    start, end = match.span("rest")
    written = text.value[start:end]
    end -= len(written) - len(written.rstrip(" ,;:-~"))
    if written.count("{") > written.count("}") and written.startswith("{"):
        start += 1
    if written.count("}") > written.count("{") and written.endswith("}"):
        end -= 1
    return text.slice(start, end)
