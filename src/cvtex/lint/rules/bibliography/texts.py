"""The texts in fields: letters spoilt by a copy or an encoding, doubled words, placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from cvtex.diagnostics.diagnostic import Safety
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.letters import DECOMPOSED, LIGATURE, composes, mixed_words
from cvtex.lint.rules.bibliography.fields import (
    edit,
    fields_with,
    is_own,
    records,
    replace,
    written,
)
from cvtex.lint.rules.shared import fix_of_all, said_garbled
from cvtex.lint.rules.text.placeholders import PLACEHOLDER
from cvtex.readers.bibtex.record import NAME_LISTS
from cvtex.richtext.markdown import INVISIBLE
from cvtex.source import Span, Text
from cvtex.support.lazy_re import lazy_re
from cvtex.support.mojibake import MAY_BE_GARBLED, garbled

_TITLES = frozenset(
    (
        "title subtitle titleaddon booktitle booksubtitle booktitleaddon maintitle mainsubtitle"
        " journaltitle journalsubtitle issuetitle issuesubtitle eventtitle series"
    ).split()
)
_REMARKS = frozenset("note addendum howpublished".split())
_IMPRINT = frozenset("publisher location organization institution venue".split())
_TEXTS = _TITLES | _REMARKS | _IMPRINT
_TEXTS_AND_NAMES = _TEXTS | NAME_LISTS

_PASTED = lazy_re(f"{INVISIBLE.pattern}|{LIGATURE.pattern}|{DECOMPOSED.pattern}")
_MAY_BE_PASTED = lazy_re(
    f"{INVISIBLE.pattern}|{LIGATURE.pattern}|[\u0300-\u036f\u3099\u309a\u1161-\u1175]"
)
_MAY_LOOK_ALIKE = lazy_re(
    "[\u0370-\u03ff\u0400-\u052f\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d6a5]"
)
_MAY_BE_PLACEHOLDER = lazy_re(r"TODO|FIXME|TBD|XX|xxx|\?\?\?|orem ipsum|(?:Your|YOUR)\b|[<\[]")
_DOUBLED = lazy_re(
    r"(?<![^\W_])(?P<word>[Tt]he|[Oo]f|[Ff]or|[Ff]rom|[Ww]ith|[Aa]nd|[Aa]n|[Tt]o|[Bb]y|[Aa]t|[Oo]n"
    r"|[Ii]n|[Aa]re|[Uu]nd|[Vv]on|[Ff]ür|[Mm]it|[Dd]em|[Dd]es|[Ll]es|[Dd]u|[Dd]el|[Ll]os|[Ee]l"
    r"|[Dd]ella)(?P<gap>\s+)(?P<again>(?i:(?P=word)))(?![\w-])"
)
"""A small word and the same again: no title has it so on purpose. Others, and names, may be."""

_NO_PROSE = lazy_re(r"\\(?:url|href|path|verb)\{[^{}]*\}|\\[A-Za-z]+|\\.|\$[^$]*\$", re.DOTALL)
_JARGON = frozenset(("TODO", "FIXME", "TBD"))
"""Words that papers on software are about; at the end of a title they are placeholders."""


@rule("CV366", fix=Safety.SAFE)
def pasted_character_in_field(subject: LintContext) -> RuleFindings:
    """A field holds a character that came with a copy from a PDF or a web page.

    These are characters that nobody sees, such as a blank without width; ligatures such as "ﬁ" that
    are one character; and letters whose accents are characters of their own. BibTeX sorts such
    words wrongly, a search does not find them, and many fonts do not have them.

    Bad:

    ```bibtex
    title = {Eﬃcient Training},
    ```

    Good:

    ```bibtex
    title = {Efficient Training},
    ```

    Fix: deletes what cannot be seen and writes the letters that are meant. It is safe: the text
    reads the same.
    """
    for _, name, text in fields_with(subject, _MAY_BE_PASTED):
        if name in _TEXTS_AND_NAMES:
            plain = _plain(text.value)
            for match in _PASTED.finditer(text.value):
                if not DECOMPOSED.fullmatch(match[0]) or composes(match[0]):
                    is_free = plain[max(0, match.start() - 1) : match.start()] != "\0"
                    yield _pasted(text, match, written(text, *match.span()) if is_free else None)


def _pasted(text: Text, match: re.Match[str], spot: Span | None) -> Finding:
    """What is to be said; `spot` is where it can be mended: not behind a command's name."""
    said, place = match[0], text.place(*match.span())
    if INVISIBLE.match(said):
        message, hint, meant = f"U+{ord(said):04X} stands here and cannot be seen", "delete it", ""
    elif LIGATURE.match(said):
        meant = normalize("NFKC", said)
        message = f"`{said}` is one character that looks like the letters `{meant}`"
        hint = f"type `{meant}`"
    else:
        meant = normalize("NFC", said)
        message = f"`{meant}` is typed as {len(said)} characters"
        hint = "type the letter with its accent as one character"
    fix = replace("delete it" if not meant else f"write `{meant}`", Safety.SAFE, spot, meant)
    return Finding(message, place, hint, fix=fix)


def _plain(value: str) -> str:
    """The value with NULs for what is no prose: commands, formulas, addresses."""
    return _NO_PROSE.sub(lambda match: "\0" * len(match[0]), value)


@rule("CV367", fix=Safety.UNSAFE)
def look_alike_in_field(subject: LintContext) -> RuleFindings:
    """A word in a field mixes scripts: a letter only looks like the one that is meant.

    A Cyrillic "а" or a Greek "ο" in a Latin word comes with a copy from a PDF. Nobody sees it, but
    a search does not find the word, BibTeX sorts it wrongly, and a font may lack the letter. Words
    all in one script are fine.

    Bad, with a Cyrillic "а":

    ```bibtex
    title = {Ideаls in Rings},
    ```

    Good:

    ```bibtex
    title = {Ideals in Rings},
    ```

    Fix: writes the letter of the script that the rest of the word is in. It is unsafe, since a
    name may mix scripts on purpose.
    """
    for _, name, text in fields_with(subject, _MAY_LOOK_ALIKE):
        if name in _TEXTS_AND_NAMES:
            for word, changes in mixed_words(_plain(text.value)):
                yield _look_alike(text, word, changes)


def _look_alike(text: Text, word: re.Match[str], changes: dict[int, str]) -> Finding:
    start = word.start()
    meant = "".join(changes.get(i, char) for i, char in enumerate(word[0]))
    stranger = word[0][min(changes)]
    edits = (edit(written(text, start + i, start + i + 1), char) for i, char in changes.items())
    fix = fix_of_all(f"write `{meant}`", edits, Safety.UNSAFE)
    message = f"`{stranger}` (U+{ord(stranger):04X}) in `{word[0]}` is a letter of another script"
    place = text.place(start + min(changes), start + max(changes) + 1)
    return Finding(message, place, f"type `{meant}`", fix=fix)


@rule("CV370", fix=Safety.UNSAFE)
def garbled_letters_in_field(subject: LintContext) -> RuleFindings:
    """A letter with an accent was read in the wrong encoding, and is now two or three others.

    A program took a file in UTF-8 for one in Windows-1252 or Latin-1, and saved what it saw. Then
    "ü" is "Ã¼" and a dash is "â€“". It comes with exports of reference managers and web sites. No
    language has such signs in a row, so it is certain what was meant, even if it has happened
    twice.

    Bad:

    ```bibtex
    author = {MÃ¼ller, Anna},
    ```

    Good:

    ```bibtex
    author = {Müller, Anna},
    ```

    Fix: writes what was meant. It is unsafe, since a title may be about just this mistake.
    """
    for _, name, text in fields_with(subject, MAY_BE_GARBLED):
        found = [*garbled(_plain(text.value))] if name in _TEXTS_AND_NAMES else []
        if found:
            edits = (edit(written(text, each.start, each.end), each.meant) for each in found)
            yield Finding(
                said_garbled(found),
                text.place(found[0].start, found[0].end),
                f"type `{found[0].meant}`",
                fix=fix_of_all("write what was meant", edits, Safety.UNSAFE),
            )


@rule("CV368", fix=Safety.UNSAFE)
def doubled_word_in_field(subject: LintContext) -> RuleFindings:
    """A small word stands twice in a row in a title or a note.

    It happens at the end of a line, where the eye does not see it. Only words such as "the", "of"
    and "und" are looked at; others may stand twice on purpose, and so may names.

    Bad:

    ```bibtex
    title = {On the the Theory of Ideals},
    ```

    Good:

    ```bibtex
    title = {On the Theory of Ideals},
    ```

    Fix: takes the second one away. It is unsafe: it is another's title.
    """
    for _, text in _texts_with(subject, _DOUBLED, _TEXTS):
        plain = _plain(text.value)
        for match in _DOUBLED.finditer(plain):
            if _is_slip(plain, match):
                spot = written(text, match.start("gap"), match.end())
                place = text.place(match.start("gap"), match.end())
                fix = replace("take the second one away", Safety.UNSAFE, spot, "")
                yield Finding(f"`{match['word']}` stands twice", place, "take one away", fix=fix)


def _texts_with(
    subject: LintContext, pattern: re.Pattern[str], names: frozenset[str]
) -> Iterator[tuple[str, Text]]:
    """The values of fields in which a pattern is found, with the names of the fields.

    For patterns that are slow to look for in whole files, most of which are abstracts.
    """
    for record in records(subject):
        for name, text in record.values.items():
            if name in names and pattern.search(text.value) and is_own(record, text):
                yield name, text


def _is_slip(plain: str, match: re.Match[str]) -> bool:
    """Whether two words are whole, with no command or brace beside them, and are no name."""
    beside = plain[max(0, match.start() - 1) : match.start()] + plain[match.end() : match.end() + 1]
    is_name = match["word"][0].isupper() and match["again"][0].isupper()
    return not (is_name or set(beside) & set("{}\0\\-"))


@rule("CV369")
def placeholder_in_field(subject: LintContext) -> RuleFindings:
    """A placeholder in a field was not filled in.

    "TODO", "XXXX", "???" and "<title>" are there to be replaced, and are printed as they stand. In
    a title that goes on behind it, "TODO" is let through: it may be what the paper is about.

    Bad:

    ```bibtex
    journal = {TODO},
    ```

    Good:

    ```bibtex
    journal = {Mathematische Annalen},
    ```
    """
    for name, text in _texts_with(subject, _MAY_BE_PLACEHOLDER, _TEXTS_AND_NAMES):
        yield from _placeholders(name, text)


def _placeholders(name: str, text: Text) -> Iterator[Finding]:
    plain = _plain(text.value)
    for match in PLACEHOLDER.finditer(plain):
        is_last = not plain[match.end() :].strip(" {}.\t\r\n")
        is_jargon = name in _TITLES and match[0] in _JARGON and not is_last
        is_phrase = (
            name not in NAME_LISTS and match[0][:4].upper() == "YOUR" and "_" not in match[0]
        )
        if not is_jargon and not is_phrase:
            message = f"`{match[0]}` is a placeholder"
            yield Finding(message, text.place(*match.span()), "fill it in, or delete it")
