"""Characters that were not meant: invisible ones, ligatures, lone accents, wrong encodings."""

from __future__ import annotations

from unicodedata import normalize

from cvtex.diagnostics.catalogue import INVISIBLE_CHARACTER
from cvtex.diagnostics.diagnostic import Safety, Severity
from cvtex.lint.context import Check, Finding, LintContext, RuleFindings, rule
from cvtex.lint.letters import DECOMPOSED, LIGATURE, composes
from cvtex.lint.prose import matches
from cvtex.lint.rules.shared import fix_of_all, instead
from cvtex.richtext.markdown import INVISIBLE
from cvtex.support.lazy_re import lazy_re
from cvtex.support.mojibake import garbled

_NO_APOSTROPHE = lazy_re(
    r"(?<=[^\W\d_])´(?=[^\W\d_])|(?<=[^\W\d_])`(?=(?:s|t|d|m|ll|re|ve|an)\b)"
    r"|(?<=\b[cdjlmnstCDJLMNST])`(?=[^\W\d_])|(?<=[^\W\d_])′(?=s\b)|(?<=n)′(?=t\b)"
)


def _invisible_in_fields(context: LintContext) -> RuleFindings:
    """Report the characters of fields that cannot be seen; reading reports those of cv.yaml."""
    for prose in context.fields:
        for match in INVISIBLE.finditer(prose.text.value) if prose.has_words else ():
            yield Finding(
                f"invisible character U+{ord(match[0]):04X}",
                prose.text.place(*match.span()),
                "delete it; it often comes along when text is pasted",
                fix=prose.fix(*match.span(), "", "delete the character", Safety.SAFE),
            )


invisible_character = Check(INVISIBLE_CHARACTER, _invisible_in_fields)


@rule("CV212", Severity.INFO, fix=Safety.SAFE)
def decomposed_character(context: LintContext) -> RuleFindings:
    """A letter and its accent are typed as two characters.

    Texts that are copied from a PDF or from file names of macOS come so. The page is the same,
    since cvtex puts them together, but a search in your editor does not find the word, BibTeX sorts
    it wrongly, and other programs may print the accent beside the letter. Fields of .bib files are
    checked as well.

    Bad, with a combining accent (U+0301) behind the e:

    ```yaml
    name: Jose\N{COMBINING ACUTE ACCENT} Garcia
    ```

    Good:

    ```yaml
    name: José Garcia
    ```

    Fix: composes the letters and accents of the text (Unicode's form NFC). The text reads the same,
    so this is safe.
    """
    for prose in context.prose:
        text = prose.text.value
        found = [
            match
            for match in DECOMPOSED.finditer(text)
            if composes(match[0]) and prose.is_typed_here(*match.span())
        ]
        if found:
            first = found[0]
            edits = (prose.edit(*one.span(), normalize("NFC", one[0])) for one in found)
            yield Finding(
                f"`{normalize('NFC', first[0])}` is typed as {len(first[0])} characters"
                + _more(len(found)),
                prose.text.place(*first.span()),
                "type the letter with its accent as one character",
                fix=fix_of_all("put the letters and their accents together", edits, Safety.SAFE),
            )


def _more(count: int) -> str:
    """Return what a message says of all findings of a text but the first."""
    return f", and {count - 1} more like it" if count > 1 else ""


@rule("CV214", fix=Safety.SAFE)
def ligature_character(context: LintContext) -> RuleFindings:
    """A ligature such as "ﬁ" is one character of the text, not two letters.

    It comes along when text is copied from a PDF. Fonts make ligatures by themselves. As a
    character of its own a ligature may be missing in the font, and a search of the CV for
    "efficient" does not find it. Fields of .bib files are checked as well.

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
    for prose in context.prose:
        for match in LIGATURE.finditer(prose.text.value):
            if not prose.is_typed_here(*match.span()):
                continue
            letters = normalize("NFKC", match[0])
            message = f"`{match[0]}` is one character that looks like the letters `{letters}`"
            yield instead(prose, match.span(), message, letters, Safety.SAFE)


@rule("CV218", fix=Safety.UNSAFE)
def wrong_apostrophe(context: LintContext) -> RuleFindings:
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
    for prose, match in matches(context.texts, _NO_APOSTROPHE):
        yield Finding(
            f"`{match[0]}` stands for an apostrophe".replace("```", "a backtick"),
            prose.text.place(*match.span()),
            "type `'`",
            fix=prose.fix(*match.span(), "’", "write an apostrophe", Safety.UNSAFE),
        )


@rule("CV241", fix=Safety.UNSAFE)
def garbled_letters(context: LintContext) -> RuleFindings:
    """A letter with an accent was read in the wrong encoding, and is now two or three others.

    A program took a text in UTF-8 for one in Windows-1252 or Latin-1, and saved what it saw. Then
    "ü" is "Ã¼" and a dash is "â€“", in all programs and on the page. Exports of reference managers
    and web sites have it too, so fields of .bib files are checked as well. No language has such
    signs in a row, so it is certain what was meant, even if it has happened twice.

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
    for prose in context.prose:
        found = [one for one in garbled(prose.plain) if prose.is_typed_here(one.start, one.end)]
        if found:
            first = found[0]
            edits = (prose.edit(each.start, each.end, each.meant) for each in found)
            yield Finding(
                f"`{first.wrong}` is `{first.meant}`, read in the wrong encoding"
                + _more(len(found)),
                prose.text.place(first.start, first.end),
                f"type `{first.meant}`",
                fix=fix_of_all("write what was meant", edits, Safety.UNSAFE),
            )
