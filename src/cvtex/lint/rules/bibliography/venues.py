"""Venues: one name in several ways."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Edit, Fix, Safety, Severity
from cvtex.lint.bib_prose import is_bare, is_own, written
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.bibliography.fields import entries
from cvtex.lint.rules.bibliography.same_venue import shortens
from cvtex.lint.rules.shared import notes_at
from cvtex.richtext.plain import plain_text
from cvtex.source import Span, Text
from cvtex.support.lazy_re import lazy_re

_FIELDS = ("journaltitle", "booktitle")
_WORD = lazy_re(r"[^\W_]+")
_LEADING = lazy_re(
    r"(?:in:?\s+)?(?:the\s+)?(?:(?:proc\.?|proceedings)\s+(?:of\s+)?)?(?:the\s+)?(?=\S)", re.I
)
_SMALL = frozenset(
    "a an and the of on in for to at der die das des den und für im in zur et de la le les du"
    " des pour e y del di da do".split()
)
_THE = lazy_re(r"the\s+", re.I)
_GLUED = lazy_re(r"(?<=[^\W\d_]{2})\.(?=[^\W\d_])|\.(?=[^\W\d_]{2})")
"""A stop without a space behind it, as in `Phys.Rev.D`; `U.S.` has none."""
_ABBREVIATES = 3
"""How many letters a word lacks that is abbreviated, and not another form of the same."""
_SHORTENED = lazy_re(r"[^\W\d_]+\.")


class _VenueName(Struct, frozen=True):
    """A way of writing a venue, and the values that write it so."""

    said: str
    values: tuple[Text, ...]

    @property
    def place(self) -> Span | None:
        return self.values[0].span


@rule("CV351", fix=Safety.UNSAFE)
def venue_in_several_ways(context: LintContext) -> RuleFindings:
    """A venue is written in several ways that differ in capitals, signs or "Proceedings of".

    The CV looks careless, and a venue that is spelt differently is not found under `venues:` of
    cv.yaml. The way that occurs most often counts, and before it the way that stands there.
    Of two that occur as often, that with spaces behind its stops counts, as in `Phys. Rev. D`, and
    that with "The".

    Bad:

    ```bibtex
    @inproceedings{condat2022efbv, booktitle = {NeurIPS}}
    @inproceedings{yi2023scafflix, booktitle = {Neurips}}
    ```

    Good:

    ```bibtex
    @inproceedings{condat2022efbv, booktitle = {NeurIPS}}
    @inproceedings{yi2023scafflix, booktitle = {NeurIPS}}
    ```

    Fix: writes all in the same way. It is unsafe: the names may be meant to differ.
    """
    known = {_bare(name): name for pair in _mapped(context).items() for name in pair}
    groups: dict[str, list[_VenueName]] = defaultdict(list)
    for venue in _venues(context):
        groups[_bare(venue.said)].append(venue)
    for bare, ways in groups.items():
        settled = [way for way in ways if way.said in known.values()]
        best = max(settled or ways, key=_weight)
        meant = best.said if settled else known.get(bare, best.said)
        for way in ways:
            if bare and way.said != meant and way not in settled:
                yield _variant(way, meant, best)


def _weight(way: _VenueName) -> tuple[int, int, int, int, int]:
    """Return how often a way occurs; at a tie, what makes one way better than another.

    In this order: no "Proceedings of", spaces behind its stops, "The", more capitals.
    """
    the = _THE.match(way.said)
    length = the.end() if the else 0
    glued, capitals = len(_GLUED.findall(way.said)), sum(map(str.isupper, way.said))
    return len(way.values), length - _leading(way.said), -glued, length, capitals


def _mapped(context: LintContext) -> Mapping[str, str]:
    return context.project.cv.bibliography.venues


def _venues(context: LintContext) -> list[_VenueName]:
    """Return every way of writing a venue, in the order of their first places."""
    found: dict[str, list[Text]] = defaultdict(list)
    read: dict[str, str] = {}
    strings = context.project.bibliography.strings
    for publication, record in entries(context):
        for name in _FIELDS:
            text = record.values.get(name)
            if text is None or not is_own(record, text) or _is_undefined(text, strings):
                continue
            if text.value not in read:
                read[text.value] = plain_text(publication.fields.get(name, ()))
            if said := read[text.value]:
                found[said].append(text)
    return [_VenueName(said, tuple(values)) for said, values in found.items()]


def _is_undefined(text: Text, strings: Mapping[str, str]) -> bool:
    """Return whether a value is a bare word that no `@string` defines, which CV304 reports."""
    return is_bare(text) and text.value.lower() not in strings


def _bare(said: str) -> str:
    """Return the letters and digits of a venue without "Proceedings of" before it."""
    rest = said[_leading(said) :].replace("&", " and ")
    return "".join(_WORD.findall(rest)).casefold()


def _leading(said: str) -> int:
    match = _LEADING.match(said)
    return match.end() if match else 0


def _variant(way: _VenueName, meant: str, best: _VenueName) -> Finding:
    notes = notes_at(best.place if best is not way else None, "written so here")
    spans = [span for text in way.values if (span := written(text)) and text.value == way.said]
    fix = None
    if len(spans) == len(way.values) and not set(meant) & set('{}\\%$&#_~"'):
        edits = tuple(Edit(span, meant) for span in spans)
        fix = Fix(f"write `{meant}`", edits, Safety.UNSAFE)
    where = "elsewhere" if notes else "under `venues:`"
    return Finding(
        f"`{way.said}` is `{meant}` {where}", way.place, "write it in the same way", notes, fix
    )


@rule("CV352", Severity.INFO)
def abbreviated_venue(context: LintContext) -> RuleFindings:
    """A journal is abbreviated in one entry and written in full in another.

    Choose one of the two. To print whichever you like, write the full name everywhere and list the
    short one in cv.yaml: `bibliography: {venues: {Math. Ann.: Mathematische Annalen}}`.

    Bad:

    ```bibtex
    @article{noether1921, journal = {Mathematische Annalen}}
    @article{noether1927, journal = {Math. Ann.}}
    ```

    Good:

    ```bibtex
    @article{noether1921, journal = {Mathematische Annalen}}
    @article{noether1927, journal = {Mathematische Annalen}}
    ```
    """
    mapped = _mapped(context)
    settled = {*mapped, *mapped.values()}
    venues = _venues(context)
    in_full: dict[str, list[_VenueName]] = defaultdict(list)
    for venue in venues:
        if not _SHORTENED.search(venue.said):
            in_full[_initials(venue.said)].append(venue)
    for venue in venues:
        matching = [v for v in in_full.get(_initials(venue.said), ()) if _shortens(venue, v)]
        if len(matching) == 1 and not settled >= {venue.said, matching[0].said}:
            yield _abbreviated(venue, matching[0])


def _abbreviated(venue: _VenueName, full: _VenueName) -> Finding:
    notes = notes_at(full.place, "written in full here")
    message = f"`{venue.said}` is `{full.said}` elsewhere"
    return Finding(message, venue.place, "write it in the same way", notes)


def _words(said: str) -> list[str]:
    words = (word.casefold() for word in _WORD.findall(said))
    return [word for word in words if word not in _SMALL]


def _initials(said: str) -> str:
    return "".join(word[0] for word in _words(said))


def _shortens(short: _VenueName, full: _VenueName) -> bool:
    """Return whether each word of one begins the word of the other, and it is not CV351's.

    A name of one word says too little, and so does one that lacks no more than an ending.
    """
    pairs = list(zip(_words(short.said), _words(full.said), strict=True))
    spared = max((len(b) - len(a) for a, b in pairs), default=0)
    if len(pairs) < 2 or spared < _ABBREVIATES or _bare(short.said) == _bare(full.said):
        return False
    return all(shortens(a, b) for a, b in pairs)
