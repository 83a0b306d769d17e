"""Letters of another script that look like those of the word they stand in."""

from __future__ import annotations

import re

from cvtex.diagnostics.diagnostic import Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.letters import mixed_words, script_of
from cvtex.lint.prose import Prose
from cvtex.lint.rules.shared import fix_of_all


@rule("CV213", fix=Safety.UNSAFE)
def look_alike_character(context: LintContext) -> RuleFindings:
    """A word mixes scripts: a letter only looks like the one that is meant.

    A Cyrillic "а" in a Latin word, a Greek "ο" or a full-width "Ｐ" get in when text is copied from
    a PDF, or when the keyboard is set to another language. Nobody sees it, but a search does not
    find the word, BibTeX sorts it wrongly, and a font may lack the letter. Words all in one script
    are fine, and so are Greek letters that look like no other, as in "NFκB". Letters in a
    mathematical bold, which some web sites offer, are found too. Fields of .bib files are checked
    as well.

    Bad, with a Cyrillic "а":

    ```yaml
    headline: Dаta scientist
    ```

    Good:

    ```yaml
    headline: Data scientist
    ```

    Fix: writes the letter of the script that the rest of the word is in. This is unsafe, since a
    formula or a name may mix scripts.
    """
    for prose in context.prose:
        for word, changes in mixed_words(prose.plain):
            yield _finding(prose, word, changes)


def _finding(prose: Prose, word: re.Match[str], changes: dict[int, str]) -> Finding:
    start, first, last = word.start(), min(changes), max(changes)
    written = "".join(changes.get(i, char) for i, char in enumerate(word[0]))
    stranger = word[0][first]
    edits = (prose.edit(start + i, start + i + 1, char) for i, char in changes.items())
    return Finding(
        f"`{stranger}` (U+{ord(stranger):04X}) in `{word[0]}` is a {script_of(stranger)} letter",
        prose.text.place(start + first, start + last + 1),
        f"type `{written}`",
        fix=fix_of_all(f"write `{written}`", edits, Safety.UNSAFE),
    )
