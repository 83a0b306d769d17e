"""Reading logs: excerpts of real logs, and what was wrong in the input that made them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvtex.tex.engines.registry import engine_named
from cvtex.tex.events import (
    LogEvent,
    Message,
    MissingGlyph,
    OverfullBox,
    PageCount,
    Rerun,
    TexError,
)
from cvtex.tex.log import decode, read_log

LOGS = Path(__file__).parent / "cases" / "logs"

NOTHING = PageCount(0, None)
LABELS = Rerun("Label(s) may have changed. Rerun to get cross-references right")
OUTLINES = Rerun(
    "File `main.out' has changed. Rerun to get outlines right or use package `bookmark'"
)
XETEX_LM = "[lmroman10-regular]:mapping=tex-text;"
LUATEX_LM = "[lmroman10-regular]:+tlig;"
TEXMF = "/usr/share/texlive/texmf-dist/tex"


UNDEFINED = TexError(
    "Undefined control sequence", "main.tex", 3, context=r"Hello \foo", command=r"\foo"
)


def overfull(*points: float) -> tuple[LogEvent, ...]:
    paragraph, box, high, cell, alignment = points
    return (
        OverfullBox(paragraph, "h", 4, 6),
        OverfullBox(box, "h", 7, 7),
        OverfullBox(high, "v", 8, 8),
        OverfullBox(cell, "h", 10, 10),
        OverfullBox(alignment, "h", 12, 12),
    )


CASES: dict[str, tuple[LogEvent, ...]] = {
    "undefined-pdflatex": (UNDEFINED,),
    "undefined-xelatex": (UNDEFINED, NOTHING),
    "undefined-lualatex": (UNDEFINED,),
    "undefined-tinytex": (UNDEFINED,),
    "undefmacro-pdflatex": (
        TexError(
            "Undefined control sequence", "main.tex", 4, context=r"Hello \x{q}", command=r"\foo"
        ),
    ),
    "missingsty-pdflatex": (
        TexError("LaTeX Error: File `nosuchpackage.sty' not found", "main.tex", 3, r"\begin"),
    ),
    "missinginput-pdflatex": (
        TexError(
            "LaTeX Error: File `nosuchfile.tex' not found", "main.tex", 3, r"\input{nosuchfile}"
        ),
    ),
    "included-pdflatex": (TexError(r"LaTeX Error: Missing \begin{document}", "inc.tex", 1, "a"),),
    "pkgerror-pdflatex": (
        TexError(
            "Package keyval Error: bad undefined",
            f"{TEXMF}/latex/geometry/geometry.sty",
            1005,
            r"\ProcessOptionsKV[p]{Gm}",
        ),
    ),
    "babel-pdflatex": (
        TexError(
            "Package babel Error: Unknown option 'klingon'. Either you misspelled it "
            "or the language definition file klingon.ldf was not found",
            f"{TEXMF}/generic/babel/babel.sty",
            4357,
            r"\ProcessOptions*",
        ),
    ),
    "help-pdflatex": (
        TexError(
            "Package mypkg Error: Something is very wrong",
            "main.tex",
            2,
            r"\PackageError{mypkg}{Something is\MessageBreak very wrong}"
            r"{Do this\MessageBreak and then that.}",
            "Do this and then that.",
        ),
        TexError(
            "Undefined control sequence",
            "main.tex",
            4,
            r"x \foo",
            "The control sequence at the end of the top line of your error message was never "
            r"\def'ed. If you have misspelled it (e.g., `\hobx'), type `I' and the correct "
            r"spelling (e.g., `I\hbox'). Otherwise just continue, and I'll forget about "
            "whatever was undefined.",
            r"\foo",
        ),
        PageCount(1, 9774),
    ),
    "unicode2-pdflatex": (
        TexError(
            "LaTeX Error: Unicode character ≥ (U+2265) not set up for use with LaTeX",
            "main.tex",
            5,
            "x ≥",
        ),
    ),
    "unicode-tinytex": (
        TexError(
            "LaTeX Error: Unicode character − (U+2212) not set up for use with LaTeX",
            "main.tex",
            3,
            "a −",
        ),
    ),
    "capacity-pdflatex": (
        TexError("TeX capacity exceeded, sorry [input stack size=10000]", "main.tex", 4, r"\x"),
    ),
    "emergency-pdflatex": (TexError("Emergency stop"),),
    "runaway-pdflatex": (
        TexError(r"Paragraph ended before \text@command was complete", "main.tex", 5, "world}"),
    ),
    "openout-pdflatex": (
        TexError(
            "I can't write on file `/etc/outside.txt'",
            "main.tex",
            3,
            r"\newwrite\w \immediate\openout\w=/etc/outside.txt",
        ),
    ),
    "badpng-pdflatex": (
        TexError("pdfTeX error: /usr/bin/pdflatex (file ./bad.png): libpng: internal error"),
    ),
    "badpng-xelatex": (
        TexError(
            "Unable to load picture or PDF file 'bad.png'",
            "main.tex",
            4,
            r"\includegraphics{bad.png}",
        ),
        NOTHING,
    ),
    "badpng-lualatex": (
        TexError("error:  (file bad.png) (readpng): internal error", "main.tex", 4),
    ),
    "badfont-lualatex": (
        TexError(
            r"Font \x=nosuchfont not loadable: metric data not found or bad",
            "main.tex",
            3,
            r"\font\x=nosuchfont \x",
        ),
    ),
    "fontmissing-pdflatex": (
        TexError(
            "Fatal Package fontspec Error: The fontspec package requires either XeTeX or LuaTeX. "
            'You must change your typesetting engine to, e.g., "xelatex" or "lualatex" '
            'instead of "latex" or "pdflatex"',
            f"{TEXMF}/latex/fontspec/fontspec.sty",
            45,
            r"\msg_fatal:nn {fontspec} {cannot-use-pdftex}",
        ),
    ),
    "fontmissing-xelatex": (
        TexError(
            'Package fontspec Error: The font "No Such Font" cannot be found',
            "main.tex",
            3,
            r"\begin",
        ),
        NOTHING,
    ),
    "luaerr-lualatex": (TexError(r"[\directlua]:1: boom", None, 3, r"\directlua{error('boom')}"),),
    "glyph-pdflatex": (
        MissingGlyph("^^e9", "cmr10"),
        MissingGlyph("^^fa", "cmr10"),
        PageCount(1, 9581),
    ),
    "glyph-tinytex": (
        MissingGlyph("^^e9", "cmr10"),
        MissingGlyph("^^fa", "cmr10"),
        TexError(
            "pdfTeX error: /opt/TinyTeX/bin/x86_64-linux/pdflatex (file cmr10.pfb): "
            "cannot open Type 1 font file for reading"
        ),
    ),
    "glyph3-pdflatex": (MissingGlyph("^^e9", "cmr10", 5),),
    "glyph3-xelatex": (MissingGlyph("é", "cmr10", 5), NOTHING),
    "glyph3-lualatex": (MissingGlyph("é", "cmr10"),),
    "glyphuni-xelatex": (
        *(MissingGlyph(character, XETEX_LM) for character in "林α★"),
        PageCount(1, None),
    ),
    "glyphuni-lualatex": (
        *(MissingGlyph(character, LUATEX_LM) for character in "林α★"),
        PageCount(1, 2771),
    ),
    "overfull-pdflatex": (
        *overfull(145.27878, 20.5, 5.0, 51.1113, 40.0),
        PageCount(1, 17327),
    ),
    "overoutput-pdflatex": (OverfullBox(555.0, "h", None, None), PageCount(1, 9576)),
    "pages-pdflatex": (PageCount(3, 11816),),
    "pages-xelatex": (PageCount(3, None),),
    "pages-lualatex": (PageCount(3, 3541),),
    "nopages-pdflatex": (NOTHING,),
    "labels-pdflatex": (
        Rerun("total pages"),
        Message("hello there"),
        LABELS,
        OUTLINES,
        PageCount(1, 27109),
    ),
    "labels-xelatex": (
        Rerun("Rerun to get /PageLabels entry"),
        Rerun("total pages"),
        Message("hello there"),
        LABELS,
        OUTLINES,
        PageCount(1, None),
    ),
    "longtable-tinytex": (
        LABELS,
        Rerun("Rerun to get the references right"),
        TexError(
            "pdfTeX error: /opt/TinyTeX/bin/x86_64-linux/pdflatex (file cmbx10.pfb): "
            "cannot open Type 1 font file for reading"
        ),
    ),
    "longtable2-pdflatex": (
        Rerun("Table widths have changed. Rerun LaTeX"),
        PageCount(1, 11315),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_recorded_log_is_read(name: str) -> None:
    log = decode((LOGS / f"{name}.log").read_bytes())
    engine = engine_named(name.rpartition("-")[2])
    assert read_log(log, engine.error_line) == CASES[name]


def test_every_recorded_log_is_used() -> None:
    assert {path.stem for path in LOGS.glob("*.log")} == set(CASES)


@pytest.mark.parametrize(
    ("message", "file"),
    [
        ("LaTeX Error: File `enumitem.sty' not found", "enumitem.sty"),
        ("Package pdftex.def Error: File `img/x.png' not found: using draft setting", "x.png"),
        ("I can't find file `theme.tex'", "theme.tex"),
        ("Unknown option 'x'. Either ... language definition file x.ldf was not found", "x.ldf"),
        (
            r"Font T1/cmr/m/n/10=ecrm1000 at 10.0pt not loadable: Metric (TFM) file not found",
            "ecrm1000.tfm",
        ),
        (r"Font \x=ec-lmr10 not loadable: metric data not found or bad", "ec-lmr10.tfm"),
        (
            "pdfTeX error: pdflatex (file cmr10.pfb): cannot open Type 1 font file for reading",
            "cmr10.pfb",
        ),
        ("Undefined control sequence", None),
        ("LaTeX Error: Environment nosuch undefined", None),
    ],
)
def test_an_error_names_the_missing_file(message: str, file: str | None) -> None:
    assert TexError(message).missing_file == file


def test_an_error_names_the_missing_font() -> None:
    error = TexError('Package fontspec Error: The font "No Such Font" cannot be found')
    assert error.missing_font == "No Such Font"
    assert TexError("Undefined control sequence").missing_font is None


@pytest.mark.parametrize(
    ("code", "character"), [("2212", "−"), ("1F600", "😀"), ("D800", None), ("FFFFFF", None)]
)
def test_an_error_names_the_character_that_latex_does_not_know(
    code: str, character: str | None
) -> None:
    error = TexError(f"LaTeX Error: Unicode character ? (U+{code}) not set up for use with LaTeX")
    assert error.character == character


@pytest.mark.parametrize(
    "line",
    [
        "Package biblatex Warning: Please (re)run Biber on the file:",
        "Package: rerunfilecheck 2022-07-10 v1.10 Rerun checks for auxiliary files (HO)",
        "Package rerunfilecheck Info: File `main.out' has not changed.",
        "LaTeX Warning: There were undefined references.",
        r"[]\T1/lmr/m/n/10 Please rerun main.tex:3: it",
        r"\OT1/cmr/m/n/10 a.b:3: text that looks like an error",
        "l.12 see a.tex:3: it",
        "     the rest, see a.tex:3: it",
        "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!",
        "./main.tex:3:  ==> Fatal error occurred, no output PDF file produced!",
        "!  ==> Fatal error occurred, no output PDF file produced!",
        "Underfull \\hbox (badness 10000) in paragraph at lines 3--4",
        "not our own line: cvtex: hello",
        "",
    ],
)
def test_other_lines_say_nothing(line: str) -> None:
    assert read_log(f"before\n{line}\nafter\n") == ()


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("Missing character: There is no 😀 (U+1F600) in font x!", MissingGlyph("😀", "x")),
        ("Missing character: There is no ^^80 (U+0080) in font x!", MissingGlyph("\x80", "x")),
        ("Missing character: There is no \u2028 (U+2028) in font x!", MissingGlyph("\u2028", "x")),
        ("Missing character: There is no   in font cmr10!", MissingGlyph(" ", "cmr10")),
        ("Missing character: There is no x (U+DFFF) in font y!", MissingGlyph("x", "y")),
        (
            'Output written on "two words.pdf" (12 pages, 1234567 bytes).',
            PageCount(12, 1234567),
        ),
        (
            r"Overfull \vbox (3.25pt too high) has occurred while \output is active",
            OverfullBox(3.25, "v", None, None),
        ),
        (
            "C:/texlive/texmf-dist/tex/latex/x/x.sty:7: Undefined control sequence.",
            TexError("Undefined control sequence", "C:/texlive/texmf-dist/tex/latex/x/x.sty", 7),
        ),
        ("cvtex: rerun: pages 3 not 2", Rerun("pages 3 not 2")),
        ("cvtex: no hyphenation for Klingon", Message("no hyphenation for Klingon")),
        ("LaTeX Warning: Please rerun LaTeX.", Rerun("Please rerun LaTeX")),
    ],
)
def test_one_line_is_one_event(line: str, event: LogEvent) -> None:
    assert read_log(f"before\n{line}\nafter\n") == (event,)
    assert read_log(f"before\r\n{line}\r\nafter\r\n".replace("\r\n", "\n")) == (event,)


def test_a_glyph_missing_twice_is_told_once() -> None:
    line = "Missing character: There is no x in font cmr10!\n"
    assert read_log(line * 3) == (MissingGlyph("x", "cmr10"),)


def test_bytes_of_an_8_bit_font_are_written_as_tex_writes_them() -> None:
    assert decode(b"caf\xe9 \xc3\xa9\r\n") == "caf^^e9 é\n"


PIECES = st.sampled_from(
    [
        *("! ", "./main.tex:", "12: ", "l.12 ", "\n", "[\\directlua]:1: ", "Emergency stop."),
        *("Missing character: There is no ", " in font ", " (U+", "110000)", "D800)", "9" * 5000),
        *("Overfull \\hbox (", "1.5.5pt too wide) ", "in paragraph at lines ", "--", "cvtex: "),
        *("Output written on x.pdf (", " pages).", "Package x Warning: rerun", "(x)   more"),
    ]
)


@given(st.lists(PIECES | st.text(max_size=8)).map("".join))
def test_any_text_is_read(text: str) -> None:
    for event in read_log(text, engine_named("lualatex").error_line):
        hash(event)
        if isinstance(event, TexError):
            assert event.message
            assert event.missing_file != ""
            assert event.character != ""


@given(st.binary(max_size=200))
def test_any_bytes_can_be_decoded_and_written_again(log: bytes) -> None:
    decode(log).encode("utf-8")
