"""The commands with arguments that occur in .bib files, and what they become."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from msgspec import Struct

from cvtex.readers.bibtex.latex_symbols import ACCENTS, ALONE
from cvtex.readers.bibtex.verbatim import verbatim
from cvtex.richtext.nodes import (
    Code,
    Emph,
    Inline,
    Inlines,
    Link,
    Math,
    SmallCaps,
    Str,
    Strong,
    Subscript,
    Superscript,
)
from cvtex.richtext.plain import plain_text

InlineStyle = Callable[[Inlines], Inlines]


class Argument(Struct, frozen=True):
    """A mandatory argument: as written and decoded."""

    raw: str
    inlines: Inlines


class LatexCommand(Struct, frozen=True):
    """A command: its arguments (`*`, `[` and `{`), what it becomes, and what to say about it."""

    arguments: str
    build: Callable[[Sequence[Argument]], Inlines]
    remark: str | None = None


def _node(kind: Callable[[Inlines], Inline]) -> InlineStyle:
    return lambda inlines: (kind(inlines),)


def plain(inlines: Inlines) -> Inlines:
    """Return the text as it is."""
    return inlines


def _code(inlines: Inlines) -> Inlines:
    return (Code(plain_text(inlines)),)


def _between(opening: str, closing: str) -> InlineStyle:
    return lambda inlines: (Str(opening), *inlines, Str(closing))


def _quoted(inlines: Inlines) -> Inlines:
    """Return the text in quotation marks; marks inside become single ones."""
    inner = str.maketrans("“”", "‘’")
    nested = tuple(Str(i.text.translate(inner)) if isinstance(i, Str) else i for i in inlines)
    return (Str("“"), *nested, Str("”"))


def _styled(style: InlineStyle, arguments: str = "{") -> LatexCommand:
    return LatexCommand(arguments, lambda given: style(given[-1].inlines))


def _dropped(arguments: str, remark: str | None = None) -> LatexCommand:
    return LatexCommand(arguments, lambda _: (), remark)


def _accented(sign: str) -> LatexCommand:
    def build(given: Sequence[Argument]) -> Inlines:
        letters = plain_text(given[0].inlines).strip() if given else ""
        return (Str(put_accent(sign, letters)),)

    return LatexCommand("{", build)


def put_accent(sign: str, letters: str) -> str:
    """Put an accent on the first letter; a dotless i or j gets its plain form back."""
    if not letters:
        return ALONE.get(sign, "")
    first = {"ı": "i", "ȷ": "j"}.get(letters[0], letters[0])
    return unicodedata.normalize("NFC", first + ACCENTS[sign]) + letters[1:]


def _url(given: Sequence[Argument]) -> Inlines:
    url = verbatim(given[0].raw)
    return (Link(url, (Str(url),)),) if url else ()


def _href(given: Sequence[Argument]) -> Inlines:
    url = verbatim(given[0].raw)
    return (Link(url, given[1].inlines),) if url else given[1].inlines


def _both(given: Sequence[Argument]) -> Inlines:
    return (*given[1].inlines, *given[0].inlines)


_EMPHASISED = ("emph", "textit", "textsl", "mkbibemph", "mkbibitalic", "bibemph")
_STRONG = ("textbf", "mkbibbold")
_KEPT = (
    "mbox hbox fbox vbox text textrm textsf textnormal textup textmd textlf textulc mathrm"
    " uppercase lowercase MakeUppercase MakeLowercase MakeTextUppercase MakeTextLowercase"
    " NoCaseChange underline uline ul sout singleletter autocap textgreek textcyrillic textlatin"
    " textsuperior smash centerline mathnormal bibinfo ensuretext natexlab capitalize mkbibacro"
    " acro acs acl ac gls textls scr"
)
_DROPPED = (
    "noopsort NOOP SortNoop noop sortnoop label index hspace vspace phantom hphantom vphantom"
)
_CITING = "cite citep citet citealp citealt citeauthor citeyear citeNP autocite parencite textcite"

_WITHOUT_MEANING = (
    "rm sf rmfamily sffamily mdseries upshape normalfont cal mit tiny scriptsize footnotesize small"
    " normalsize large Large LARGE huge Huge boldmath selectfont sloppy fussy frenchspacing"
    " raggedright centering"
)

COMMANDS: dict[str, LatexCommand] = {
    **{name: _styled(_node(Emph)) for name in _EMPHASISED},
    **{name: _styled(_node(Strong)) for name in _STRONG},
    **{name: _styled(plain) for name in _KEPT.split()},
    **{name: _styled(plain, "{{") for name in ("foreignlanguage", "textcolor", "raisebox")},
    **{name: _dropped("*{") for name in _DROPPED.split()},
    **{name: _accented(name) for name in ACCENTS},
    **{name: _styled(_quoted, "*{") for name in ("enquote", "mkbibquote")},
    **{name: LatexCommand("{", _url) for name in ("url", "nolinkurl", "path", "burl")},
    "textsc": _styled(_node(SmallCaps)),
    "texttt": _styled(_code),
    "textsuperscript": _styled(_node(Superscript)),
    "mkbibsuperscript": _styled(_node(Superscript)),
    "textsubscript": _styled(_node(Subscript)),
    "mkbibsubscript": _styled(_node(Subscript)),
    "mkbibparens": _styled(_between("(", ")")),
    "mkbibbrackets": _styled(_between("[", "]")),
    "hyphenquote": _styled(_quoted, "*{{"),
    "foreignquote": _styled(_quoted, "*{{"),
    "Begin": _dropped("{", "environments are not known here; their text is kept"),
    "End": _dropped("{"),
    "href": LatexCommand("[{{", _href),
    "ensuremath": LatexCommand("{", lambda given: (Math(given[0].raw),)),
    "texorpdfstring": LatexCommand("{{", lambda given: given[0].inlines),
    "printfirst": LatexCommand("{{", lambda given: given[0].inlines),
    "switchargs": LatexCommand("{{", _both),
    "bibstring": LatexCommand("[{", lambda given: given[0].inlines),
    **{
        name: LatexCommand(
            "*[[{", lambda given: given[0].inlines, "a citation is printed as its key"
        )
        for name in _CITING.split()
    },
    **{
        name: _dropped("[{", f"the {word} is left out")
        for name, word in (("footnote", "footnote"), ("thanks", "footnote"))
    },
}

DECLARATIONS: dict[str, InlineStyle] = {
    **dict.fromkeys(("it", "em", "itshape", "slshape", "sl"), _node(Emph)),
    **dict.fromkeys(("bf", "bfseries"), _node(Strong)),
    **dict.fromkeys(("sc", "scshape"), _node(SmallCaps)),
    **dict.fromkeys(("tt", "ttfamily"), _code),
    **dict.fromkeys(_WITHOUT_MEANING.split(), plain),
}
"""Commands that change the rest of their group."""
