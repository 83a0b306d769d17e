"""CV4: the typeset page."""

from __future__ import annotations

from inspect import cleandoc

from cvtex.diagnostics.diagnostic import Rule, Severity

E, W = Severity.ERROR, Severity.WARNING

OVERFULL_BOX = Rule(
    "CV401",
    "overfull-box",
    W,
    cleandoc(r"""
        A line sticks out into the margin.

        TeX found no place to break it, mostly in a formula: words and URLs are broken where
        necessary. It looks careless, and at the edge of the paper it may be cut off. Less than one
        point is not reported, since nobody sees it.

        Bad:

        ```yaml
        sections:
        - kind: list
          title: Results
          entries:
          - >-
            $\left(a_1 b_1 c_1 d_1 + a_2 b_2 c_2 d_2 + a_3 b_3 c_3 d_3 + a_4 b_4 c_4 d_4
            + a_5 b_5 c_5 d_5 + a_6 b_6 c_6 d_6 + a_7 b_7 c_7 d_7 + a_8 b_8 c_8 d_8
            + a_9 b_9 c_9 d_9 + r_1 s_1 t_1 u_1 + r_2 s_2 t_2 u_2 + r_3 s_3 t_3 u_3\right)$
        ```

        Good:

        ```yaml
        sections:
        - kind: list
          title: Results
          entries:
          - >-
            $(a_1 b_1 c_1 d_1 + a_2 b_2 c_2 d_2 + a_3 b_3 c_3 d_3 + a_4 b_4 c_4 d_4
            + a_5 b_5 c_5 d_5 + a_6 b_6 c_6 d_6 + a_7 b_7 c_7 d_7 + a_8 b_8 c_8 d_8
            + a_9 b_9 c_9 d_9 + r_1 s_1 t_1 u_1 + r_2 s_2 t_2 u_2 + r_3 s_3 t_3 u_3)$
        ```
    """),
)

MISSING_GLYPH = Rule(
    "CV402",
    "missing-glyph",
    E,
    cleandoc("""
        A character is missing from the page, because no font has a glyph for it.

        TeX reports it only in its log, and leaves a gap. Words in another script need a font for
        it: themes look for the usual ones, and the hint says how to install one. An emoji or a rare
        symbol is better written as a word.

        Bad:

        ```yaml
        headline: Mathematician 🧮
        ```

        Good:

        ```yaml
        headline: Mathematician
        ```
    """),
)

TEX_ERROR = Rule(
    "CV403",
    "tex-error",
    E,
    cleandoc(r"""
        TeX stopped with an error.

        The LaTeX that cvtex writes does not make TeX stop. It happens with raw LaTeX, and with
        mathematics whose commands TeX does not know. cvtex names the line of your file that caused
        the error, and leaves the PDF of the last build unchanged.

        Bad:

        ```yaml
        headline: 'Every $\ideal$ is finitely generated.'
        ```

        Good:

        ```yaml
        headline: 'Every $\mathrm{ideal}$ is finitely generated.'
        ```
    """),
)

PAGE_LIMIT = Rule(
    "CV404",
    "page-limit",
    E,
    cleandoc(r"""
        The CV has more pages than `limits` allows.

        Many calls set a limit, and nobody reads the pages beyond it. `limits` states it, also for
        one variant, and the build fails instead of writing a PDF that is too long. CV113 checks the
        number of publications.

        Bad:

        ```yaml
        limits: {pages: 1}
        sections:
        - kind: text
          title: Summary
          body: "The first page. `\\clearpage`{=latex} The second page."
        raw_latex: true
        ```

        Good:

        ```yaml
        limits: {pages: 1}
        sections:
        - kind: text
          title: Summary
          body: The first page.
        ```
    """),
)

NO_HYPHENATION = Rule(
    "CV405",
    "no-hyphenation",
    W,
    cleandoc("""
        TeX cannot hyphenate the words of this language.

        The engine lacks the patterns, so lines are uneven or stick out. The rest of the page is not
        affected. The hint says how to install them; TinyTeX, the engine that comes as a Python
        package, has those of only a few languages.

        Bad:

        ```yaml
        language: de
        ```

        Good:

        ```yaml
        language: en
        ```
    """),
)
