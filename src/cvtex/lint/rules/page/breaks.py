"""Page breaks: headings, lines and last pages that are left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.letters import letters
from cvtex.lint.printed import PrintedText, printed
from cvtex.pdf.page import Page, PageLine, Pdf
from cvtex.richtext.plain import plain_text
from cvtex.source import Span

NEAR = 2.0
"""The largest difference in height of head or foot lines from page to page, in points."""

LEAST = 3
"""The number of lines that a last page should have."""

JOINT = 12
"""The number of letters before a page break that must match the text that is broken there."""


@rule("CV409")
def stranded_heading(context: LintContext) -> RuleFindings:
    r"""A heading is at the foot of a page, and its section begins on the next.

    The reader turns the page without knowing what follows. The themes of cvtex keep a heading with
    its text; a theme of your own may not.

    Bad:

    ```yaml
    theme: mine         # its \cvsection lets a page end after the heading
    ```

    Good:

    ```yaml
    theme: classic
    ```
    """
    bodies = _bodies(context.pdf)
    for heading in context.pdf.headings if context.pdf is not None else ():
        below = [line for line in bodies[heading.page] if line.box.bottom < heading.top]
        alone = letters("".join(line.text for line in below)) == letters(heading.title)
        if alone and heading.page < len(bodies) - 1:
            page = heading.page + 1
            message = f"the heading `{heading.title}` is alone at the foot of page {page}"
            hint = "shorten or lengthen the text before it"
            yield Finding(message, _section_place(context, heading.title), hint)


@rule("CV410")
def stranded_line(context: LintContext) -> RuleFindings:
    r"""One line of a paragraph is alone at the head or the foot of a page.

    Typographers call it a widow or an orphan. The themes of cvtex avoid them where they can.

    Bad:

    ```yaml
    theme: mine         # with \widowpenalty=0
    ```

    Good:

    ```yaml
    theme: classic
    ```
    """
    bodies = _bodies(context.pdf)
    texts = list(printed(context.lowered.document)) if len(bodies) > 1 else []
    for number, (page, following) in enumerate(pairwise(bodies), 2):
        if page and following:
            yield from _stranded(texts, letters(page[-1].text), letters(following[0].text), number)


@rule("CV411")
def short_last_page(context: LintContext) -> RuleFindings:
    """The last page has only one or two lines.

    A page for two lines looks like an accident. Shorten the CV a little, or choose smaller margins.

    Bad:

    ```yaml
    theme: {margin: 22mm}       # 2 pages and 1 line
    ```

    Good:

    ```yaml
    theme: {margin: 20mm}       # 2 pages
    ```
    """
    bodies = _bodies(context.pdf)
    lines = len(bodies[-1]) if len(bodies) > 1 else LEAST
    if lines < LEAST:
        last = context.lowered.document.sections[-1]
        counted = "one line" if lines == 1 else f"{lines} lines"
        hint = "shorten the CV, or set a smaller `margin` or `font_size` under `theme`"
        yield Finding(f"the last page has only {counted}", last.span, hint)


def _bodies(pdf: Pdf | None) -> list[list[PageLine]]:
    """Return the lines of each page without its head and foot, which all pages have."""
    pages = pdf.pages if pdf is not None else ()
    if len(pages) < 2:
        return [list(page.lines) for page in pages]
    return [
        [line for line in page.lines if not all(_has_at(other, line) for other in pages)]
        for page in pages
    ]


def _has_at(page: Page, line: PageLine) -> bool:
    """Return whether a page has a line of the same letters at the same height."""
    words = _words(line)
    return any(
        abs(other.box.bottom - line.box.bottom) < NEAR and _words(other) == words
        for other in page.lines
    )


def _words(line: PageLine) -> str:
    return "".join(char for char in line.text if char.isalpha())


def _section_place(context: LintContext, title: str) -> Span | None:
    sections = context.lowered.document.sections
    return next((s.span for s in sections if letters(plain_text(s.title)) == letters(title)), None)


def _stranded(texts: Sequence[PrintedText], last: str, first: str, page: int) -> Iterator[Finding]:
    """Yield a finding about the text that is broken between two lines, if one is alone."""
    joint = last[-JOINT:] + first
    for text in texts:
        written = letters(text.text)
        at = written.find(joint)
        if at < 0 or len(last) < JOINT:
            continue
        before, after = written[: at + JOINT], written[at + JOINT :]
        where = "head" if after == first else "foot" if last.endswith(before) else None
        if where is not None:
            alone = f"the {where} of page {page if where == 'head' else page - 1}"
            hint = "shorten or lengthen it by a few words"
            yield Finding(f"a single line of this is alone at {alone}", text.span, hint)
        return
