"""LaTeX that was typed into cv.yaml, where it is not read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cvtex.diagnostics.diagnostic import Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.cv_prose import CvProse
from cvtex.lint.prose import matches
from cvtex.lint.rules.shared import instead
from cvtex.readers.bibtex.latex_commands import put_accent
from cvtex.readers.bibtex.latex_symbols import SYMBOLS
from cvtex.support.lazy_re import lazy_re

_DASH = lazy_re(
    r"(?:(?<=[^\s-] )(?=---? [^\s-])|(?<=[\w)\]\0”\"])(?=---?[\w(\[\0“\"]))(?P<sign>---?)"
)
_QUOTES = lazy_re(
    r"(?<![`\w])(?:``(?=[^\s`])(?P<high>[^`\n]{0,200}?[^\s`'])(?:''(?!')|\")"
    r"|,,(?=[^\s,])(?P<low>[^`\n]{0,200}?[^\s`'])(?:''(?!')|``|[\"“”]))"
)
_THIN = lazy_re(r"(?<=[\w.])\\,(?=\w)")
_TIE = lazy_re(
    r"(?<![\w.])(?!(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.)"
    r"(?:(?:[A-Za-z]{1,5}\.)+|Figure|Section|Chapter|Table|Theorem|Lemma|Part)~(?=\w)"
)

_LETTERS = lazy_re(
    r"""\{\\(?P<sign>[`'^~="])\s*\{?(?P<a>\\[ij]|[A-Za-z])\}?\}   # {\"o} {\'{e}}
    |\\(?P<sign2>[`'^~=."])\{(?P<b>\\[ij]|[A-Za-z])\}              # \"{o}
    |(?<=[A-Za-z])\\(?P<sign3>[`'^~"])(?P<c>[aeiouyn])            # G\"odel
    |(?<=[A-Za-z])\\(?P<sign4>['`])\\i(?![A-Za-z])                 # Mart\'\i
    |\{?\\(?P<accent>[cvuHkr])\{(?P<d>[A-Za-z])\}\}?               # \v{c}
    |\{\\(?P<name>ss|o|O|l|L|ae|AE|oe|OE|aa|AA|i|dh|DH|th|TH|dj|DJ)(?:\{\})?\}
    |\\(?P<bare>ss|o|O|l|L|ae|AE|oe|OE|aa|AA)(?:\{\}|\\[ ])""",
    re.VERBOSE,
)

_ELISION = lazy_re(r"\b(?:[cdjlmnst]|qu)\Z", re.IGNORECASE)
"""The letters before an apostrophe in French, which some people escape."""

_STYLED: Mapping[str, str] = {
    "textbf": "**{}**",
    "emph": "*{}*",
    "textit": "*{}*",
    "textsl": "*{}*",
    "texttt": "`{}`",
    "underline": "{}",
    "textrm": "{}",
    "textsf": "{}",
    "textsc": "{}",
    "mbox": "{}",
    "text": "{}",
    "url": "<{}>",
}
"""Commands with one argument, and what is typed in their place."""

_DECLARED = {"bf": "**{}**", "bfseries": "**{}**", "em": "*{}*", "it": "*{}*", "tt": "`{}`"}

_LAYOUT = (
    "newline linebreak hfill vspace hspace smallskip medskip bigskip noindent footnote cite citep"
    " citet ref item begin end textsuperscript textsubscript vfill quad qquad newpage pagebreak"
    " small large textcolor"
).split()
"""Commands that have no counterpart in a text."""

_MARKS = (
    "LaTeX LaTeXe TeX BibTeX XeTeX XeLaTeX LuaTeX LuaLaTeX pdfTeX pdfLaTeX ldots dots textendash"
    " textemdash copyright textregistered texttrademark textbullet textless textgreater"
    " textasciitilde textquoteleft textquoteright textquotedblleft textquotedblright dag ddag"
    " textdegree euro pounds"
).split()
_MORE_MARKS = {"textasciitilde": "~", "textdegree": "°"}
_COMMAND = lazy_re(
    r"(?<![\\:/])(?:(?<!\w)|(?=\\(?:ldots(?![A-Za-z])|text[a-z]{4,}|[A-Za-z]+\{)))(?:"
    r"\\href\{(?P<address>[^{}\s]*)\}\{(?P<linked>[^{}]*)\}"
    rf"|\\(?P<styled>{'|'.join(_STYLED)})\{{(?P<inside>[^{{}}]*)\}}"
    rf"|\{{\\(?P<declared>{'|'.join(_DECLARED)})(?![A-Za-z])\s*(?P<within>[^{{}}\\]+)\}}"
    rf"|\\(?P<mark>{'|'.join(_MARKS)})(?:\{{\}}|(?![A-Za-z]))"
    rf"|\\(?P<layout>{'|'.join(_LAYOUT)})(?![A-Za-z])"
    r")"
)
"""A command; right behind a letter only one that is not a folder, as in `src\\small`."""
_PATH = lazy_re(r"(?<!\S)[(\"'“]?(?:[A-Za-z]:\\|\\\\|\S*/)\S*\w\Z")
"""The part of a path before its last folder."""


@rule("CV210", fix=Safety.SAFE)
def latex_punctuation(context: LintContext) -> RuleFindings:
    """Dashes, quotation marks or no-break spaces are typed as in LaTeX.

    In cv.yaml every character stands for itself: "--" is two hyphens, "~" a tilde, and text between
    two pairs of backticks is code. Type the character itself. Straight quotation marks become
    those of the language.

    Bad:

    ```yaml
    body: The ``Invariante Variationsprobleme'' -- with Prof.~Hilbert.
    ```

    Good:

    ```yaml
    body: The “Invariante Variationsprobleme” – with Prof. Hilbert.
    ```

    Fix: writes the character that LaTeX would print: an en dash or an em dash, the quotation marks
    of the language, a no-break space.
    """
    texts = context.texts
    for prose, match in matches(texts, _DASH):
        sign, what = ("–", "an en dash") if len(match["sign"]) == 2 else ("—", "an em dash")
        yield _punctuation(prose, match.span("sign"), sign, what)
    for prose, match in matches(texts, _TIE):
        yield _punctuation(prose, (match.end() - 1, match.end()), "\u00a0", "a no-break space")
    for prose, match in matches(texts, _THIN):
        yield _punctuation(prose, match.span(), "\u202f", "a thin space")
    for prose in texts:
        opening, closing, *_ = prose.terms.quotes
        for match in _QUOTES.finditer(prose.text.value):
            written = f"{opening}{match['high'] or match['low']}{closing}"
            yield _punctuation(prose, match.span(), written, "quotation marks")


def _punctuation(prose: CvProse, place: tuple[int, int], new: str, what: str) -> Finding:
    message = f"this is LaTeX for {what}, and prints otherwise here"
    hint = f"type `{new}`" if new.strip() else f"type a space, or {what} (U+{ord(new):04X})"
    fix = prose.fix(*place, new, f"write {what}", Safety.SAFE)
    return Finding(message, prose.text.place(*place), hint, fix=fix)


@rule("CV226", fix=Safety.SAFE)
def latex_accent(context: LintContext) -> RuleFindings:
    r"""A letter with an accent is typed as in LaTeX.

    In cv.yaml every character stands for itself, backslashes and braces included. The file is
    UTF-8: type the letter itself.

    Bad:

    ```yaml
    location: G{\"o}ttingen
    ```

    Good:

    ```yaml
    location: Göttingen
    ```

    Fix: writes the letter.
    """
    for prose in context.texts:
        for match in _LETTERS.finditer(prose.outside_code):
            letter = _letter(match)
            elided = match["sign3"] == "'" and _ELISION.search(
                prose.text.value[max(0, match.start() - 4) : match.start()]
            )
            if len(letter) == 1 and not elided:
                message = f"`{match[0]}` is LaTeX, and prints with its backslash"
                yield instead(prose, match.span(), message, letter, Safety.SAFE)


def _letter(match: re.Match[str]) -> str:
    known = match.groupdict(default="")
    name = known["name"] or known["bare"]
    if name:
        return SYMBOLS[name]
    sign = known["sign"] or known["sign2"] or known["sign3"] or known["sign4"] or known["accent"]
    letter = known["a"] or known["b"] or known["c"] or known["d"] or "i"
    return put_accent(sign, letter.removeprefix("\\"))


@rule("CV225", fix=Safety.UNSAFE)
def latex_command(context: LintContext) -> RuleFindings:
    r"""A LaTeX command is typed into a text, where it prints with its backslash.

    A text of cv.yaml is Markdown: emphasis is `*so*`, a link is `[text](address)`, and every other
    character stands for itself. Mathematics may stand between dollars, and LaTeX as
    `` `\LaTeX`{=latex} `` where the CV says `raw_latex: true`.

    Bad:

    ```yaml
    body: I proved \emph{two} theorems.
    ```

    Good:

    ```yaml
    body: I proved *two* theorems.
    ```

    Fix: writes the Markdown or the character. This is unsafe, since a command may be meant as such.
    """
    for prose in context.texts:
        text = prose.outside_code
        for match in _COMMAND.finditer(text) if "\\" in text else ():
            if _PATH.search(prose.text.value[max(0, match.start() - 200) : match.start()]):
                continue
            written = _markdown(match)
            name = re.sub(r"^\{?(\\[A-Za-z]+).*", r"\1", match[0], flags=re.DOTALL)
            message = f"`{name}` is LaTeX, and prints with its backslash"
            if written:
                yield instead(prose, match.span(), message, written, Safety.UNSAFE)
            else:
                yield Finding(message, prose.text.place(*match.span()), "delete it")


def _markdown(match: re.Match[str]) -> str:
    """Return the Markdown for a command; nothing where there is no counterpart."""
    if match["mark"]:
        return _MORE_MARKS.get(match["mark"]) or SYMBOLS[match["mark"]]
    if match["styled"]:
        return _STYLED[match["styled"]].format(match["inside"])
    if match["declared"]:
        return _DECLARED[match["declared"]].format(match["within"].strip())
    return f"[{match['linked']}]({match['address']})" if match["address"] else ""
