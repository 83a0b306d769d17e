"""Letters of another script that look like those of the word they stand in."""

from __future__ import annotations

import re

from cvtex.diagnostics.diagnostic import Fix, Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.edits import edit_of
from cvtex.lint.letters import mixed_words, script_of
from cvtex.lint.prose import Prose
from cvtex.lint.rules.shared import fix_of_all


@rule("CV213", fix=Safety.UNSAFE)
def look_alike_character(subject: LintContext) -> RuleFindings:
    """A word mixes scripts: a letter only looks like the one that is meant.

    A Cyrillic "а" in a Latin word, a Greek "ο" or a full-width "Ｐ" get in when text is copied, or
    when the keyboard is set to another language. Nobody sees it, but who searches for the word
    does not find it. Words all in one script are fine, and so are Greek letters that look like no
    other, as in "NFκB". Letters in a mathematical bold, which some web sites offer, are found too.

    Bad, with a Cyrillic "а":

    ```yaml
    headline: Dаta scientist
    ```

    Good:

    ```yaml
    headline: Data scientist
    ```

    Fix: writes the letter of the script that the rest of the word is in. This is unsafe, since a
    formula may mix scripts.
    """
    for prose in subject.texts:
        for word, changes in mixed_words(prose.plain):
            yield _finding(prose, word, changes)


def _finding(prose: Prose, word: re.Match[str], changes: dict[int, str]) -> Finding:
    first, last = word.start() + min(changes), word.start() + max(changes) + 1
    written = "".join(changes.get(i, char) for i, char in enumerate(word[0]))
    stranger = word[0][min(changes)]
    return Finding(
        f"`{stranger}` (U+{ord(stranger):04X}) in `{word[0]}` is a {script_of(stranger)} letter",
        prose.text.place(first, last),
        f"type `{written}`",
        fix=_fix(prose, word.start(), changes),
    )


def _fix(prose: Prose, start: int, changes: dict[int, str]) -> Fix | None:
    edits = (edit_of(prose.text, start + i, start + i + 1, c) for i, c in changes.items())
    return fix_of_all("write the letters of the script of the word", edits, Safety.UNSAFE)
