"""Words that stand twice in a row: which are slips, and which are meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from cvtex.diagnostics.diagnostic import Edit, Fix, Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.prose import Prose
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
_ABROAD = frozenset("nous vous das der die sie".split())
"""Such words of languages in which titles are given in CVs of any other."""
_NAMES = frozenset("bora pago walla duran york cha tom pom ping pong yo go tuk zam puy".split())
"""Words of names that double them, when they are written small."""
_LATIN = lazy_re(
    r"[^\S\n]+[*\[]*(?:vivo|vitro|silico|situ|utero|toto|ovo|extenso|absentia|planta|cellulo"
    r"|chemico|natura|memoriam|rem|personam|camera|loco|vacuo|flagrante|medias|praxi|nuce|spe)\b",
    re.IGNORECASE,
)
"""What follows the second "in" where that one is Latin."""
_REDUPLICATING = frozenset("az fa haw hi hy id ja ka km ko mi ms sw th tl tr ur vi zh".split())
"""Languages in which doubling a word means something."""
_NONE: frozenset[str] = frozenset()


@rule("CV211", fix=Safety.SAFE)
def doubled_word(subject: LintContext) -> RuleFindings:
    """A word stands twice in a row.

    It happens at the end of a line, where the eye does not see it. Words that stand twice in good
    sentences are let through, such as "had had", "very very" or the German "sie sie", and so are
    names, such as "Yang Yang", and Latin, as in "expert in in vivo imaging". Small words are found
    over emphasis and links, too: "to *to* be". In some languages, such as Turkish and Vietnamese,
    doubling a word means something; texts in these are not looked at.

    Bad:

    ```yaml
    body: I work on the the theory of ideals.
    ```

    Good:

    ```yaml
    body: I work on the theory of ideals.
    ```

    Fix: takes the second one away, with the blanks between. This is safe for words that no sentence
    has twice in a row, such as "the" and "and", and unsafe for all others. Over emphasis and links
    there is no fix.
    """
    for prose in subject.texts:
        if prose.base_language not in _REDUPLICATING:
            for match in _DOUBLED.finditer(prose.plain):
                if _is_slip(prose, match):
                    yield _finding(prose, match)


def _finding(prose: Prose, match: re.Match[str]) -> Finding:
    span = prose.text.place(match.start("gap"), match.end())
    is_certain = match["word"].lower() in _NEVER_TWICE.get(prose.base_language, _NONE)
    fix = None
    if span and not match["gap"].strip():
        safety = Safety.SAFE if is_certain else Safety.UNSAFE
        fix = Fix("take the second one away", (Edit(span, ""),), safety)
    return Finding(f"`{match['word']}` stands twice", span, "take one away", fix=fix)


def _is_slip(prose: Prose, match: re.Match[str]) -> bool:
    """Whether a doubled word is neither meant nor a name nor an abbreviation."""
    language, word, again = prose.base_language, match["word"], match["again"]
    small = word.lower()
    if small == "a" and (language, word, again) != ("en", "a", "a"):
        return False
    if small == "in" and _LATIN.match(prose.plain, match.end()):
        return False
    if match["gap"].strip() and small not in _small(language):
        return False
    is_name = (word[0].isupper() and again[0].isupper()) or small in _NAMES
    is_meant = small in _MEANT["en"] | _ABROAD or small in _MEANT.get(language, _NONE)
    return not (is_meant or is_name or word[1:].isupper())


@cache
def _small(language: str) -> frozenset[str]:
    """The words of a language that are found over markup."""
    return _NEVER_TWICE.get(language, _NONE) | _SMALL.get(language, _NONE)
