"""Letters of another script that look like those of the word they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from cvtex.diagnostics.model import Fix, Safety
from cvtex.lint.edits import edit_of
from cvtex.lint.model import Finding, Findings, Subject, rule
from cvtex.lint.prose import Prose
from cvtex.regex import regex

_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_WORD = regex(
    rf"[{_LATIN}\u0370-\u03ff\u0400-\u052f\uff21-\uff3a\uff41-\uff5a]{{2,}}"
    "|[\U0001d400-\U0001d6a5]{2,}"
)
_SCRIPTS = {
    "Latin": regex(f"[{_LATIN}]"),
    "Greek": regex("[\u0370-\u03ff]"),
    "Cyrillic": regex("[\u0400-\u052f]"),
    "full-width": regex("[\uff21-\uff3a\uff41-\uff5a]"),
    "mathematical": regex("[\U0001d400-\U0001d6a5]"),
}
_TO_LATIN = dict(
    zip(
        "аеорсухіјѕԁһвкмнтАВЕКМНОРСТХУІЈЅοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxijsdhbkmhtABEKMHOPCTXYIJSoABEZHIKMNOPTYX",
        strict=True,
    )
)
"""The letters of Unicode's table of confusables (UTS 39) that no reader can tell apart."""
_TO_CYRILLIC = dict(zip("aeopcyxABEKMHOPCTXY", "аеорсухАВЕКМНОРСТХУ", strict=True))
_SMALL_CAPITALS = frozenset("вкмнт")
"""Cyrillic letters that look like small capitals, and so like no small letter."""


@rule("CV213", fix=Safety.UNSAFE)
def look_alike_character(subject: Subject) -> Findings:
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
        for word in _WORD.finditer(prose.plain):
            changes = dict(_changes(word[0]))
            if changes:
                yield _finding(prose, word, changes)


def _changes(word: str) -> Iterator[tuple[int, str]]:
    """The letters of a word that are of the wrong script, by their place, and what is meant."""
    scripts = [next((s for s, known in _SCRIPTS.items() if known.match(c)), "") for c in word]
    if set(scripts) <= {"mathematical"}:
        yield from ((i, normalize("NFKC", char)) for i, char in enumerate(word))
    elif set(scripts) == {"Latin", "full-width"}:
        odd = [i for i, script in enumerate(scripts) if script == "full-width"]
        yield from ((i, normalize("NFKC", word[i])) for i in odd)
    elif len(set(scripts)) == 2 and "Latin" in scripts:
        yield from _strangers(word, scripts)


def _strangers(word: str, scripts: list[str]) -> Iterator[tuple[int, str]]:
    """What to write for the letters of the script that has fewer, if all of them look alike."""
    foreign = [i for i, script in enumerate(scripts) if script != "Latin"]
    latin = [i for i, script in enumerate(scripts) if script == "Latin"]
    looks = {i: _TO_LATIN[word[i]] for i in foreign if word[i] in _TO_LATIN}
    if len(looks) == len(foreign) <= len(latin) and not _SMALL_CAPITALS & set(word):
        yield from looks.items()
    elif "Cyrillic" in scripts and len(latin) < len(foreign):
        back = {i: _TO_CYRILLIC[word[i]] for i in latin if word[i] in _TO_CYRILLIC}
        yield from back.items() if len(back) == len(latin) else ()


def _finding(prose: Prose, word: re.Match[str], changes: dict[int, str]) -> Finding:
    first, last = word.start() + min(changes), word.start() + max(changes) + 1
    written = "".join(changes.get(i, char) for i, char in enumerate(word[0]))
    stranger = word[0][min(changes)]
    script = next(name for name, known in _SCRIPTS.items() if known.match(stranger))
    return Finding(
        f"`{stranger}` (U+{ord(stranger):04X}) in `{word[0]}` is a {script} letter",
        prose.text.place(first, last),
        f"type `{written}`",
        fix=_fix(prose, word.start(), changes),
    )


def _fix(prose: Prose, start: int, changes: dict[int, str]) -> Fix | None:
    edits = [edit_of(prose.text, start + i, start + i + 1, c) for i, c in changes.items()]
    certain = tuple(edit for edit in edits if edit is not None)
    message = "write the letters of the script of the word"
    return Fix(message, certain, Safety.UNSAFE) if len(certain) == len(edits) else None
