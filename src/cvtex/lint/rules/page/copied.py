"""The PDF as machines read it: its text and its fonts."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.letters import letters
from cvtex.lint.printed import GAP, PrintedText, printed
from cvtex.pdf.page import Page
from cvtex.source import Span

LEAST_SHARE = 2
"""The fewest letters of a hyphenated word before the hyphen (\\lefthyphenmin)."""


@rule("CV406")
def unembedded_font(context: LintContext) -> RuleFindings:
    """A font is not embedded in the PDF.

    Another machine replaces it with a font of its own, and the page looks different or loses
    characters. Journals, funders and print shops refuse such files. The themes of cvtex embed all
    fonts; a theme of your own, or an image in PDF, may not.

    Bad:

    ```yaml
    photo: figure-with-times-roman.pdf
    ```

    Good:

    ```yaml
    photo: figure-with-embedded-fonts.pdf
    ```
    """
    fonts = (font for page in _pages(context) for font in page.fonts if not font.embedded)
    for name in dict.fromkeys(font.name for font in fonts):
        hint = "use a theme or an image that embeds its fonts"
        yield Finding(f"the font `{name}` is not embedded", _theme_place(context), hint)


@rule("CV408")
def unreadable_text(context: LintContext) -> RuleFindings:
    """A word is on the page, but not in the text that can be copied from it.

    Search engines, screen readers and the forms of employers read that text, not the page. Words
    are lost where a font has no names for its characters, or where accents are drawn over letters.

    Bad:

    ```yaml
    engine: pdflatex        # with a theme whose fonts have no table of characters
    ```

    Good:

    ```yaml
    engine: lualatex
    ```
    """
    pages = [letters(page.text) for page in _pages(context)]
    for text in printed(context.lowered.document) if pages else ():
        lost = [word for word in text.text.split() if not _is_there(word, pages)]
        if lost:
            yield _unreadable(lost, text)


def _pages(context: LintContext) -> tuple[Page, ...]:
    return context.pdf.pages if context.pdf is not None else ()


def _theme_place(context: LintContext) -> Span | None:
    """Return the place of the theme in cv.yaml, else that of the name."""
    project = context.project
    written = project.root.find("theme")
    return project.locate(("theme",) if written else ("name",))


def _unreadable(lost: list[str], text: PrintedText) -> Finding:
    words = ", ".join(f"`{word}`" for word in lost[:3]) + (" …" if len(lost) > 3 else "")
    hint = "try another engine or font; copy the line from the PDF to see the difference"
    place = text.span and _written(lost[0], text.span)
    return Finding(f"{words} cannot be copied from the PDF", place, hint)


def _written(word: str, span: Span) -> Span:
    """Return the place of a word in a span; all of it if markup or an escape is in the word."""
    start = span.start + span.text.find(word)
    return span if start < span.start else span.source.span(start, start + len(word))


def _is_there(word: str, pages: list[str]) -> bool:
    """Return whether a word is on a page, or divided between two.

    Mathematics and scripts from right to left are taken to be there, as their order may differ.
    """
    if GAP in word or any(unicodedata.bidirectional(char) in ("R", "AL") for char in word):
        return True
    found = letters(word)
    return any(found in page for page in pages) or any(
        found[:i] in one and found[i:] in other
        for one, other in pairwise(pages)
        for i in range(LEAST_SHARE, len(found) - 1)
    )
