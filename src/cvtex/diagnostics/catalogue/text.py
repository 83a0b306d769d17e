"""CV2: texts."""

from __future__ import annotations

from inspect import cleandoc

from cvtex.diagnostics.diagnostic import Needs, Rule, Safety, Severity

E, W = Severity.ERROR, Severity.WARNING

UNKNOWN_CITEKEY = Rule(
    "CV201",
    "unknown-citekey",
    E,
    cleandoc(r"""
        A text or a list names a publication that no .bib file has.

        The key is misspelt, or the entry was renamed or removed. The text would print the bare key
        in brackets, and the list would lack an entry. To print brackets and an `@`, write `\[`.

        Bad:

        ```yaml
        headline: I proved the theorem of [@noether1981].
        ```

        ```bibtex
        @article{noether1918, author = {Noether, Emmy}, title = {Variationsprobleme}, year = 1918}
        ```

        Good:

        ```yaml
        headline: I proved the theorem of [@noether1918].
        ```

        ```bibtex
        @article{noether1918, author = {Noether, Emmy}, title = {Variationsprobleme}, year = 1918}
        ```

        Fix: writes the most similar key, if there is only one and it has the same numbers. It is
        unsafe because another publication may have been meant.
    """),
    fix=Safety.UNSAFE,
    needs=Needs.CITED_ENTRY,
)

UNKNOWN_LINK = Rule(
    "CV202",
    "unknown-link",
    E,
    cleandoc(r"""
        A link has no URL.

        `[text][name]` takes its URL from `links:`, which does not have this name, or `[text]()` has
        nothing between its parentheses. The text would be printed without the link. To print
        brackets, write `\[`.

        Bad:

        ```yaml
        headline: I work with [David Hilbert][hilbrt].
        links: {hilbert: https://example.org/hilbert}
        ```

        Good:

        ```yaml
        headline: I work with [David Hilbert][hilbert].
        links: {hilbert: https://example.org/hilbert}
        ```

        Fix: writes the most similar name, if there is only one. It is unsafe because another link
        may have been meant.
    """),
    fix=Safety.UNSAFE,
)

UNKNOWN_FACT = Rule(
    "CV204",
    "unknown-fact",
    E,
    cleandoc(r"""
        A text uses a fact that is not defined.

        `{name}` prints a value of `facts:`, or a number that cvtex counts, such as
        `{publications}`. An unknown name would be printed with its braces. To print braces, write
        `\{`.

        Bad:

        ```yaml
        headline: My work was cited {citation} times.
        facts: {citations: 3204}
        ```

        Good:

        ```yaml
        headline: My work was cited {citations} times.
        facts: {citations: 3204}
        ```

        Fix: writes the most similar name, if there is only one. It is unsafe because another fact
        may have been meant.
    """),
    fix=Safety.UNSAFE,
)

RAW_LATEX = Rule(
    "CV205",
    "raw-latex",
    E,
    cleandoc(r"""
        A text has raw code that cannot be typeset.

        Raw LaTeX is written `` `\TeX`{=latex} ``. It is off unless the CV has `raw_latex: true`,
        because it ties the text to one output and can break the page. Even then its braces must be
        balanced, and it must not have a comment, which would swallow the text after it.

        Bad:

        ```yaml
        headline: "I typeset in `\\LaTeX`{=latex}."
        ```

        Good:

        ```yaml
        headline: "I typeset in `\\LaTeX`{=latex}."
        raw_latex: true
        ```
    """),
)

UNSAFE_MATH = Rule(
    "CV206",
    "unsafe-math",
    E,
    cleandoc(r"""
        A formula contains something that is not mathematics.

        Between dollar signs there is a command that reads files, defines commands or ends the page,
        or unbalanced braces. None of this belongs in a formula, and it could stop TeX. Where dollar
        signs are money, write `\$`.

        Bad:

        ```yaml
        headline: 'I count $\input{primes}$ for a living.'
        ```

        Good:

        ```yaml
        headline: 'I count $\pi(x)$ for a living.'
        ```
    """),
)

UNPRINTED_CITATION = Rule(
    "CV207",
    "unprinted-citation",
    W,
    cleandoc("""
        A text cites a publication that no list prints.

        A citation prints the label of its publication, such as [3], and links to it. A publication
        that is not in a list has no label, so author and year are printed instead. In a variant
        that leaves out a list this is easily overlooked.

        Bad:

        ```yaml
        headline: The theorem of [@noether1918].
        sections:
        - {kind: publications, title: Papers, select: {years: 1920/1930}}
        ```

        ```bibtex
        @article{noether1918, author = {Noether, Emmy}, title = {Variationsprobleme}, year = 1918}
        @article{noether1921, author = {Noether, Emmy}, title = {Idealtheorie}, year = 1921}
        ```

        Good:

        ```yaml
        headline: The theorem of [@noether1918].
        sections:
        - {kind: publications, title: Papers, select: {years: 1910/1930}}
        ```

        ```bibtex
        @article{noether1918, author = {Noether, Emmy}, title = {Variationsprobleme}, year = 1918}
        @article{noether1921, author = {Noether, Emmy}, title = {Idealtheorie}, year = 1921}
        ```
    """),
    needs=Needs.COMPLETE_CV,
)

UNPRINTABLE_CHARACTER = Rule(
    "CV208",
    "unprintable-character",
    E,
    cleandoc("""
        The chosen engine cannot set these characters.

        pdflatex and TinyTeX have the Latin letters of Europe, mathematical symbols and single Greek
        letters. Words in any other script need xelatex or lualatex; `engine: auto` uses one of them
        if it is installed. `cvtex build` and `cvtex lint --page` find this.

        Bad:

        ```yaml
        engine: tinytex
        headline: Mathematician (数学家)
        ```

        Good:

        ```yaml
        engine: tinytex
        headline: Mathematician (mathématicienne)
        ```
    """),
)

INVISIBLE_CHARACTER = Rule(
    "CV209",
    "invisible-character",
    W,
    cleandoc(r"""
        A text has an invisible character.

        Such characters are pasted along with text from a web page or a PDF: blanks without width,
        marks for the direction of writing. Words with them are not found, and lines are not broken
        there. cvtex leaves them out; the joiners that Arabic and Indic scripts need are kept. In
        fields of .bib files, where BibTeX sorts such words wrongly, `cvtex lint` finds them.

        Bad:

        ```yaml
        headline: "Mathema\u200btician"
        ```

        Good:

        ```yaml
        headline: "Mathematician"
        ```

        Fix: deletes the character. One that is written as an escape is left to you.
    """),
    fix=Safety.SAFE,
)
