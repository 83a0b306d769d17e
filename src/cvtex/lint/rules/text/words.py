"""Words: broken ones, abbreviations, and the first person."""

from __future__ import annotations

from cvtex.diagnostics.diagnostic import Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.cv_prose import CvProse
from cvtex.lint.prose import matches
from cvtex.lint.rules.shared import instead
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

_ABBREVIATION = lazy_re(
    r"(?<![\w*])et\.?(?P<gap>[ \u00a0]?)al(?![\w’'])\.?(?!\*)"
    r"|(?P<latin>(?<![\w./@-])(?:i\.e|e\.g)(?![\w.@/-]))"
)

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
    """A hyphen and a space split a word.

    It happens when text is copied from a PDF, where the word stood at the end of a line. In
    YAML it also happens when a line ends behind a hyphen, since the line end becomes a space. A
    hyphen that stands for a part of a later word, as in "pre- and postwar", is fine.

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
    for prose, match in matches(context.texts, _BROKEN):
        head, tail = match["head"], match["tail"]
        at_line_end = _is_line_end(prose, match.end("gap") - 1)
        is_certain = at_line_end or prose.base_language in _KNOWN
        if tail.islower() and is_certain and tail not in _SUSPENDED:
            message = "this word contains a space"
            if at_line_end:
                message = "the line end in this word becomes a space"
            hint = f"write `{head}{tail}` or `{head}-{tail}` on one line"
            yield Finding(message, prose.text.place(*match.span()), hint)


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

    Fix: writes the right dots.
    """
    for prose, match in matches(context.texts, _ABBREVIATION):
        right = f"{match[0]}." if match["latin"] else f"et{match['gap'] or ' '}al."
        if right != match[0]:
            message = f"`{match[0]}` is written `{right}`"
            yield instead(prose, match.span(), message, right, Safety.SAFE)


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
