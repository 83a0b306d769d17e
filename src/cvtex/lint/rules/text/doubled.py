"""Words that stand twice in a row: slips and words that are meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from cvtex.diagnostics.diagnostic import Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.prose import Prose, matches
from cvtex.support.lazy_re import lazy_re

_GAP = r"(?:[^\S\n]+\n?|\n)[^\S\n]*"
"""Blanks that part no paragraphs."""
_DOUBLED = lazy_re(
    r"(?<![\w-])(?P<word>[^\W\d_]{2,}|a)"
    rf"(?P<gap>(?:\*|\]\0*)*+{_GAP}[*\[]*+)(?P<again>(?P=word))(?![\w-])",
    re.IGNORECASE,
)
"""A word twice, with nothing but blanks, emphasis and the ends of links between."""

_NEVER_TWICE: Mapping[str, frozenset[str]] = {
    "en": frozenset("the a an and or of my our its their".split()),
    "de": frozenset("und oder".split()),
    "fr": frozenset("et du aux les".split()),
    "es": frozenset("el los del al".split()),
    "it": frozenset("il del della".split()),
    "pt": frozenset("os dos das".split()),
    "nl": frozenset("en".split()),
}
"""Words of which no sentence has two in a row: the second is a slip for certain."""
_SMALL: Mapping[str, frozenset[str]] = {
    "en": frozenset("in to for with at on by from as be are this into".split()),
    "de": frozenset("in mit von für auf an zu bei aus im am vom zum zur ein eine".split()),
    "fr": frozenset("le la des dans pour avec sur par".split()),
    "es": frozenset("de en la las un una con por para".split()),
    "it": frozenset("di in la un una con per da".split()),
    "pt": frozenset("de em um uma com por para".split()),
    "nl": frozenset("in op met voor".split()),
}
"""Other words that mean nothing alone, so that emphasis on one of two makes no difference."""
_MEANT: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        "that had is was do does did what who it her you so no very really much many more too"
        " far long big again now well there hear yes bye ha ho win can will may up out one food"
        " same never ever less".split()
    ),
    "de": frozenset(
        "der die das den dem des sie es ihr wir was wer ist war sehr viel viele nein ja so da"
        " denen deren mehr weit immer".split()
    ),
    "fr": frozenset("faire nous vous que non si tout plus très de en un une là oui fait".split()),
    "es": frozenset("no muy que más sí casi luego tan".split()),
    "it": frozenset("no molto che più quasi piano via mano così tutto pian".split()),
    "pt": frozenset("não muito que mais sim quase no".split()),
    "nl": frozenset("die dat zijn het er is was heel de van een nee ja zeer".split()),
}
"""Words that do stand twice in good sentences of a language."""
_QUOTED = frozenset(
    "the of for from with and an to by at on in are und von für mit dem des les du del los el"
    " della".split()
)
"""Small words that no title in any language has twice in a row."""
_ABROAD = frozenset("nous vous das der die sie".split())
"""Such words of languages in which titles are given in CVs of any other."""
_NAMES = frozenset("bora pago walla duran york cha tom pom ping pong yo go tuk zam puy".split())
"""Words of names that double them, when they are written small."""
_LATIN = lazy_re(
    r"[^\S\n]+[*\[]*(?:vivo|vitro|silico|situ|utero|toto|ovo|extenso|absentia|planta|cellulo"
    r"|chemico|natura|memoriam|rem|personam|camera|loco|vacuo|flagrante|medias|praxi|nuce|spe)\b",
    re.IGNORECASE,
)
"""The words that follow the second "in" where that one is Latin."""
_REDUPLICATING = frozenset("az fa haw hi hy id ja ka km ko mi ms sw th tl tr ur vi zh".split())
"""Languages in which doubling a word means something."""
_NONE: frozenset[str] = frozenset()


@rule("CV211", fix=Safety.SAFE)
def doubled_word(context: LintContext) -> RuleFindings:
    """A word stands twice in a row.

    It happens at the end of a line, where the eye does not see it. Words that stand twice in good
    sentences are not reported, such as "had had", "very very" or the German "sie sie", and so are
    names, such as "Yang Yang", and Latin, as in "expert in in vivo imaging". Small words are found
    over emphasis and links, too: "to *to* be". In some languages, such as Turkish and Vietnamese,
    doubling a word means something; texts in these are not checked. In fields of .bib files,
    which quote the words of others, only small words such as "the", "of" and "und" are checked.

    Bad:

    ```yaml
    body: I work on the the theory of ideals.
    ```

    Good:

    ```yaml
    body: I work on the theory of ideals.
    ```

    Fix: deletes the second one, with the blanks between. This is safe for words that no sentence
    has twice in a row, such as "the" and "and", and unsafe for all others and in fields of .bib
    files. Over emphasis and links there is no fix.
    """
    for prose, match in matches(context.prose, _DOUBLED):
        if prose.base_language not in _REDUPLICATING and _is_slip(prose, match):
            yield _finding(prose, match)


def _finding(prose: Prose, match: re.Match[str]) -> Finding:
    place = match.start("gap"), match.end()
    never_twice = _NEVER_TWICE.get(prose.base_language, _NONE)
    safety = Safety.SAFE if match["word"].lower() in never_twice else Safety.UNSAFE
    fix = None if match["gap"].strip() else prose.fix(*place, "", "delete the second", safety)
    message = f"`{match['word']}` stands twice"
    return Finding(message, prose.text.place(*place), "delete one", fix=fix)


def _is_slip(prose: Prose, match: re.Match[str]) -> bool:
    """Return whether a doubled word is neither meant nor a name nor an abbreviation."""
    language, word, again = prose.base_language, match["word"], match["again"]
    small = word.lower()
    if prose.is_latex and (small not in _QUOTED or prose.is_names or _is_in_latex(prose, match)):
        return False
    if small == "a" and (language, word, again) != ("en", "a", "a"):
        return False
    if small == "in" and _LATIN.match(prose.plain, match.end()):
        return False
    if match["gap"].strip() and small not in _small(language):
        return False
    is_name = (word[0].isupper() and again[0].isupper()) or small in _NAMES
    is_meant = small in _MEANT["en"] | _ABROAD or small in _MEANT.get(language, _NONE)
    return not (is_meant or is_name or word[1:].isupper())


def _is_in_latex(prose: Prose, match: re.Match[str]) -> bool:
    """Return whether a command or a brace stands beside the words, which may be parts of others."""
    beside = prose.plain[max(0, match.start() - 1) : match.start()] + prose.plain[match.end() :][:1]
    return not set(beside).isdisjoint("{}\0\\")


@cache
def _small(language: str) -> frozenset[str]:
    """Return the words of a language that are found over markup."""
    return _NEVER_TWICE.get(language, _NONE) | _SMALL.get(language, _NONE)
