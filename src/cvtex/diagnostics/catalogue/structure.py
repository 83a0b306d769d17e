"""CV1: the structure of cv.yaml, its values and its dates."""

from __future__ import annotations

from inspect import cleandoc

from cvtex.diagnostics.diagnostic import Rule, Safety, Severity

E, W = Severity.ERROR, Severity.WARNING

INVALID_YAML = Rule(
    "CV101",
    "invalid-yaml",
    E,
    cleandoc("""
        A text is not YAML, or means something in YAML that was not meant.

        Nothing can be printed before the structure of the file is clear. Most often a text needs
        quotes: it has a `: ` in it, or starts with `*`, `@`, `[`, `{`, `%` or a backquote. cvtex
        shows the corrected line, and reads on where that is certain, so that all faults of a file
        are found at once.

        Bad:

        ```yaml
        headline: Algebra: rings and ideals
        ```

        Good:

        ```yaml
        headline: "Algebra: rings and ideals"
        ```

        Fix: writes what the hint shows: quotes, a space, a bracket. It is safe where the line can
        mean only one thing, and unsafe where it is a guess, such as where an open quote was to end.
    """),
    fix=Safety.UNSAFE,
)

DUPLICATE_KEY = Rule(
    "CV102",
    "duplicate-key",
    E,
    cleandoc("""
        A key is written twice in one mapping.

        Only one of the two values can count, and most programs silently drop the other one. cvtex
        goes on with the first one, and asks you to decide.

        Bad:

        ```yaml
        contact:
          email: noether@example.org
          phone: +49 551 123456
          email: emmy@example.org
        ```

        Good:

        ```yaml
        contact:
          email: [noether@example.org, emmy@example.org]
          phone: +49 551 123456
        ```

        Fix: deletes the second one where both have the same value and nothing else is on its lines.
    """),
    fix=Safety.SAFE,
)

UNKNOWN_KEY = Rule(
    "CV103",
    "unknown-key",
    E,
    cleandoc("""
        A key is not known in this place.

        It is misspelt, on the wrong level, or belongs to another kind of section or to another
        theme. Its value would not be printed. The hint names the most similar key, or all that are
        known here.

        Bad:

        ```yaml
        contact:
          emial: noether@example.org
        ```

        Good:

        ```yaml
        contact:
          email: noether@example.org
        ```

        Fix: writes the most similar key, if there is only one. It is unsafe because another key may
        have been meant.
    """),
    fix=Safety.UNSAFE,
)

REVERSED_DATES = Rule(
    "CV104",
    "reversed-dates",
    E,
    cleandoc("""
        A range of dates ends before it starts.

        One of the two dates is mistyped, or they are swapped. Dates are ranges as biblatex writes
        them: the start, a slash, the end.

        Bad:

        ```yaml
        sections:
        - kind: experience
          title: Experience
          entries:
          - {organization: University of Göttingen, role: Professor, date: 1933/1922}
        ```

        Good:

        ```yaml
        sections:
        - kind: experience
          title: Experience
          entries:
          - {organization: University of Göttingen, role: Professor, date: 1922/1933}
        ```

        Fix: swaps the two dates. It is unsafe because one of them may be mistyped.
    """),
    fix=Safety.UNSAFE,
)

MISSING_KEY = Rule(
    "CV105",
    "missing-key",
    E,
    cleandoc("""
        A required key is missing.

        A CV has a name and sections, a section its `kind` and `title`, and every kind of entry has
        one key that says what it is about, such as `institution` or `course`.

        Bad:

        ```yaml
        sections:
        - kind: awards
          title: Awards
          entries:
          - {by: Teubner, date: 1932}
        ```

        Good:

        ```yaml
        sections:
        - kind: awards
          title: Awards
          entries:
          - {title: Ackermann-Teubner Memorial Award, by: Teubner, date: 1932}
        ```
    """),
)

WRONG_TYPE = Rule(
    "CV106",
    "wrong-type",
    E,
    cleandoc("""
        A text, a list or a mapping is written where one of the others is expected.

        Most often a `- ` is missing before an entry, or the lines below a key are not indented. A
        text that starts with `[` or `{` is a list or a mapping for YAML, and needs quotes.

        Bad:

        ```yaml
        contact: Göttingen, Germany
        ```

        Good:

        ```yaml
        contact:
          location: Göttingen, Germany
        ```
    """),
)

INVALID_VALUE = Rule(
    "CV107",
    "invalid-value",
    E,
    cleandoc("""
        A value is not allowed here.

        It is not among the choices, does not have the form of a URL or number, or contradicts a
        value beside it. The hint says which values are allowed. Identifiers with a check digit are
        checked: a mistyped ORCID iD would lead to somebody else.

        Bad:

        ```yaml
        contact:
          website: example.org/noether
        ```

        Good:

        ```yaml
        contact:
          website: https://example.org/noether
        ```

        Fix: writes the most similar choice, if there is only one, or puts `https://` before a URL;
        that is unsafe. It is safe for `yes`, `on` and other words for true and false.
    """),
    fix=Safety.UNSAFE,
)

INVALID_DATE = Rule(
    "CV108",
    "invalid-date",
    E,
    cleandoc("""
        A date cannot be read, or the day does not exist.

        cvtex never guesses: `03/04/2021` is March for some and April for others. Write the year
        first, as in `2021`, `2021-12` or `2021-12-31`, and ranges with a slash, as in
        `2021-12/present`. A season is written as a word: `Fall 2022`.

        Bad:

        ```yaml
        sections:
        - kind: talks
          title: Talks
          entries:
          - {title: Hyperkomplexe Systeme, date: 7 September 1932}
        ```

        Good:

        ```yaml
        sections:
        - kind: talks
          title: Talks
          entries:
          - {title: Hyperkomplexe Systeme, date: 1932-09-07}
        ```

        Fix: writes the date as the hint does, if it can be read in only one way. It is unsafe for
        ranges, whose end may be open or unknown.
    """),
    fix=Safety.UNSAFE,
)

LOST_TEXT = Rule(
    "CV109",
    "lost-text",
    W,
    cleandoc("""
        A part of a text is lost, because YAML reads it as something else.

        A `#` after a blank starts a comment, a word that starts with `&` or `!` names something for
        later use, and in double quotes a backslash starts an escape. None of this is an error in
        YAML, so the rest of the text would silently be missing from the page.

        Bad:

        ```yaml
        headline: Winner of award #1
        ```

        Good:

        ```yaml
        headline: "Winner of award #1"
        ```

        Fix: puts the text in quotes, or keeps its backslashes. It is unsafe, because a comment may
        have been meant.
    """),
    fix=Safety.UNSAFE,
)

EMPTY_VALUE = Rule(
    "CV117",
    "empty-value",
    W,
    cleandoc("""
        A key or an item has no value.

        It is left out, as if it were not there. An empty value is often a line that you wanted to
        fill in later.

        Bad:

        ```yaml
        contact:
          email: noether@example.org
          phone:
        ```

        Good:

        ```yaml
        contact:
          email: noether@example.org
        ```

        Fix: deletes the line, if nothing else is on it and the key is not required.
    """),
    fix=Safety.SAFE,
)
