"""One of every node, so that a test can say that nothing was forgotten."""

from __future__ import annotations

from datetime import date

from cvtex.dates.partial_date import DateRange, Open, PartialDate
from cvtex.document.nodes import (
    Block,
    Bullet,
    BulletList,
    Document,
    Entry,
    Field,
    GroupItem,
    Header,
    HeaderContact,
    LabelledGroup,
    Metadata,
    Paragraph,
    PrintedDate,
    PublicationGroup,
    PublicationItem,
    PublicationList,
    PublicationParts,
    Role,
    Section,
)
from cvtex.names.name import Name
from cvtex.publications.publication import Contributor, Publication
from cvtex.richtext.nodes import (
    Badge,
    Code,
    Emph,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Located,
    Mark,
    Math,
    NoBreak,
    Owner,
    Raw,
    Reference,
    SmallCaps,
    Str,
    Strong,
    Subscript,
    Superscript,
)

NASTY = r"R&D 50% #1 a_b $5M ~x ^2 {z} \n <1% >5x a|b \"q\" `c` -- --- '' ,, [x] office"
"""Text full of characters that mean something to TeX."""

URL = "https://example.org/~x_y/%20?a=1&b=2#frag"

INLINES: dict[type[Inline], tuple[Inline, str]] = {
    Str: (Str("a & b"), r"a \& b"),
    Emph: (Emph((Str("e"),)), r"\cvemph{e}"),
    Strong: (Strong((Str("s"),)), r"\cvstrong{s}"),
    SmallCaps: (SmallCaps((Str("c"),)), r"\cvsmallcaps{c}"),
    Superscript: (Superscript((Str("2"),)), r"\cvsup{2}"),
    Subscript: (Subscript((Str("2"),)), r"\cvsub{2}"),
    Code: (Code("a_b 'c'"), r"\cvcode{a\_b\ \textquotesingle{}c\textquotesingle{}}"),
    Math: (Math("x^2"), "$x^2$"),
    Raw: (Raw("latex", r"\LaTeX"), r"{\LaTeX}"),
    LineBreak: (LineBreak(), r"\cvbreak{}"),
    NoBreak: (NoBreak((Str("n"),)), r"\cvnobreak{n}"),
    Link: (
        Link(URL, (Str("l"),)),
        r"\cvlink{https://example.org/\~x\_y/\%20?a=1\&b=2\#frag}{l}",
    ),
    Reference: (Reference("p.1", (Str("[1]"),)), r"\cvref{p.1}{[1]}"),
    Owner: (Owner((Str("Me"),)), r"\cvowner{Me}"),
    Mark: (Mark("*"), r"\cvmark{*}"),
    Badge: (Badge("https://doi.org/10.1/x", "doi"), r"\cvbadge{https://doi.org/10.1/x}{doi}"),
}
"""Every kind of inline, with the TeX it gives."""


def every_inline() -> Inlines:
    return tuple(part for node, _ in INLINES.values() for part in (node, Str(" ")))


def publication(number: int, body: Inlines) -> PublicationItem:
    authors = (Contributor(Name("Noether", "Emmy"), ("equal",)),)
    record = Publication(f"key_{number}", "article", number, authors=authors)
    parts = PublicationParts((Owner((Str("E. Noether"),)),), (Str(NASTY),), (), (Str("1918"),))
    return PublicationItem(f"p.{number}", f"[{number}]", record, body, parts, (Badge(URL, "code"),))


def printed_date(text: str, start: int, end: int | None = None) -> PrintedDate:
    closed = Open.PRESENT if end is None else PartialDate(end)
    return PrintedDate(DateRange(PartialDate(start), closed), (Str(text),))


STATION = Entry(
    kind="degree",
    fields=(
        Field("institution", (Str(NASTY),)),
        Field("place", (Str("Göttingen, Germany"),)),
        Field("degree", every_inline()),
        Field("thesis", (Str(NASTY),), "Thesis"),
    ),
    date=printed_date("Dec 2021 – Present", 2021),
    roles=(Role((Str("Professor"),), printed_date("1922–1933", 1922, 1933)),),
    summary=(Paragraph(every_inline()),),
    details=(Bullet((Str("*starred"),)),),
)
LINE = Entry(
    kind="student",
    fields=(
        Field("name", every_inline()),
        Field("topic", (Str(NASTY),)),
        Field("now", (Str(NASTY),), "Now"),
    ),
    date=printed_date("2023.09.29", 2023, 2023),
)
REFEREE = Entry(
    kind="referee",
    fields=(
        Field("name", (Str("David Hilbert"),)),
        Field("title", (Str("Professor"),)),
        Field("address", every_inline()),
    ),
)

BLOCKS: dict[type[Block], tuple[Block, ...]] = {
    Paragraph: (Paragraph(every_inline()),),
    BulletList: (BulletList((Bullet(every_inline()), Bullet((Str("[x] first"),)))),),
    LabelledGroup: (LabelledGroup((Str("Label"),), (GroupItem(every_inline()),)),),
    Entry: (LINE, STATION, REFEREE),
    PublicationList: (
        PublicationList(
            groups=(
                PublicationGroup((Str("2024"),), (publication(1, every_inline()),)),
                PublicationGroup((), (publication(12, (Str(NASTY),)),)),
            ),
            widest="[12]",
            legend=(Mark("*"), Str(" equal contribution")),
        ),
    ),
}
"""Every kind of block; of entries every shape."""


def every_node() -> Document:
    return Document(
        Metadata(NASTY, "Emmy Noether", NASTY, ("a", "b & c"), "en", date(1935, 1, 1)),
        Header(
            (Str("Emmy Noether"),),
            Name("Noether", "Emmy"),
            Located((Str("Dr."),)),
            (
                HeaderContact("email", "a@b.org", (Str("a@b.org"),)),
                HeaderContact("other", URL, every_inline()),
            ),
        ),
        tuple(
            Section(f"s{i}", "list", (Str("Awards & Honors "), Emph((Str("x_y"),))), (block, block))
            for i, block in enumerate(block for blocks in BLOCKS.values() for block in blocks)
        ),
    )
