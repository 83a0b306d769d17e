"""Punctuation: hyphens in ranges, marks that stand twice or alone."""

from __future__ import annotations

import re

from cvtex.diagnostics.diagnostic import Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.cv_prose import CvProse
from cvtex.lint.prose import matches
from cvtex.support.lazy_re import lazy_re

_ON = (
    "present|now|today|current|ongoing|heute|aujourd['’]hui|présent|presente|actualidad|oggi|heden"
)
_YEARS = lazy_re(
    rf"(?<![\w./-])(?<!\d,)(?P<first>\d{{4}})(?P<hyphen> ?-[ \n]?)"
    rf"(?P<last>\d{{4}}|\d{{2}}|{_ON})(?![\w/-]|[.,]\d)",
    re.IGNORECASE,
)
_STANDARD = lazy_re(
    r"\b(?:IEEE|ISO|IEC|ANSI|DIN|EN|ASTM|SAE|JIS|GB|Std|Norm|N[º°]|ID"
    r"|(?i:ISSN|ISBN|NCT|standard|no|nr|num|number|nummer|numéro|rooms?|raum|zimmer|salle|office"
    r"|büro|bureau|building|grants?|projects?|projekt|projet|contract|vertrag|award|patent|licen[cs]e"
    r"|phone|telephone|telefon|tel|fax|mobile|ext|code|version|models?|type|series|serial|course"
    r"|kurs|box|postfach|ref|reference|file|account|ticket|case))\b"
    r"(?:\s?\((?:online|print|e|electronic)\))?[\s./#:A-Z-]*\Z"
    r"|[#§]\s?\Z"
)
"""The words before an identifier that may look like two years: of a standard, a grant, a room."""
_PAGES = lazy_re(
    r"(?<![\w.])(?:pp?\.|pages?|S\.|Seiten?|p[áa]gs?\.|pagine?|páginas?|blz\.|[Vv]ols\.|[Cc]hapters"
    r"|[Ss]ections)[ \u00a0\u202f]?(?P<first>\d+)(?P<hyphen> ?-[ \n]?)(?P<last>\d+)"
    r"(?![\w/-]|[.,]\d)"
)

_REPEATED = lazy_re(
    r"(?P<twice>(?<=[\w\0)])(?P<mark>[,;])(?:[ ]?(?P=mark))+(?=\s|\Z)"
    r"|(?<=[^\W\d_][^\W\d_])\.\.(?=\s|\Z))"
    r"|(?P<both>(?<=\w)(?:,\.|\.,,|;,|,;|\.;\.)(?=\s|\Z))"
)
_DANGLING = lazy_re(r"(?<=[\w)\]\0”\"]),\s*\Z")
_LEADING = lazy_re(r"\A[,;:](?=\s?[^\W\d_]{2})\s?")

_ENUMERATOR = lazy_re(r"(?:(?<=^)|(?<=[\s(,;]))(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4}|[IVX]{1,4})\Z")
_EMOTICON = lazy_re(r"[:;]-?[()]")
_INTERVAL = lazy_re(r"[\[(][^\s\[\](),]{1,9},\s?[^\s\[\](),]{1,9}[\])]")
_CURVED = lazy_re("[“”„‟]")
_ANGLED = lazy_re("[«»]")
_STRAIGHT = lazy_re(r'(?<!\w(?="\w))(?<![\\=])"(?!>)')


@rule("CV203", fix=Safety.SAFE)
def hyphen_in_range(context: LintContext) -> RuleFindings:
    """A hyphen stands between two years or two pages, where an en dash belongs.

    A hyphen joins two words to one. A range, from one year to another, takes the longer en dash in
    nearly every language, and so do all dates that cvtex prints: with a hyphen in a text the CV
    has two kinds of ranges. Dates, telephone numbers, names such as "H-2020" and
    identifiers such as "ISSN 1932-2021" are not reported.

    Bad:

    ```yaml
    body: Editor of the journal, 1918-1921, see pp. 3-7.
    ```

    Good:

    ```yaml
    body: Editor of the journal, 1918–1921, see pp. 3–7.
    ```

    Fix: writes an en dash without blanks. This is safe, since the range stays the same.
    """
    texts = [prose for prose in context.texts if prose.field != "number"]
    for prose, match in matches(texts, _YEARS):
        before = prose.plain[max(0, match.start() - 40) : match.start()]
        if _are_years(match["first"], match["last"]) and not _STANDARD.search(before):
            yield _range(prose, match)
    for prose, match in matches(texts, _PAGES):
        first, last = match["first"], match["last"]
        is_chapter = match[0].startswith("p.") and len(last) < min(2, len(first))
        if not is_chapter and int(last) > int(first[-len(last) :]):
            yield _range(prose, match)


def _range(prose: CvProse, match: re.Match[str]) -> Finding:
    place = match.start("first"), match.end()
    return Finding(
        f"a hyphen in the range `{' '.join(prose.text.value[slice(*place)].split())}`",
        prose.text.place(*place),
        f"write an en dash: `{match['first']}–{match['last']}`",
        fix=prose.fix(*match.span("hyphen"), "–", "write an en dash", Safety.SAFE),
    )


def _are_years(first: str, last: str) -> bool:
    """Return whether two numbers are a range of years; 2020-12 may be a month, 1000-1200 not."""
    if not last.isdigit():
        return 1800 <= int(first) < 2100
    if len(last) == 2:
        return 1800 <= int(first) < 2100 and int(last) > max(12, int(first[2:]))
    return 1500 <= int(first) < int(last) < 2100


@rule("CV222", fix=Safety.SAFE)
def repeated_punctuation(context: LintContext) -> RuleFindings:
    """A mark stands twice, two marks exclude each other, or a comma begins or ends a text.

    It is left over when words are deleted. cvtex puts commas between the parts of an entry
    itself, so a comma at the end of a text is printed twice.

    Bad:

    ```yaml
    location: Göttingen,, Germany,
    ```

    Good:

    ```yaml
    location: Göttingen, Germany
    ```

    Fix: deletes the second mark, or the one at the beginning or the end. Where two different
    marks stand there is no fix, since one of them is meant.
    """
    for prose in context.texts:
        leading = _LEADING.match(prose.plain)
        if leading:
            mark, hint = leading[0].strip(), "delete it"
            fix = prose.fix(*leading.span(), "", hint, Safety.SAFE)
            yield Finding(f"a `{mark}` begins this text", prose.text.place(0, 1), hint, fix=fix)
        for match in _REPEATED.finditer(prose.plain):
            yield _repeated(prose, match)
        end = _DANGLING.search(prose.plain)
        if end and prose.path[-2:-1] != ("details",) and not _REPEATED.search(prose.plain):
            place = end.start(), end.start() + 1
            fix = prose.fix(*place, "", "delete the comma", Safety.SAFE)
            yield Finding("a comma ends this text", prose.text.place(*place), "delete it", fix=fix)


def _repeated(prose: CvProse, match: re.Match[str]) -> Finding:
    place, marks = prose.text.place(*match.span()), match[0]
    if match["both"]:
        return Finding(f"`{marks}` cannot stand side by side", place, "keep one of them")
    start, end = match.start() + 1, match.end()
    fix = prose.fix(start, end, "", f"keep one `{marks[0]}`", Safety.SAFE)
    return Finding(f"`{marks[0]}` stands twice", place, "keep one", fix=fix)


@rule("CV223")
def unclosed_bracket(context: LintContext) -> RuleFindings:
    """A parenthesis is opened and never closed, or closed and never opened.

    The reader waits for the end of what was opened. Numbers such as "a)" and "1)" are not reported,
    and so are half-open intervals such as "[0, 1)".

    Bad:

    ```yaml
    degree: M.Sc. in Mathematics (with distinction
    ```

    Good:

    ```yaml
    degree: M.Sc. in Mathematics (with distinction)
    ```
    """
    for prose in context.texts:
        for at in _unpaired(prose.plain):
            opens = prose.plain[at] in "(（"
            yield Finding(
                f"this parenthesis is never {'closed' if opens else 'opened'}",
                prose.text.place(at, at + 1),
                f"write the `{')' if opens else '('}` that belongs to it, or delete it",
            )


def _unpaired(text: str) -> list[int]:
    """Return the places of parentheses without a partner."""
    opened: list[int] = []
    alone: list[int] = []
    for covered in (_EMOTICON, _INTERVAL):
        text = covered.sub(lambda match: " " * len(match[0]), text)
    for match in re.finditer("[()（）]", text):
        at = match.start()
        if match[0] in "(（":
            opened.append(at)
        elif opened:
            opened.pop()
        elif not _ENUMERATOR.search(text[max(0, at - 6) : at]):
            alone.append(at)
    return sorted(alone + [at for at in opened if text[at - 1 : at] != "]"])


@rule("CV224")
def unclosed_quote(context: LintContext) -> RuleFindings:
    """A quotation mark has no partner, or a curved one is closed by a straight one.

    cvtex turns pairs of straight marks into those of the language. One that is alone stays as it
    is, and the reader cannot tell where the quotation ends. Inches, as in 27", are not reported.

    Bad:

    ```yaml
    title: “Idealtheorie in Ringbereichen"
    ```

    Good:

    ```yaml
    title: "“Idealtheorie in Ringbereichen”"
    ```
    """
    for prose in context.texts:
        odd = [
            places
            for marks in (_STRAIGHT, _CURVED, _ANGLED)
            if (places := _places(marks, prose.plain)) and len(places) % 2
        ]
        if odd:
            yield _unclosed_quote(prose, sorted(places[-1] for places in odd))


def _places(marks: re.Pattern[str], text: str) -> list[int]:
    """Return the places of marks; none where one behind a digit may be that of inches."""
    found = [match.start() for match in marks.finditer(text)]
    return [] if any(text[at - 1 : at].isdigit() for at in found) else found


def _unclosed_quote(prose: CvProse, alone: list[int]) -> Finding:
    message, hint = "this quotation mark has no partner", "write its partner, or delete it"
    if len(alone) > 1:
        message = "these quotation marks are of two kinds"
        hint = "type both alike, straight or curved"
    return Finding(message, prose.text.place(alone[0], alone[-1] + 1), hint)
