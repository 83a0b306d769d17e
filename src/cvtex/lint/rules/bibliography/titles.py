"""Titles: their capitals and how they end."""

from __future__ import annotations

import re

from cvtex.diagnostics.diagnostic import Fix, Safety, Severity
from cvtex.lint.bib_prose import edit_of_value, is_own, written
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.rules.bibliography.fields import entries, own, own_values, records
from cvtex.lint.rules.shared import fix_at, fix_of_all
from cvtex.readers.bibtex.bibliography import BibRecord
from cvtex.richtext.plain import plain_text
from cvtex.source import Span, Text
from cvtex.support.lazy_re import lazy_re

_TITLES = ("title", "subtitle", "booktitle", "maintitle")
_WORD = lazy_re(r"[^\W\d_]+")
_FEWEST_WORDS = 4
_FEWEST_LETTERS = 18
_INNER_CAPITAL = lazy_re(r"(?<![\w\\{}$'-])(?:[^\W_]*[^\W_a-z][A-Z][^\W_]*|[^\W\d_]+[A-Z]\w*)")
_NO_LETTERS = lazy_re(r"\\[A-Za-z]+\s*|\\.|\$[^$]*\$|(?P<brace>[{}])", re.DOTALL)
_STOP = lazy_re(r"(?<![^\W\d_])(?P<word>[^\W\d_]{4,})(?P<stop>[.,;])\s*\Z")
_SHORT = frozenset(
    (
        "proc univ assoc dept corp supp suppl prog comm bull jour trans incl vols repr edns impr"
        " chap chaps sect suppls transl introd illus annot facs facsim hrsg bearb übers aufl ausg"
        " neudr nachdr jahrg abth orig publ diss natl intl acad inst conf symp"
    ).split()
)


@rule("CV343")
def title_in_capitals(context: LintContext) -> RuleFindings:
    """A title is written in capitals from beginning to end.

    It shouts at the reader, and no program can tell which of its words are names and acronyms, so
    none can set it in small letters. Publishers' websites often export titles so.

    Bad:

    ```bibtex
    title = {A UNIFIED THEORY OF ERROR FEEDBACK},
    ```

    Good:

    ```bibtex
    title = {A Unified Theory of Error Feedback},
    ```
    """
    for publication, record in entries(context):
        text = record.values.get("title")
        if text is None or not text.value.isupper():
            continue
        if is_own(record, text) and _shouts(plain_text(publication.title)):
            hint = "write it as the words are written, with capitals for names and acronyms"
            yield Finding(f"the title of `{record.key}` is in capitals", text.span, hint)


def _shouts(title: str) -> bool:
    words = _WORD.findall(title)
    letters = sum(map(len, words))
    return title.isupper() and len(words) >= _FEWEST_WORDS and letters >= _FEWEST_LETTERS


@rule("CV344", Severity.INFO, fix=Safety.SAFE, default=False)
def unprotected_capitals(context: LintContext) -> RuleFindings:
    """An acronym or a name with capitals inside it has no braces in a title.

    cvtex prints titles as they are written. Many styles of BibTeX, and the APA style of biblatex,
    set titles in small letters and would print "Bert" or "Visualgpt". The rule is off unless you
    select it; it is for .bib files that are used elsewhere as well.

    Bad:

    ```bibtex
    title = {VisualGPT: Adaptation of Language Models},
    ```

    Good:

    ```bibtex
    title = {{VisualGPT}: Adaptation of Language Models},
    ```

    Fix: puts braces around the word, which is safe: they are not printed.
    """
    for _, text in own_values(context, "title"):
        for match in () if text.value.isupper() else _INNER_CAPITAL.finditer(_bare(text.value)):
            word, place = f"{{{match[0]}}}", written(text, *match.span())
            fix = fix_at(place, word, "put it into braces", Safety.SAFE)
            message = f"`{match[0]}` has no braces to keep its capitals"
            yield Finding(message, text.place(*match.span()), f"write `{word}`", fix=fix)


def _bare(title: str) -> str:
    """Return the title with NULs for commands, formulas and everything in braces."""
    parts, depth, end = [], 0, 0
    for match in _NO_LETTERS.finditer(title):
        between = title[end : match.start()]
        parts += ["\0" * len(between) if depth else between, "\0" * len(match[0])]
        depth = max(0, depth + {"{": 1, "}": -1}.get(match["brace"], 0))
        end = match.end()
    return "".join(parts) + ("" if depth else title[end:])


@rule("CV345", Severity.INFO, fix=Safety.UNSAFE, default=False)
def double_braced_title(context: LintContext) -> RuleFindings:
    """A whole title stands in a second pair of braces.

    It keeps every style from setting the title in small letters, which the style of a journal may
    want. Braces belong around the words that need them. cvtex prints both alike, so the rule is
    off unless you select it.

    Bad:

    ```bibtex
    title = {{Idealtheorie in Ringbereichen}},
    ```

    Good:

    ```bibtex
    title = {Idealtheorie in {Ringbereichen}},
    ```

    Fix: deletes the inner braces. It is unsafe, as names in the title then have none.
    """
    for record, text in own_values(context, "title"):
        if _is_braced(text.value):
            message = f"the title of `{record.key}` stands in two pairs of braces"
            hint = "put braces around names and acronyms only"
            yield Finding(message, text.span, hint, fix=_without_braces(text))


def _is_braced(title: str) -> bool:
    inside = title.strip()
    if not (inside.startswith("{") and inside.endswith("}") and len(inside.split()) > 1):
        return False
    depth = 0
    for char in inside[:-1]:
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth == 0:
            return False
    return True


def _without_braces(text: Text) -> Fix | None:
    opening, closing = text.value.index("{"), text.value.rindex("}")
    edits = (edit_of_value(text, at, at + 1, "") for at in (opening, closing))
    return fix_of_all("delete the inner braces", edits, Safety.UNSAFE)


@rule("CV346", Severity.INFO, fix=Safety.SAFE)
def stop_after_title(context: LintContext) -> RuleFindings:
    """A title ends in a full stop, a comma or a semicolon.

    What stands between a title and what follows is the style's affair: it puts its own stop there,
    and the line then has two. The stop of an abbreviation, as in `2 vols.`, is not reported. A
    second pair of braces around the whole title makes no difference.

    Bad:

    ```bibtex
    title = {Idealtheorie in Ringbereichen.},
    ```

    Good:

    ```bibtex
    title = {Idealtheorie in Ringbereichen},
    ```

    Fix: deletes the sign.
    """
    for record in records(context):
        for name in _TITLES:
            text = own(record, name)
            if text is None or not text.value.rstrip("} \r\n\t").endswith((".", ",", ";")):
                continue
            match = _STOP.search(text.value, *_inside(text.value))
            if match and match["word"].lower() not in _SHORT:
                yield _stop(record, name, text.place(*match.span("stop")))


def _inside(title: str) -> tuple[int, int]:
    """Return the place of a title inside the pairs of braces around all of it."""
    start, end = 0, len(title)
    while _is_braced(title[start:end]):
        start, end = title.index("{", start) + 1, title.rindex("}", start, end)
    return start, end


def _stop(record: BibRecord, name: str, place: Span | None) -> Finding:
    sign = place.text if place is not None else "."
    exact = place if sign in ".,;" else None
    fix = fix_at(exact, "", "delete it", Safety.SAFE)
    return Finding(f"the {name} of `{record.key}` ends in `{sign}`", place, "delete it", fix=fix)
