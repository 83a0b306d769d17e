"""Lowers a project to its document tree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from cvtex.dates.format import DateStyle, format_date
from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Sink
from cvtex.document.nodes import (
    Block,
    Document,
    Entry,
    Header,
    LabelledGroup,
    Metadata,
    PublicationList,
    Section,
)
from cvtex.locale import has_terms, terms_of
from cvtex.lower.header import lower_header
from cvtex.lower.ledger import Ledger, make_ledger
from cvtex.lower.listing import Listing, computed_facts, make_listing
from cvtex.lower.publications import ListPrinter, list_printer
from cvtex.lower.sections import lower_entry, lower_group, lower_text
from cvtex.lower.text import ReferenceResolver, TextLowering
from cvtex.project.project import Project
from cvtex.publications.citations import index_citations
from cvtex.publications.lists import PrintedList
from cvtex.richtext.markdown import Markup
from cvtex.richtext.plain import plain_text
from cvtex.schema.sections import (
    CVSection,
    PublicationsSection,
    ServiceSection,
    SkillsSection,
    TextSection,
)
from cvtex.source import Text


class Lowered(Struct, frozen=True):
    """The document, the publication lists as they were arranged, and the ledger of all entries.

    Publications have their text once `print_publications` has set it with the `printer`.
    """

    document: Document
    lists: tuple[PrintedList, ...]
    ledger: Ledger
    printer: ListPrinter


def lower(project: Project, sink: Sink) -> Lowered:
    """Return the document tree of a project; unknown references go to the sink.

    The printed text of publications is left out: it takes long, and only a page has use for it.
    """
    found = Sink()
    lowered = _lower(project, found)
    sink.take(d for d in found.found if project.incomplete.trusts(d.rule, d.span))
    return lowered


def print_publications(lowered: Lowered, sink: Sink) -> Lowered:
    """Return a lowered CV with the text of each publication in the style of the CV.

    A style that cannot print an entry is reported.
    """
    document = lowered.document
    sections = tuple(_with_texts(section, lowered.printer, sink) for section in document.sections)
    return replace(lowered, document=replace(document, sections=sections))


def _with_texts(section: Section, printer: ListPrinter, sink: Sink) -> Section:
    blocks = (
        printer.with_texts(block, sink) if isinstance(block, PublicationList) else block
        for block in section.blocks
    )
    return replace(section, blocks=tuple(blocks))


def _lower(project: Project, sink: Sink) -> Lowered:
    cv = project.cv
    sections = chosen_sections(project)
    anchors = _anchors(sections)
    asking = {
        anchor: section
        for anchor, section in zip(anchors, sections, strict=True)
        if isinstance(section, PublicationsSection)
    }
    listing = make_listing(cv, project.bibliography.publications, asking, sink)
    lowering = _text_lowering(project, listing, sink)
    printer = list_printer(cv, project.folder, lowering, listing.is_owner)
    lowered = [
        _section(section, anchor, listing, project, lowering, printer)
        for section, anchor in zip(sections, anchors, strict=True)
    ]
    kept = _without_empty(lowered, sections, project, sink)
    header = lower_header(cv, next(iter(project.images), None), lowering)
    titles = {anchor: _plain(s.title, project.language) for anchor, s in asking.items()}
    return Lowered(
        Document(_metadata(project, header, lowering), header, kept),
        listing.lists,
        make_ledger(project.bibliography, listing, titles),
        printer,
    )


def chosen_sections(project: Project) -> list[CVSection]:
    """Return the sections of the variant in its order; it names them by id or title."""
    variant, sections = project.variant, project.cv.sections
    if not variant.sections:
        return [section for section in sections if variant.includes(section.tags)]
    return [s for name in variant.sections for s in sections if name.value in s.names()]


def _anchors(sections: Sequence[CVSection]) -> list[str]:
    """Return a unique ASCII anchor for each section: its id, or its title in lower case."""
    anchors: list[str] = []
    for section in sections:
        name = unicodedata.normalize("NFKD", section.id or section.title.value)
        slug = re.sub(r"[^a-z0-9]+", "-", name.encode("ascii", "ignore").decode().lower())
        anchor, n = slug.strip("-") or "section", 1
        while anchor in anchors:
            n += 1
            anchor = f"{slug.strip('-') or 'section'}-{n}"
        anchors.append(anchor)
    return anchors


def _text_lowering(project: Project, listing: Listing, sink: Sink) -> TextLowering:
    cv = project.cv
    terms = terms_of(project.language)
    if not has_terms(project.language):
        _report_language(project, sink)
    dates = DateStyle(cv.dates.day, cv.dates.month, cv.dates.year)
    titles = [_plain(s.short_title or s.title, project.language) for s in listing.sections.values()]
    resolver = ReferenceResolver(
        citations=index_citations(listing.lists, titles, listing.merged),
        publications={p.key: p for p in project.bibliography.publications},
        facts={**computed_facts(listing), **_facts(project, dates)},
        links={name: url.value.strip() for name, url in cv.links.items()},
        sink=sink,
    )
    markup = Markup(resolver, sink, terms.quotes, cv.raw_latex)
    return TextLowering(project.language, cv.language, terms, dates, markup)


def _report_language(project: Project, sink: Sink) -> None:
    sink.add(
        catalogue.MISSING_TRANSLATION,
        f"cvtex has no words for language `{project.language}`; its own labels are in English",
        project.language_place(),
        hint="dates are in the language; labels such as `Thesis` are not",
    )


def _facts(project: Project, dates: DateStyle) -> dict[str, str]:
    """Return the facts of the CV by name, and their dates by `name.as_of`."""
    facts = project.cv.facts
    values = {name: _plain(fact.value, project.language) for name, fact in facts.items()}
    return values | {
        f"{name}.as_of": format_date(fact.as_of.value, project.language, dates)
        for name, fact in facts.items()
        if fact.as_of is not None
    }


def _plain(text: Text, language: str) -> str:
    translations = {tag.lower(): value.value for tag, value in text.translations}
    base = language.lower().split("-")[0]
    return translations.get(language.lower()) or translations.get(base) or text.value


def _section(
    section: CVSection,
    anchor: str,
    listing: Listing,
    project: Project,
    lowering: TextLowering,
    printer: ListPrinter,
) -> Section:
    blocks: tuple[Block, ...]
    match section:
        case PublicationsSection():
            block = printer.block(listing.of(anchor))
            blocks = (block,) if block else ()
        case TextSection():
            blocks = lower_text(section.body, lowering)
        case ServiceSection() | SkillsSection():
            groups = (g for g in section.groups if project.variant.includes(g.tags))
            lowered = [lower_group(group, lowering) for group in groups]
            blocks = tuple(g for g in lowered if _says_something(g, lowering.markup.sink))
        case _:
            kept = (e for e in section.entries if project.variant.includes(e.tags))
            entries = [lower_entry(entry, lowering) for entry in kept]
            blocks = tuple(e for e in entries if _says_something(e, lowering.markup.sink))
    title = lowering.rich(section.title)
    return Section(anchor, section.kind, title, blocks, section.title.span)


def _says_something(block: Entry | LabelledGroup, sink: Sink) -> bool:
    """Return whether an entry has text; one without is left out with a warning."""
    if isinstance(block, LabelledGroup):
        texts = [item.name for item in block.items]
    else:
        texts = [field.body for field in block.fields]
        texts += [paragraph.body for paragraph in block.summary]
        texts += [bullet.body for bullet in block.details]
        texts += [role.title for role in block.roles]
    if any(plain_text(text).strip() for text in texts):
        return True
    sink.add(
        catalogue.EMPTY_VALUE,
        "this prints nothing and is left out",
        block.span,
        hint="fill it in, or delete it",
    )
    return False


def _without_empty(
    lowered: Sequence[Section], sections: Sequence[CVSection], project: Project, sink: Sink
) -> tuple[Section, ...]:
    for section, written in zip(lowered, sections, strict=True):
        if not section.blocks:
            sink.add(
                catalogue.EMPTY_SECTION,
                f"section `{written.title}` prints nothing and is left out",
                written.title.span,
                hint=_fill(written, project),
            )
    return tuple(section for section in lowered if section.blocks)


def _fill(empty: CVSection, project: Project) -> str:
    """Return the hint for a section that prints nothing."""
    if not isinstance(empty, PublicationsSection):
        return "fill it in, or delete it"
    if project.bibliography.publications:
        return "widen its `select`"
    return "the .bib files hold no publication; name one under `bibliography: files`"


def _metadata(project: Project, header: Header, lowering: TextLowering) -> Metadata:
    author, headline = plain_text(header.name), plain_text(header.headline.inlines)
    title = lowering.terms.curriculum_vitae
    return Metadata(
        title=f"{author} – {title}",
        author=author,
        subject=headline,
        keywords=tuple(k for k in (title, headline) if k),
        language=project.language,
        date=project.today,
    )
