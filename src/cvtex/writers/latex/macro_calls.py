"""Writes the document tree as a TeX file, and keeps the origin of each line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import assert_never

from msgspec import Struct, field

from cvtex.dates.edtf import ends
from cvtex.document.nodes import (
    Block,
    Bullet,
    BulletList,
    Document,
    Entry,
    Header,
    LabelledGroup,
    Metadata,
    Paragraph,
    PrintedDate,
    PublicationItem,
    PublicationList,
    Section,
)
from cvtex.names.name import Name
from cvtex.source import Span
from cvtex.support.lazy_re import lazy_re
from cvtex.writers.field_order import LabelledText, LaidEntry, LaidLine, lay_out, lay_out_group
from cvtex.writers.latex.escape import escape_text
from cvtex.writers.latex.inlines import write_inlines
from cvtex.writers.latex.pylatex_nodes import Begin, End, Macro

WIDTH = 100
"""Where lines of the TeX file are broken, in characters; at a space that TeX may lose."""

_LINE = lazy_re(rf"(.{{1,{WIDTH}}}|\S+?(?:\\ \S*?)*)(?:(?<!\\) |$)", re.DOTALL)


class TexFile(Struct, frozen=True):
    """TeX source; `line_map` holds for each line, counted from 0, the place that made it."""

    text: str
    line_map: tuple[Span | None, ...]

    def span_of(self, line: int) -> Span | None:
        """Return the origin of a line counted from 1, or of the nearest one above it."""
        for span in reversed(self.line_map[: max(line, 0)]):
            if span is not None:
                return span
        return None


class LatexPreamble(Struct, frozen=True):
    """The document class, the package of the theme and its options."""

    document_class: str
    class_options: tuple[str, ...]
    package: str
    options: Mapping[str, str]


def write_latex(document: Document, preamble: LatexPreamble) -> TexFile:
    """Return the whole TeX file of a document."""
    writer = _LatexWriter()
    writer.preamble(preamble)
    writer.add(Begin("document"))
    writer.metadata(document.metadata)
    writer.header(document.header)
    for section in document.sections:
        writer.section(section)
    writer.add(End("document"))
    return TexFile("\n".join(writer.lines) + "\n", tuple(writer.spans))


class _LatexWriter(Struct):
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
        photo = header.photo.file if header.photo else ""
        name, headline = write_inlines(header.name), write_inlines(header.headline.inlines)
        parts = header.parts
        given, family = escape_text(parts.given), escape_text(_family(parts))
        self.add(Begin("cvheader", name, headline, photo, given, family), header.span)
        for contact in header.contacts:
            self.add(Macro("cvcontact", write_inlines(contact.text), contact.kind), contact.span)
        self.add(End("cvheader"), header.span)

    def section(self, section: Section) -> None:
        title = write_inlines(section.title)
        self.add(Macro("cvsection", section.anchor, title, section.kind), section.span)
        for block in section.blocks:
            self.block(block)

    def block(self, block: Block) -> None:
        match block:
            case Paragraph(body, span):
                self.add(Macro("cvparagraph", write_inlines(body)), span)
            case BulletList(items):
                self.bullets(items)
            case LabelledGroup():
                self.labelled("cvitem", lay_out_group(block))
            case Entry():
                self.entry(lay_out(block))
            case PublicationList():
                self.publications(block)
            case _:
                assert_never(block)

    def bullets(self, bullets: Sequence[Bullet]) -> None:
        if not bullets:
            return
        self.add(Begin("cvbullets"))
        for bullet in bullets:
            self.add(Macro("cvbullet", write_inlines(bullet.body)), bullet.span)
        self.add(End("cvbullets"))

    def labelled(self, macro: str, text: LabelledText) -> None:
        self.add(Macro(macro, write_inlines(text.label), write_inlines(text.text)), text.span)

    def entry(self, entry: LaidEntry) -> None:
        match entry.shape:
            case "station":
                self.station(entry)
            case "line":
                self.line("cvline", LaidLine(entry.head, entry.date, entry.span))
                self.bullets(entry.details)
            case "person":
                self.person(entry)
            case _:
                assert_never(entry.shape)

    def line(self, macro: str, line: LaidLine) -> None:
        self.add(Macro(macro, write_inlines(line.text), *_date(line.date)), line.span)

    def station(self, entry: LaidEntry) -> None:
        printed, *ends = _date(entry.date)
        head, place = write_inlines(entry.head), write_inlines(entry.place)
        self.add(Begin("cventry", head, printed, place, *ends), entry.span)
        for line in entry.below:
            self.line("cvrole", line)
        for paragraph in entry.summary:
            self.add(Macro("cvsummary", write_inlines(paragraph.body)), paragraph.span)
        for labelled in entry.labelled:
            self.labelled("cvdetail", labelled)
        self.bullets(entry.details)
        self.add(End("cventry"), entry.span)

    def person(self, entry: LaidEntry) -> None:
        self.add(Begin("cvreferee", write_inlines(entry.head)), entry.span)
        for line in entry.below:
            self.add(Macro("cvrefereeline", write_inlines(line.text)), entry.span)
        self.add(End("cvreferee"), entry.span)

    def publications(self, printed: PublicationList) -> None:
        self.add(Begin("cvpublications", escape_text(printed.widest)), printed.span)
        for group in printed.groups:
            if group.heading:
                self.add(Macro("cvpublicationgroup", write_inlines(group.heading)), printed.span)
            for item in group.items:
                self.publication(item)
        if printed.legend:
            self.add(Macro("cvlegend", write_inlines(printed.legend)), printed.span)
        self.add(End("cvpublications"), printed.span)

    def publication(self, item: PublicationItem) -> None:
        body, badges = write_inlines(item.body), write_inlines(item.badges)
        parts = item.parts
        values = {
            "key": escape_text(item.record.key),
            "type": escape_text(item.record.type),
            "authors": write_inlines(parts.authors),
            "title": write_inlines(parts.title),
            "venue": write_inlines(parts.venue),
            "year": write_inlines(parts.year),
        }
        pairs = ",".join(f"{key}={{{value}}}" for key, value in values.items() if value)
        label = escape_text(item.label)
        self.add(Macro("cvpublication", item.anchor, label, body, badges, pairs), item.span)


def _family(name: Name) -> str:
    return " ".join(part for part in (name.prefix, name.family, name.suffix) if part)


def _date(date: PrintedDate | None) -> tuple[str, str, str]:
    """Return a date in print, its start and its end in EDTF; an open or missing one is empty."""
    if date is None:
        return "", "", ""
    start, end = ends(date.value)
    return write_inlines(date.text), escape_text(start), escape_text(end)


def wrap(source: str) -> Sequence[str]:
    """Return source in lines of about `WIDTH` characters, broken at spaces that TeX may lose."""
    return [match[1] for match in _LINE.finditer(source)]
