"""The document tree as a TeX file, and which line of it came from where."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import assert_never

from msgspec import Struct, field

from cvtex.document.nodes import (
    Block,
    BulletList,
    Dated,
    Document,
    Entry,
    Header,
    Labelled,
    Metadata,
    Paragraph,
    PublicationList,
    Referee,
    Section,
)
from cvtex.source import Span
from cvtex.support.lazy_re import lazy_re
from cvtex.writers.latex.escape import escape_text
from cvtex.writers.latex.inlines import write_inlines
from cvtex.writers.latex.macros import Begin, End, Macro

WIDTH = 100
"""Where lines of the TeX file are broken, in characters; at a space that TeX may lose."""

_LINE = lazy_re(rf"(.{{1,{WIDTH}}}|\S+?(?:\\ \S*?)*)(?:(?<!\\) |$)", re.DOTALL)


class TexFile(Struct, frozen=True):
    """TeX source; `line_map` holds for each line, counted from 0, the place that made it."""

    text: str
    line_map: tuple[Span | None, ...]

    def span_of(self, line: int) -> Span | None:
        """The place behind a line counted from 1, or behind the nearest one above it."""
        for span in reversed(self.line_map[: max(line, 0)]):
            if span is not None:
                return span
        return None


class LatexPreamble(Struct, frozen=True):
    """What a theme asks for before the document begins."""

    document_class: str
    class_options: tuple[str, ...]
    package: str
    options: Mapping[str, str]


def write_latex(document: Document, preamble: LatexPreamble) -> TexFile:
    """The whole TeX file of a document."""
    writer = _Writer()
    writer.preamble(preamble)
    writer.add(Begin("document"))
    writer.metadata(document.metadata)
    writer.header(document.header)
    for section in document.sections:
        writer.section(section)
    writer.add(End("document"))
    return TexFile("\n".join(writer.lines) + "\n", tuple(writer.spans))


class _Writer(Struct):
    lines: list[str] = field(default_factory=list)
    spans: list[Span | None] = field(default_factory=list)

    def add(self, node: Macro, span: Span | None = None) -> None:
        for line in wrap(str(node.dumps())):
            self.lines.append(line)
            self.spans.append(span)

    def preamble(self, preamble: LatexPreamble) -> None:
        options = ",".join(f"{key}={value}" for key, value in preamble.options.items())
        class_options = ",".join(preamble.class_options) or None
        self.add(Macro("documentclass", preamble.document_class, options=class_options))
        self.add(Macro("usepackage", preamble.package, options=options))

    def metadata(self, metadata: Metadata) -> None:
        values = {
            "title": metadata.title,
            "author": metadata.author,
            "subject": metadata.subject,
            "keywords": ", ".join(metadata.keywords),
            "language": metadata.language,
            "date": metadata.date.isoformat(),
        }
        pairs = ",".join(f"{key}={{{escape_text(value)}}}" for key, value in values.items())
        self.add(Macro("cvmetadata", pairs))

    def header(self, header: Header) -> None:
        photo = header.photo or ""
        name, headline = write_inlines(header.name), write_inlines(header.headline.inlines)
        self.add(Begin("cvheader", name, headline, photo), header.span)
        for contact in header.contacts:
            self.add(Macro("cvcontact", write_inlines(contact.inlines)), contact.span)
        self.add(End("cvheader"), header.span)

    def section(self, section: Section) -> None:
        self.add(Macro("cvsection", section.anchor, write_inlines(section.title)), section.span)
        for block in section.blocks:
            self.block(block)

    def block(self, block: Block) -> None:
        match block:
            case Paragraph(body, span):
                self.add(Macro("cvparagraph", write_inlines(body)), span)
            case BulletList():
                self.bullets(block)
            case Labelled(label, body, span):
                self.add(Macro("cvitem", write_inlines(label), write_inlines(body)), span)
            case Dated(body, date, span):
                self.add(Macro("cvline", write_inlines(body), write_inlines(date)), span)
            case Entry():
                self.entry(block)
            case PublicationList():
                self.publications(block)
            case Referee():
                self.referee(block)
            case _:
                assert_never(block)

    def bullets(self, bullets: BulletList) -> None:
        self.add(Begin("cvbullets"))
        for bullet in bullets.items:
            self.add(Macro("cvbullet", write_inlines(bullet.body)), bullet.span)
        self.add(End("cvbullets"))

    def entry(self, entry: Entry) -> None:
        head = map(write_inlines, (entry.title, entry.date, entry.place))
        self.add(Begin("cventry", *head), entry.span)
        for role in entry.roles:
            title, date = write_inlines(role.title), write_inlines(role.date)
            self.add(Macro("cvrole", title, date), role.span)
        for detail in entry.details:
            match detail:
                case Paragraph(body, span):
                    self.add(Macro("cvsummary", write_inlines(body)), span)
                case Labelled(label, body, span):
                    self.add(Macro("cvdetail", write_inlines(label), write_inlines(body)), span)
                case BulletList():
                    self.bullets(detail)
                case _:
                    assert_never(detail)
        self.add(End("cventry"), entry.span)

    def publications(self, printed: PublicationList) -> None:
        self.add(Begin("cvpublications", escape_text(printed.widest)), printed.span)
        for group in printed.groups:
            if group.heading:
                self.add(Macro("cvpublicationgroup", write_inlines(group.heading)), printed.span)
            for item in group.items:
                body, badges = write_inlines(item.body), write_inlines(item.badges)
                label = escape_text(item.label)
                self.add(Macro("cvpublication", item.anchor, label, body, badges), item.span)
        if printed.legend:
            self.add(Macro("cvlegend", write_inlines(printed.legend)), printed.span)
        self.add(End("cvpublications"), printed.span)

    def referee(self, referee: Referee) -> None:
        self.add(Begin("cvreferee", write_inlines(referee.name)), referee.span)
        for line in referee.lines:
            self.add(Macro("cvrefereeline", write_inlines(line)), referee.span)
        self.add(End("cvreferee"), referee.span)


def wrap(source: str) -> Sequence[str]:
    """The source on lines of about `WIDTH` characters, broken where a line end is a space."""
    return [match[1] for match in _LINE.finditer(source)]
