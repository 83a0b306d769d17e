"""Publications as data, before any formatting."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from cvtex.dates.partial_date import Date
from cvtex.names.name import Name
from cvtex.richtext.nodes import Inlines
from cvtex.source import Span


class Contributor(Struct, frozen=True, gc=False):
    """An author or editor: the name and the roles annotated to it, such as "equal"."""

    name: Name
    roles: tuple[str, ...] = ()
    span: Span | None = None


class Status(StrEnum):
    """The state of a work on its way into print: biblatex's `pubstate` and two before it.

    The members are in the order in which a work passes through them.
    """

    PREPARATION = "inpreparation"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "underreview"
    ACCEPTED = "accepted"
    FORTHCOMING = "forthcoming"
    IN_PRESS = "inpress"
    PREPUBLISHED = "prepublished"
    PUBLISHED = "published"


class Publication(Struct, frozen=True):
    """One entry of a .bib file, decoded.

    `type` is the lower-case entry type as written. `fields` holds every other text field under
    its biblatex name (`journaltitle`, `booktitle`, `location`, ...), decoded to inlines.
    `links` maps link kinds (doi, arxiv, url, code, slides, video, poster, pdf) to complete URLs.
    `places` gives the span of each field's value, `span` that of the citekey.
    `number` counts the entries over all files from 0: the file order.
    """

    key: str
    type: str
    number: int
    title: Inlines = ()
    authors: tuple[Contributor, ...] = ()
    editors: tuple[Contributor, ...] = ()
    and_others: bool = False
    date: Date | None = None
    status: Status = Status.PUBLISHED
    fields: Mapping[str, Inlines] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    span: Span | None = None
    places: Mapping[str, Span] = field(default_factory=dict)

    @property
    def extent(self) -> Span | None:
        """Return the span from the citekey to the end of the last field after it."""
        if self.span is None:
            return None
        ends = [p.end for p in self.places.values() if p.source is self.span.source]
        return Span(self.span.source, self.span.start, max([self.span.end, *ends]))
