"""The characters that LaTeX commands stand for."""

from __future__ import annotations

from functools import cache

from cvtex.support.lazy_re import lazy_re

_ACCENTS = """
` 0300  ' 0301  ^ 0302  ~ 0303  = 0304  u 0306  . 0307  " 0308  h 0309  r 030a  H 030b  v 030c
U 030e  G 030f  C 030f  f 0311  horn 031b  d 0323  textsubumlaut 0324  textcommabelow 0326
textcommaabove 0312  c 0327  k 0328  b 0331  t 0361
""".split()
"""Accent commands, each before the code point of its combining character."""

ACCENTS = {
    sign: chr(int(code, 16)) for sign, code in zip(_ACCENTS[::2], _ACCENTS[1::2], strict=True)
}
"""Accent commands and the combining characters they put on the letter that follows."""

ALONE = {"`": "`", "'": "´", "^": "^", "~": "~", "=": "¯", ".": "˙", '"': "¨"}
"""Accent commands without a letter; `\\~{}` is how people write a tilde."""

_CHARACTERS = """
ss ß  SS ẞ  o ø  O Ø  l ł  L Ł  ae æ  AE Æ  oe œ  OE Œ  aa å  AA Å  i ı  j ȷ  dh ð  DH Ð  th þ
TH Þ  dj đ  DJ Đ  ng ŋ  NG Ŋ  ij ĳ  IJ Ĳ  S §  P ¶  dag †  dagger †  ddag ‡  ddagger ‡
copyright ©  textcopyright ©  textregistered ®  texttrademark ™  textservicemark ℠  pounds £
euro €  EUR €  EURtm €  textdollar $  textpercent %  textnumero №  ldots …  dots …
textellipsis …  dotso …  textendash –  textemdash —  textthreequartersemdash —  bibrangedash –
bibdatedash –  textbar |  textless <  textgreater >  textbraceleft {  textbraceright }
textunderscore _  textasteriskcentered *  textbullet •  textquoteleft ‘  textquoteright ’
lq ‘  rq ’  textquotedblleft “  textquotedblright ”  textquotesingle '  textasciigrave `
quotesinglbase ‚  quotedblbase „  glqq „  grqq “  glq ‚  grq ‘  flqq «  frqq »  flq ‹  frq ›
guillemetleft «  guillemetright »  guilsinglleft ‹  guilsinglright ›  textvisiblespace ␣
degree °  textcelsius ℃  textohm Ω  textdagger †  textdaggerdbl ‡  textminus −  textsurd √
No №  Dash —  emdash —  endash –  LaTeXe LaTeX2ε  AmS AMS  MF METAFONT  MP MetaPost
AmSTeX AMS-TeX  AmSLaTeX AMS-LaTeX  KOMAScript KOMA-Script  slash /  hyp -  hyphen -  adddot .
addperiod .  addcomma ,  addcolon :  addsemicolon ;  addslash /  adddash -
""".split()
"""Commands, each before the characters that it stands for."""

_NAMES = (
    "LaTeX TeX BibTeX BibLaTeX biblatex XeTeX XeLaTeX LuaTeX LuaLaTeX pdfTeX pdfLaTeX ConTeXt"
    " METAFONT PiCTeX LyX TikZ CTAN"
)
_SPACES = "space quad qquad enspace enskip newline linebreak par newblock addspace"
_THIN_SPACES = "thinspace addnbthinspace addthinspace"
_NO_BREAK_SPACES = "nobreakspace nbsp addnbspace"
_NOTHING = (
    "nobreakdash isdot textcompwordmark nobreak allowbreak penalty0 relax protect noindent"
    " leavevmode null empty xspace unskip ignorespaces bgroup egroup begingroup endgroup"
    " limits displaystyle textstyle"
)

SYMBOLS = {
    **{sign: sign for sign in "&%#_${}"},
    **dict.fromkeys(" \n\r\t\\:;>", " "),
    **dict.fromkeys("/-!@+", ""),
    ",": "\u202f",
    "textquotedbl": '"',
    "dq": '"',
    "og": "«\u00a0",
    "fg": "\u00a0»",
    "item": " • ",
    **dict(zip(_CHARACTERS[::2], _CHARACTERS[1::2], strict=True)),
    **{name: name for name in _NAMES.split()},
    **dict.fromkeys(_SPACES.split(), " "),
    **dict.fromkeys(_THIN_SPACES.split(), "\u202f"),
    **dict.fromkeys(_NO_BREAK_SPACES.split(), "\u00a0"),
    **dict.fromkeys(_NOTHING.split(), ""),
}
"""Commands without arguments. A space that TeX may not break at stays one."""


@cache
def _further() -> dict[str, str]:
    """Return hundreds of further commands, from pylatexenc's table of characters."""
    command = lazy_re(r"(?:\\ensuremath)?\{?\\([A-Za-z]+)\}?")
    from pylatexenc.latexencode import get_builtin_uni2latex_dict  # slow, and seldom needed

    found: dict[str, str] = {}
    for code, latex in get_builtin_uni2latex_dict().items():
        match = command.fullmatch(latex)
        if match:
            found.setdefault(match[1], chr(code))
    return found


def symbol(name: str) -> str | None:
    """Return the characters that a command without arguments stands for, if it is known."""
    known = SYMBOLS.get(name)
    return _further().get(name) if known is None else known
