"""Links and images on the page."""

from __future__ import annotations

from cvtex.diagnostics.diagnostic import Severity
from cvtex.lint.context import Finding, LintContext, RuleFindings, rule
from cvtex.lint.printed import printed
from cvtex.pdf.page import Box, Page, PageImage
from cvtex.richtext.nodes import Link
from cvtex.richtext.walk import walk
from cvtex.source import Span

LEAST_RESOLUTION = 150
"""The resolution below which a photo looks blurred in print, in pixels per inch."""

POINTS_AN_INCH = 72


@rule("CV407")
def link_off_page(context: LintContext) -> RuleFindings:
    """A link reaches beyond the edge of the page, where nobody can click it.

    So does its text, which is mostly a URL that cannot be broken.

    Bad:

    ```yaml
    body: "[see `/a/very/long/path/without/any/place/to/break/it`](https://example.org)"
    ```

    Good:

    ```yaml
    body: "[see the data](https://example.org)"
    ```
    """
    for number, page in enumerate(context.pdf.pages if context.pdf else (), 1):
        for link in page.links:
            if _reaches_out(link.box, page):
                target = f"the link to `{link.url}`" if link.url else "a link inside the document"
                hint = "give the link a shorter text, or one with spaces"
                message = f"{target} reaches beyond the edge of page {number}"
                yield Finding(message, _place_of(link.url, context), hint)


@rule("CV413", Severity.INFO)
def blurred_photo(context: LintContext) -> RuleFindings:
    """The photo has too few pixels for its size on the page.

    On screen it may be good enough; in print, fewer than 150 pixels per inch look blurred.

    Bad:

    ```yaml
    photo: thumbnail-80x80.png
    ```

    Good:

    ```yaml
    photo: portrait-600x800.jpg
    ```
    """
    photo = context.project.cv.photo
    for page in context.pdf.pages if context.pdf else ():
        for image in page.images:
            resolution = _resolution(image)
            if resolution < LEAST_RESOLUTION:
                message = f"the photo is printed with {resolution:.0f} pixels per inch"
                hint = f"use one with at least {_wanted_width(image)} pixels across"
                yield Finding(message, photo.span if photo else None, hint)


def _place_of(url: str, context: LintContext) -> Span | None:
    """Return the place of the text with a link to a URL, else that of the name in cv.yaml."""
    for text in printed(context.lowered.document):
        links = (inline for inline in walk(text.inlines) if isinstance(inline, Link))
        if url and any(link.url == url for link in links):
            return text.span
    return context.project.locate(("name",))


def _reaches_out(box: Box, page: Page) -> bool:
    return box.left < 0 or box.bottom < 0 or box.right > page.width or box.top > page.height


def _resolution(image: PageImage) -> float:
    inches = max(image.box.right - image.box.left, 1) / POINTS_AN_INCH
    return image.width / inches


def _wanted_width(image: PageImage) -> int:
    return round(LEAST_RESOLUTION * (image.box.right - image.box.left) / POINTS_AN_INCH)
