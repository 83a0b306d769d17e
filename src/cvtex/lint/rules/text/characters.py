"""Characters that are not what was meant: ligatures, accents of their own, wrong encodings."""

from __future__ import annotations

import re
from unicodedata import normalize

from cvtex.diagnostics.diagnostic import Fix, Safety, Severity
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.edits import edit_of, fix_of
from cvtex.lint.letters import DECOMPOSED, LIGATURE, composes
from cvtex.lint.prose import Prose
from cvtex.lint.rules.shared import fix_of_all, said_garbled
from cvtex.support.lazy_re import lazy_re
from cvtex.support.mojibake import garbled

_NO_APOSTROPHE = lazy_re(
    r"(?<=[^\W\d_])´(?=[^\W\d_])|(?<=[^\W\d_])`(?=(?:s|t|d|m|ll|re|ve|an)\b)"
    r"|(?<=\b[cdjlmnstCDJLMNST])`(?=[^\W\d_])|(?<=[^\W\d_])′(?=s\b)|(?<=n)′(?=t\b)"
)


@rule("CV212", Severity.INFO, fix=Safety.SAFE)
def decomposed_character(subject: LintContext) -> RuleFindings:
    """A letter and its accent are typed as two characters.

    Texts that are copied from a PDF or from file names of macOS come so. The page is the same,
    since cvtex puts them together, but a search in your editor does not find the word, and other
    programs may print the accent beside the letter.

    Bad, with a combining accent (U+0301) behind the e:

    ```yaml
    name: Jose\N{COMBINING ACUTE ACCENT} Garcia
    ```

    Good:

    ```yaml
    name: José Garcia
    ```

    Fix: puts the letters and accents of the text together (Unicode's form NFC). The text reads the
    same, so this is safe.
    """
    for prose in subject.texts:
        found = [match for match in DECOMPOSED.finditer(prose.text.value) if composes(match[0])]
        if found:
            first = found[0]
            more = f", and {len(found) - 1} more like it" if len(found) > 1 else ""
            yield Finding(
                f"`{normalize('NFC', first[0])}` is typed as {len(first[0])} characters{more}",
                prose.text.place(*first.span()),
                "type the letter with its accent as one character",
                fix=_composed(prose, found),
            )


def _composed(prose: Prose, found: list[re.Match[str]]) -> Fix | None:
    edits = (edit_of(prose.text, *match.span(), normalize("NFC", match[0])) for match in found)
    return fix_of_all("put the letters and their accents together", edits, Safety.SAFE)


@rule("CV214", fix=Safety.SAFE)
def ligature_character(subject: LintContext) -> RuleFindings:
    """A ligature such as "ﬁ" is one character of the text, not two letters.

    It comes along when text is copied from a PDF. Fonts make ligatures by themselves. As a
    character of its own a ligature may be missing in the font, and who searches the CV for
    "efficient" does not find it.

    Bad:

    ```yaml
    headline: Eﬃcient inference
    ```

    Good:

    ```yaml
    headline: Efficient inference
    ```

    Fix: writes the letters. This is safe: they are what the ligature stands for.
    """
    for prose in subject.texts:
        for match in LIGATURE.finditer(prose.text.value):
            letters = normalize("NFKC", match[0])
            yield Finding(
                f"`{match[0]}` is one character that looks like the letters `{letters}`",
                prose.text.place(*match.span()),
                f"type `{letters}`",
                fix=fix_of(prose.text, *match.span(), letters, f"write `{letters}`", Safety.SAFE),
            )


@rule("CV218", fix=Safety.UNSAFE)
def wrong_apostrophe(subject: LintContext) -> RuleFindings:
    """An accent or a prime stands where an apostrophe belongs.

    The acute accent "´" and the grave accent "`" have keys of their own and look much like an
    apostrophe while you type. On the page they stand too high or too far off. A straight
    apostrophe is fine: cvtex prints the curved one for it.

    Bad:

    ```yaml
    location: Xi´an, China
    ```

    Good:

    ```yaml
    location: Xi'an, China
    ```

    Fix: writes the apostrophe "’". This is unsafe, since some transliterations use an accent
    as a letter.
    """
    for prose in subject.texts:
        for match in _NO_APOSTROPHE.finditer(prose.plain):
            yield Finding(
                f"`{match[0]}` stands for an apostrophe".replace("```", "a backtick"),
                prose.text.place(*match.span()),
                "type `'`",
                fix=fix_of(prose.text, *match.span(), "’", "write an apostrophe", Safety.UNSAFE),
            )


@rule("CV241", fix=Safety.UNSAFE)
def garbled_letters(subject: LintContext) -> RuleFindings:
    """A letter with an accent was read in the wrong encoding, and is now two or three others.

    A program took a text in UTF-8 for one in Windows-1252 or Latin-1, and saved what it saw. Then
    "ü" is "Ã¼" and a dash is "â€“", in all programs and on the page. No language has such signs in
    a row, so it is certain what was meant, even if it has happened twice.

    Bad:

    ```yaml
    location: ZÃ¼rich
    ```

    Good:

    ```yaml
    location: Zürich
    ```

    Fix: writes what was meant. It is unsafe, since a text may be about just this mistake.
    """
    for prose in subject.texts:
        found = [*garbled(prose.plain)]
        if found:
            edits = (edit_of(prose.text, each.start, each.end, each.meant) for each in found)
            yield Finding(
                said_garbled(found),
                prose.text.place(found[0].start, found[0].end),
                f"type `{found[0].meant}`",
                fix=fix_of_all("write what was meant", edits, Safety.UNSAFE),
            )
