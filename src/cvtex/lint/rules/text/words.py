"""Words: broken ones, abbreviations, and those about oneself."""

from __future__ import annotations

import re

from cvtex.diagnostics.diagnostic import Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.cv_prose import CvProse
from cvtex.support.lazy_re import lazy_re

_BROKEN = lazy_re(
    r"(?<![^\W_-])(?P<head>[^\W\d_]{2,})(?P<gap>[-\u00ad][ \n])(?P<tail>[^\W\d_]{2,})(?![-\w])"
)
_SUSPENDED = frozenset(
    "and or to as but nor than through versus vs not und oder bis bzw beziehungsweise sowie wie"
    " als noch statt aber en of tot et ou puis jusque como ed og och eller samt ja tai oraz czy lub"
    " plus rather then up by".split()
)
"""Words that follow a hyphen which stands for the end of a later word, as in "pre- and post-"."""
_KNOWN = ("en", "de", "fr", "es", "it", "pt", "nl")
"""Languages whose words of this kind are all in the list."""

_AND_OTHERS = lazy_re(r"(?<![\w*])et(?P<dot>\.?)(?P<gap>[ \u00a0]?)al(?![\w’'])(?P<stop>\.?)(?!\*)")
_LATIN = lazy_re(r"(?<![\w./@-])(?:i\.e|e\.g)(?![\w.@/-])")

_ABOUT_ONESELF = {
    "en": lazy_re(
        r"(?:\A|(?<=[.!?,;:] ))I(?= [a-z]|['’])"
        r"|(?<=[a-z] )I(?= (?:am|was|have|had|did|do|can|will|also|then|[a-z]+ed)\b|['’][mvdl])"
        r"|\b(?:my|our|we|me|us|mine|ours|myself)\b|(?:\A|(?<=[.!?] ))(?:My|Our|We)\b"
    ),
    "de": lazy_re(r"\b(?:[Ii]ch|[Mm]ein(?:e[mnrs]?)?|mich|mir|[Ww]ir|[Uu]nser(?:e[mnrs]?)?)\b"),
    "fr": lazy_re(r"\b(?:[Jj]e|[Jj](?=['’])|[Mm]on|[Mm]a|[Mm]es|[Nn]ous|[Nn]otre|[Nn]os|moi)\b"),
    "es": lazy_re(r"\b(?:[Yy]o|[Mm]is?|conmigo|[Nn]osotr[oa]s|[Nn]uestr[oa]s?)\b"),
    "it": lazy_re(r"\b(?:[Ii]o|[Mm]i[oae]|[Mm]iei|[Nn]oi|[Nn]ostr[oaei])\b"),
}
_RUNNING = ("body", "summary", "details", "headline", "text", "note")
"""Fields that hold sentences; titles may say "we" of anybody."""


@rule("CV217")
def broken_word(context: LintContext) -> RuleFindings:
    """A word is parted by a hyphen and a space.

    It comes along when text is copied from a PDF, where the word stood at the end of a line. In
    YAML it also happens when a line ends behind a hyphen, since the line end becomes a space. A
    hyphen that stands for a part of a later word, as in "pre- and postwar", is let through.

    Bad:

    ```yaml
    headline: Machine learn- ing
    body: >-
      I work on communication-
      efficient methods.
    ```

    Good:

    ```yaml
    headline: Machine learning
    body: >-
      I work on
      communication-efficient methods.
    ```
    """
    for prose in context.texts:
        for match in _BROKEN.finditer(prose.plain):
            head, tail = match["head"], match["tail"]
            at_line_end = _is_line_end(prose, match.end("gap") - 1)
            is_certain = at_line_end or prose.base_language in _KNOWN
            if tail.islower() and is_certain and tail not in _SUSPENDED:
                yield Finding(
                    "the line end in this word becomes a space"
                    if at_line_end
                    else "a space stands in this word",
                    prose.text.place(*match.span()),
                    f"write `{head}{tail}` or `{head}-{tail}` on one line",
                )


def _is_line_end(prose: CvProse, at: int) -> bool:
    place = prose.text.place(at, at + 1)
    return place is not None and place.text in ("\n", "\r")


@rule("CV238", fix=Safety.SAFE)
def misspelt_abbreviation(context: LintContext) -> RuleFindings:
    """A Latin abbreviation has a dot too many or too few: "et. al.", "et al", "i.e".

    "et" is a whole word and takes no dot, "al." is short for "alii" and takes one. "i.e." and
    "e.g." have two.

    Bad:

    ```yaml
    note: with Hilbert et. al
    ```

    Good:

    ```yaml
    note: with Hilbert et al.
    ```

    Fix: writes the dots as they should be.
    """
    for prose in context.texts:
        for match in _AND_OTHERS.finditer(prose.plain):
            if match["dot"] or not match["gap"] or not match["stop"]:
                yield _abbreviation(prose, match, f"et{match['gap'] or ' '}al.")
        for match in _LATIN.finditer(prose.plain):
            yield _abbreviation(prose, match, f"{match[0]}.")


def _abbreviation(prose: CvProse, match: re.Match[str], right: str) -> Finding:
    return Finding(
        f"`{match[0]}` is written `{right}`",
        prose.text.place(*match.span()),
        f"write `{right}`",
        fix=prose.fix(*match.span(), right, f"write `{right}`", Safety.SAFE),
    )


@rule("CV235", default=False)
def first_person(context: LintContext) -> RuleFindings:
    """A text says "I", "my" or "we".

    In many fields a CV is written without the first person: "Developed", not "I developed". Others
    like it in a summary. This is a matter of taste, so the rule has to be asked for with
    `lint: {extend_select: [CV235]}`. It knows English, German, French, Spanish and Italian, and
    looks at running text only.

    Bad:

    ```yaml
    details: [I developed methods for my group.]
    ```

    Good:

    ```yaml
    details: [Developed methods for the group.]
    ```
    """
    for prose in context.texts:
        words = _ABOUT_ONESELF.get(prose.base_language)
        if words and prose.field in _RUNNING:
            for match in words.finditer(prose.plain):
                message = f"`{match[0]}` speaks in the first person"
                yield Finding(message, prose.text.place(*match.span()), "say it without")
