"""Values that say nothing, repeat the name of their field, or hold half a formula."""

from __future__ import annotations

import re

from cvtex.diagnostics.diagnostic import Safety
from cvtex.lint.bib_prose import edit_of_value, is_own
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.bibliography.fields import own_values, records
from cvtex.lint.rules.shared import fix_of_all
from cvtex.readers.bibtex.record import PRINTED
from cvtex.source import Text
from cvtex.support.lazy_re import lazy_re

_FILLED = PRINTED - {"title", "subtitle", "titleaddon", "shorttitle", "type", "year", "month"}
"""Fields that never say such a thing on purpose, and that no other rule checks for it."""

_NOTHING = frozenset("n/a n.a na none null nil nan undefined unknown tba ? ?? ???".split())
_BETWEEN = lazy_re(r"[\s–—-]+")
_LONGEST = 16
"""The most characters of a value that says nothing."""

_DOLLAR = lazy_re(r"(?<!\\)\$")

_START = r"(?:\A[\s{]*|(?<=[\s~,;/–—-]))"
_GAP = r"(?:\s|~|\\[ ,;])*"
_LABELS = {
    "volume": lazy_re(
        rf"{_START}(?P<label>(?i:(?:vol(?:ume)?|bd|band|tom[eo]|jg|jahrgang)\b[.:]?|t\.){_GAP})"
        r"(?=\d|[IVXLC]+\b)"
    ),
    "number": lazy_re(
        rf"{_START}(?P<label>(?:(?i:(?:no|nr|num|number|issue|heft)\b[.:]?|n\.?[°º])|\\?#|№){_GAP})"
        r"(?=\d)"
    ),
    "pages": lazy_re(
        rf"{_START}(?P<label>(?:(?i:(?:pages?|seiten?)[.:]?|pp?\.|pp)|S\.|s\.\s){_GAP})"
        r"(?=\d|(?<![a-z])[ivxlcIVXLC]+\b)"
    ),
}
"""The words that styles put before a value; `S12` is a page of a supplement."""
_NUMBERED = frozenset(("article", "periodical"))
"""Types whose number is that of an issue; a report may well be called "No. 3"."""


@rule("CV371")
def void_value_in_field(context: LintContext) -> RuleFindings:
    """A field says that it has nothing to say: `n/a`, `None`, `nan`, a dash.

    Scripts and forms write it where there was no value. BibTeX takes it for one: the publication
    then has the pages "n/a", and a style that wants the article's number instead does not look for
    it.

    Bad:

    ```bibtex
    pages = {n/a--n/a},
    ```

    Good:

    ```bibtex
    eid = {012345},
    ```
    """
    for record in records(context):
        for name, text in record.values.items():
            if name in _FILLED and _is_void(text.value) and is_own(record, text):
                message = f"`{text.value.strip()}` is not a value"
                yield Finding(message, text.span, "delete the field, or fill it in")


def _is_void(value: str) -> bool:
    """Return whether all words of a value mean nothing, or it is a dash and no word."""
    if value[:1].isdigit() or len(value) > _LONGEST:
        return False
    words = {word.strip("{}.()").casefold() for word in _BETWEEN.split(value)} - {""}
    return words <= _NOTHING and bool(words or set(value) & set("-–—"))


@rule("CV372", fix=Safety.SAFE)
def label_in_field(context: LintContext) -> RuleFindings:
    """A volume, a number or a range of pages is written with its label, as in `Vol. 12`.

    Styles put the label themselves, each its own, or none: what is printed then is "vol. Vol. 12".

    Bad:

    ```bibtex
    volume = {Vol. 12},
    pages  = {pp. 24--66},
    ```

    Good:

    ```bibtex
    volume = {12},
    pages  = {24--66},
    ```

    Fix: deletes all labels of the field, where none of another field stands there, too. It is
    safe, since the field says the same.
    """
    for name, label in _LABELS.items():
        for record, text in own_values(context, name):
            has_label = not text.value[:1].isdigit() and label.match(text.value)
            if has_label and (name != "number" or record.type in _NUMBERED):
                yield _label(text, [*label.finditer(text.value)])


def _label(text: Text, found: list[re.Match[str]]) -> Finding:
    places = [match.span("label") for match in found]
    said, hint = found[0]["label"].rstrip("~ \\\t\r\n,;"), "delete it"
    fix = fix_of_all(hint, (edit_of_value(text, *at, "") for at in places), Safety.SAFE)
    rest = text.value[places[-1][1] :]
    if any(other.search(rest) for other in _LABELS.values()):
        fix, hint = None, "write each value without its label, and into its own field"
    message = f"`{said}` is put before the value by styles"
    return Finding(message, text.place(*places[0]), hint, fix=fix)


@rule("CV348", fix=Safety.UNSAFE)
def lone_dollar(context: LintContext) -> RuleFindings:
    r"""A dollar sign has no partner.

    In LaTeX a dollar begins a formula and the next one ends it. With one alone BibTeX's document
    stops at "Missing $ inserted"; a sum of money needs a backslash.

    Bad:

    ```bibtex
    note = {Grant of $5 million},
    ```

    Good:

    ```bibtex
    note = {Grant of \$5 million},
    ```

    Fix: puts a backslash before it. It is unsafe, as it may be the partner that is missing.
    """
    for prose in context.fields:
        dollars = [match.start() for match in _DOLLAR.finditer(prose.text.value)]
        if len(dollars) % 2:
            at = dollars[-1]
            fix = None
            if len(dollars) == 1:
                message = "put a backslash before it"
                fix = prose.fix(at, at + 1, "\\$", message, Safety.UNSAFE)
            hint = "write `\\$` for money, or close the formula with another `$`"
            place = prose.text.place(at, at + 1)
            yield Finding("this `$` has no partner", place, hint, fix=fix)
