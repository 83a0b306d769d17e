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

        Fix: writes the key that looks most like it, if only one does and the numbers in it are the
        same. It is unsafe because another publication may have been meant.
    """),
    fix=Safety.UNSAFE,
    needs=Needs.CITED_ENTRY,
)

UNKNOWN_LINK = Rule(
    "CV202",
    "unknown-link",
    E,
    cleandoc(r"""
        A link has no address.

        `[text][name]` takes its address from `links:`, where there is none of this name, or
        `[text]()` has nothing between its parentheses. The text would be printed without the link.
        To print brackets, write `\[`.

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

        Fix: writes the name that looks most like it, if only one does. It is unsafe because another
        link may have been meant.
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
        `{publications}`. What is not known would be printed with its braces. To print braces, write
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

        Fix: writes the name that looks most like it, if only one does. It is unsafe because another
        fact may have been meant.
    """),
    fix=Safety.UNSAFE,
)

RAW_LATEX = Rule(
    "CV205",
    "raw-latex",
    E,
    cleandoc(r"""
        A text holds raw code that cannot be typeset.

        Raw LaTeX is written `` `\TeX`{=latex} ``. It is off unless the CV has `raw_latex: true`,
        because it binds the text to one output and can break the page. Even then its braces must
        pair and it must hold no comment, or it would swallow what follows.

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
        Mathematics holds something that is no mathematics.

        Between dollar signs stands a command that reads files, defines commands or ends the page,
        or braces that do not pair. None of this belongs in a formula, and it could stop TeX. Where
        dollar signs are money, write `\$`.

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

        A citation prints the label of its publication, such as [3], and links to it. One that
        stands in no list has no label, so author and year are printed instead. In a variant that
        leaves out a list this is easily overlooked.

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

        pdflatex and TinyTeX know the letters of Europe that are Latin, mathematical symbols and
        single Greek letters. Words in any other script need xelatex or lualatex; with
        `engine: auto` one of them is taken if it is installed. This is found by `cvtex build` and
        `cvtex lint --page`.

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
        A text holds a character that cannot be seen.

        Such characters come along when text is pasted from a web page or a PDF: blanks without
        width, marks for the direction of writing. They keep words from being found and lines from
        being broken. cvtex leaves them out; the joiners that Arabic and Indic scripts need are
        kept. In fields of .bib files, where BibTeX sorts such words wrongly, `cvtex lint` finds
        them.

        Bad:

        ```yaml
        headline: "Mathema\u200btician"
        ```

        Good:

        ```yaml
        headline: "Mathematician"
        ```

        Fix: deletes the character. Where an escape stands for it, it is left to you.
    """),
    fix=Safety.SAFE,
)
