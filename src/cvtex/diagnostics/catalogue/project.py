"""CV1: files, sections, limits, themes, and the names of rules themselves."""

from __future__ import annotations

from inspect import cleandoc

from cvtex.diagnostics.diagnostic import Needs, Rule, Safety, Severity

E, W = Severity.ERROR, Severity.WARNING

USAGE = Rule(
    "CV100",
    "usage",
    E,
    cleandoc("""
        cvtex was asked for something that it cannot do here.

        The file does not exist, the CV has no such variant, or the engine that was asked for is not
        installed. Nothing in the CV has to be corrected, so there is no place to point at, and the
        exit code is 2. It has a code only because in `--format json` every message is a finding.

        Bad:

        ```sh
        cvtex build cv.yml    # the file is called cv.yaml
        ```

        Good:

        ```sh
        cvtex build cv.yaml
        ```
    """),
)

TOO_LARGE = Rule(
    "CV110",
    "too-large",
    E,
    cleandoc("""
        The file is too large or too deep to be a CV.

        Aliases of aliases, or a `@string` of strings, can make a few lines grow beyond any memory,
        and a value that contains itself would never end. cvtex stops reading there. It also stops
        where a file has so many faults that more of them would not help.

        Bad:

        ```yaml
        contact: &contact
          other: *contact
        ```

        Good:

        ```yaml
        contact:
          other: {label: Genealogy, url: "https://example.org/genealogy"}
        ```
    """),
)

UNREADABLE_FILE = Rule(
    "CV111",
    "unreadable-file",
    E,
    cleandoc("""
        A file cannot be read, or is not a text in UTF-8.

        Paths in a CV are relative to the file that names them. Editors can save in UTF-8; in any
        other encoding the letters beyond ASCII would come out wrong. For .bib files, which are
        often old, see also CV310.

        Bad:

        ```yaml
        bibliography: {files: [publications.bib]}    # the file is called refs.bib
        ```

        Good:

        ```yaml
        bibliography: {files: [refs.bib]}
        ```
    """),
)

UNKNOWN_SECTION = Rule(
    "CV112",
    "unknown-section",
    E,
    cleandoc("""
        A variant names a section that the CV does not have.

        The variant would be printed without it. Sections are named by their `id` or by their title,
        letter by letter; an `id` still fits when the title is reworded.

        Bad:

        ```yaml
        variants:
          short: {sections: [Publications]}
        ```

        Good:

        ```yaml
        variants:
          short: {sections: [Papers]}
        sections:
        - {kind: publications, title: Papers}
        ```

        Fix: writes the most similar id or title, if there is only one. It is unsafe because another
        section may have been meant.
    """),
    fix=Safety.UNSAFE,
)

LIMIT_EXCEEDED = Rule(
    "CV113",
    "limit-exceeded",
    E,
    cleandoc("""
        The CV prints more publications than `limits` allows.

        Some calls allow ten, and a list grows by itself when the .bib file does. `limits` states
        the number, so that nobody has to count. CV404 checks the number of pages.

        Bad:

        ```yaml
        limits: {publications: 1}
        ```

        ```bibtex
        @article{noether1918, author = {Noether, Emmy}, title = {Variationsprobleme}, year = 1918}
        @article{noether1921, author = {Noether, Emmy}, title = {Idealtheorie}, year = 1921}
        ```

        Good:

        ```yaml
        limits: {publications: 1}
        sections:
        - {kind: publications, title: Papers, select: {keys: [noether1918]}}
        ```

        ```bibtex
        @article{noether1918, author = {Noether, Emmy}, title = {Variationsprobleme}, year = 1918}
        @article{noether1921, author = {Noether, Emmy}, title = {Idealtheorie}, year = 1921}
        ```
    """),
)

MISSING_TRANSLATION = Rule(
    "CV114",
    "missing-translation",
    W,
    cleandoc("""
        A text has no translation into the language that is printed.

        It is printed in the CV's own language instead, amid the other one. This rule also reports a
        language for which cvtex has no words of its own, such as that for "Thesis": they are
        printed in English.

        Bad:

        ```yaml
        language: de
        headline: {en: Mathematician, fr: Mathématicienne}
        ```

        Good:

        ```yaml
        language: de
        headline: {en: Mathematician, de: Mathematikerin}
        ```
    """),
)

EMPTY_SECTION = Rule(
    "CV115",
    "empty-section",
    W,
    cleandoc("""
        A section prints nothing, so it is left out.

        Its list is empty, or its `select` fits no publication. Without this warning a mistyped
        keyword would cost a whole section.

        Bad:

        ```yaml
        sections:
        - {kind: talks, title: Talks, entries: []}
        ```

        Good:

        ```yaml
        sections:
        - kind: talks
          title: Talks
          entries:
          - {title: Hyperkomplexe Systeme, event: ICM, date: 1932}
        ```
    """),
    needs=Needs.COMPLETE_CV,
)

UNKNOWN_THEME = Rule(
    "CV116",
    "unknown-theme",
    E,
    cleandoc("""
        There is no theme of this name.

        Themes come with cvtex, or are in a folder `templates` beside cv.yaml; `cvtex themes` lists
        them all. A name with a slash in it is a path relative to cv.yaml.

        Bad:

        ```yaml
        theme: clasic
        ```

        Good:

        ```yaml
        theme: classic
        ```
    """),
)

UNUSED_SUPPRESSION = Rule(
    "CV190",
    "unused-suppression",
    W,
    cleandoc("""
        A comment ignores a rule that finds nothing there.

        The finding that it was written for has been corrected, or the comment is on the wrong line,
        or cvtex no longer has the rule. Left behind it would hide the next mistake. Errors cannot
        be ignored, neither by comments nor by `lint: ignore`: they stop the build.

        Bad:

        ```yaml
        headline: I work on the theory of ideals.  # cvtex: ignore[CV211]
        ```

        Good:

        ```yaml
        headline: I work on the theory of ideals.
        ```

        Fix: deletes the comment but for the words after it, or of several codes the useless one.
    """),
    fix=Safety.SAFE,
)

UNKNOWN_RULE = Rule(
    "CV191",
    "unknown-rule",
    W,
    cleandoc("""
        A named rule does not exist, or a comment that ignores findings cannot be read.

        So the comment ignores nothing, or the selection has no effect. Rules have a code and a
        name, and either may be written. `cvtex rules` lists them.

        Bad:

        ```yaml
        lint: {ignore: [CV999]}
        ```

        Good:

        ```yaml
        lint: {ignore: [CV211]}
        ```
    """),
)
