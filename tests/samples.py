"""One of every node, so that a test can say that nothing was forgotten."""

from __future__ import annotations

from datetime import date

from cvtex.document.nodes import (
    Block,
    Bullet,
    BulletList,
    Dated,
    Document,
    Entry,
    Header,
    Labelled,
    Metadata,
    Paragraph,
    PublicationGroup,
    PublicationItem,
    PublicationList,
    Referee,
    Role,
    Section,
)
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
    Raw: (Raw(r"\LaTeX"), r"{\LaTeX}"),
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
    return PublicationItem(f"p.{number}", f"[{number}]", body, (Badge(URL, "code"),))


BLOCKS: dict[type[Block], Block] = {
    Paragraph: Paragraph(every_inline()),
    BulletList: BulletList((Bullet(every_inline()), Bullet((Str("[x] first"),)))),
    Labelled: Labelled((Str("Label"),), every_inline()),
    Dated: Dated(every_inline(), (Str("2023.09.29"),)),
    Entry: Entry(
        title=(Str(NASTY),),
        date=(Str("Dec 2021 – Present"),),
        place=(Str("Göttingen, Germany"),),
        roles=(Role((Str("Professor"),), (Str("1922–1933"),)), Role(every_inline())),
        details=(
            Paragraph(every_inline()),
            Labelled((Str("Thesis"),), (Str(NASTY),)),
            BulletList((Bullet((Str("*starred"),)),)),
        ),
    ),
    PublicationList: PublicationList(
        groups=(
            PublicationGroup((Str("2024"),), (publication(1, every_inline()),)),
            PublicationGroup((), (publication(12, (Str(NASTY),)),)),
        ),
        widest="[12]",
        legend=(Mark("*"), Str(" equal contribution")),
    ),
    Referee: Referee((Str("David Hilbert"),), ((Str("Professor"),), every_inline())),
}
"""Every kind of block."""


def every_node() -> Document:
    return Document(
        Metadata(NASTY, "Emmy Noether", NASTY, ("a", "b & c"), "en", date(1935, 1, 1)),
        Header(
            (Str("Emmy Noether"),),
            Located((Str("Dr."),)),
            (Located((Str("a@b.org"),)), Located(every_inline())),
        ),
        tuple(
            Section(f"s{i}", (Str("Awards & Honors "), Emph((Str("x_y"),))), (block, block))
            for i, block in enumerate(BLOCKS.values())
        ),
    )
