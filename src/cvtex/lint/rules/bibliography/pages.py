"""Page ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvtex.diagnostics.diagnostic import Safety
from cvtex.lint.bib_prose import written
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.bibliography.fields import is_for_biblatex, own_values, records
from cvtex.lint.rules.shared import fix_at
from cvtex.readers.bibtex.bibliography import BibRecord
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

_RANGE = lazy_re(
    r"(?<![\w.:/-])(?P<letters>[A-Za-z]{0,3})(?P<first>\d+)(?::(?P<of>\d+))?"
    r"(?P<sign>\s*(?:-+|[–—‐‑]|\\textendash(?:\{\}|\s))\s*)"
    r"(?P=letters)?(?P<last>\d+)(?::(?P<to>\d+))?(?![\w.:/–—-])"
)
_OPEN = lazy_re(r"(?<![\w.:/-])[A-Za-z]{0,3}\d+(?P<sign>\s?[-—‐‑])(?=\s*(?:,|\Z))")
_THREE = lazy_re(r"(?<![\w.:/–-])\d+(?:\s*(?:--|–)\s*\d+){2,}(?![\w.:/–-])")

_NO_DASHES = frozenset(("-", "---", "—", "‐", "‑"))


@rule("CV349", fix=Safety.SAFE)
def hyphen_in_page_range(context: LintContext) -> RuleFindings:
    """A range of pages is written with one hyphen, with three, or with an em dash.

    Between the first and the last page stands an en dash, which is `--` in BibTeX. cvtex reads
    `24-66` as a range; BibTeX prints the hyphen. biblatex reads it so too: files that have its
    `date` or `journaltitle` are not reported. So are numbers that may be none, such as `12-1`.
    A range without an end, such as `5--`, has two hyphens as well.

    Bad:

    ```bibtex
    pages = {24-66},
    ```

    Good:

    ```bibtex
    pages = {24--66},
    ```

    Fix: writes `--`.
    """
    for_biblatex = {id(r.span.source) for r in records(context) if is_for_biblatex(r)}
    for record, text, match in _ranges(context):
        sign = match["sign"].strip()
        if sign == "-" and id(record.span.source) in for_biblatex:
            continue
        if sign in _NO_DASHES and _runs(match) and _is_certain(match):
            yield _hyphen(text, match, f"{_first(match)}--{_last(match)}")
    for record, text in _pages(context):
        if id(record.span.source) not in for_biblatex:
            for match in _OPEN.finditer(text.value):
                yield _hyphen(text, match, f"{_first(match)}--")


def _hyphen(text: Text, match: re.Match[str], meant: str) -> Finding:
    message = f"`{match[0]}` has `{match['sign'].strip()}` for a dash"
    fix = fix_at(written(text, *match.span("sign")), "--", "write `--`", Safety.SAFE)
    return Finding(message, text.place(*match.span()), f"write `{meant}`", fix=fix)


def _pages(context: LintContext) -> Iterator[tuple[BibRecord, Text]]:
    """Yield the pages of entries, where there may be a dash in them."""
    for record, text in own_values(context, "pages"):
        if "-" in text.value or not text.value.isascii():
            yield record, text


def _ranges(context: LintContext) -> Iterator[tuple[BibRecord, Text, re.Match[str]]]:
    for record, text in _pages(context):
        for match in _RANGE.finditer(text.value):
            yield record, text, match


def _first(match: re.Match[str]) -> str:
    return match[0][: match.start("sign") - match.start()]


def _last(match: re.Match[str]) -> str:
    return match[0][match.end("sign") - match.start() :]


def _numbers(match: re.Match[str]) -> tuple[int, int]:
    """Return the two numbers that are compared; of `12:1--12:9` those of the pages."""
    if match["of"] and match["to"] and match["first"] == match["last"]:
        return int(match["of"]), int(match["to"])
    return int(match["first"]), int(match["last"])


def _runs(match: re.Match[str]) -> bool:
    """Return whether the last page comes after the first, or is shortened, as in `1023--30`."""
    first, last = _numbers(match)
    short = len(match["last"]) < len(match["first"])
    if first >= last and short:
        return int(match["first"][: -len(match["last"])] + match["last"]) > first
    return first <= last


def _is_certain(match: re.Match[str]) -> bool:
    """Return whether two numbers must be pages: `2021-3` and `12-12` may be an article's."""
    first, last = _numbers(match)
    return first < last and not match["last"].startswith("0")


@rule("CV350")
def reversed_page_range(context: LintContext) -> RuleFindings:
    """A range of pages ends before it starts, or ends twice.

    A digit is wrong or missing, or the two numbers are swapped. Shortened ranges, such as
    `1023--30`, are not reported. In `1--3--5` a comma is missing, or a number is too many.

    Bad:

    ```bibtex
    pages = {266--24},
    ```

    Good:

    ```bibtex
    pages = {24--266},
    ```
    """
    for _, text, match in _ranges(context):
        if match["sign"].strip() != "-" and not _runs(match) and not match["last"].startswith("0"):
            message = f"the pages `{match[0]}` run backwards"
            yield Finding(message, text.place(*match.span()), "compare them with the paper")
    for _, text in _pages(context):
        for match in _THREE.finditer(text.value):
            message = f"the pages `{match[0]}` end twice"
            yield Finding(message, text.place(*match.span()), "write ranges as `1--3, 5--7`")
