"""Every theme sets every construct on every engine, and its options are checked."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

from conftest import Cvtex
from cvtex.dates.partial_date import PartialDate
from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.usage import UsageError
from cvtex.document.nodes import (
    Block,
    Bullet,
    Document,
    Entry,
    Field,
    Paragraph,
    PrintedDate,
    Section,
)
from cvtex.pdf.read import read_pdf
from cvtex.richtext.nodes import Badge, Emph, Link, Math, Str
from cvtex.schema.cv import ThemeSettings
from cvtex.source import Text
from cvtex.tex.engines.engine import Engine
from cvtex.tex.events import MissingGlyph, OverfullBox, Rerun, TexError
from cvtex.tex.job import Job, Outcome
from cvtex.tex.run import run
from cvtex.theme.manifest import find_theme, list_themes, read_theme
from cvtex.theme.options import theme_options
from cvtex.writers.latex.characters import GREEK, IN_FORMULAS, LOWERED, RAISED, SYMBOLS
from cvtex.writers.latex.macro_calls import LatexPreamble, write_latex
from pdf_links import link_targets
from samples import every_node

COMMON = Path(__file__).parents[1] / "templates/common"
THEMES = list_themes(Path())
CLASSIC = THEMES["classic"].folder.resolve()


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_sets_every_construct(name: str, engine: Engine) -> None:
    theme = THEMES[name]
    manifest = theme.manifest
    options = theme_options(theme, ThemeSettings(), Sink())
    preamble = LatexPreamble(
        manifest.document_class, manifest.class_options, manifest.package, options
    )
    tex = write_latex(every_node(), preamble)
    outcome = run(engine, Job({"cv.tex": tex.text.encode(), **theme.files()}, "cv.tex", 0, 60))
    faults = [e for e in outcome.events if isinstance(e, TexError | MissingGlyph | Rerun)]
    boxes = [e for e in outcome.events if isinstance(e, OverfullBox) and e.points > 1]
    assert faults == []
    assert boxes == []
    assert outcome.passes == 1
    assert outcome.pages


NASTY_URLS = [
    "https://example.org/#/page",
    "https://example.org/a%20b?c=1&d=2",
    "https://example.org/~jdoe/a_b^c$d",
    "https://example.org/{a}/}b{/\\c",
    "https://example.org/(a)(b)c)d(",
    'https://example.org/%C3%A9?q="x"|<y>',
    "https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
    "https://example.org/it's,here;now:!*@",
]
"""Addresses that other tools have spoilt."""


def test_urls_reach_the_pdf_to_the_byte(engine: Engine, tmp_path: Path) -> None:
    theme = THEMES["classic"]
    whole = every_node()
    links = tuple(Link(url, (Str(f"link {i}"),)) for i, url in enumerate(NASTY_URLS))
    blocks: tuple[Block, ...] = (
        *(Paragraph((link,)) for link in links),
        *(
            Entry("line", (Field("text", (link,)),), PrintedDate(PartialDate(2021), (link,)))
            for link in links
        ),
        *(
            Entry("project", (Field("name", (Emph((link,)),)),), details=(Bullet((link,)),))
            for link in links
        ),
    )
    sections = tuple(
        Section(f"s{i}", "list", (link,), blocks[i : i + 1]) for i, link in enumerate(links)
    )
    document = Document(
        whole.metadata, whole.header, (*sections, Section("t", "list", (Str("T"),), blocks))
    )
    preamble = LatexPreamble("article", (), theme.manifest.package, {})
    tex = write_latex(document, preamble)
    outcome = run(engine, Job({"cv.tex": tex.text.encode(), **theme.files()}, "cv.tex", 0, 60))
    assert outcome.pdf is not None
    (tmp_path / "cv.pdf").write_bytes(outcome.pdf)
    targets = Counter(link_targets(tmp_path / "cv.pdf"))
    assert {url for url in NASTY_URLS if targets[url] < 6} == set()
    assert set(targets) - set(NASTY_URLS) == set(link_targets_of_header())


def typeset(name: str, engine: Engine, section: Section) -> Outcome:
    """A section in a theme with its usual options."""
    theme, whole = THEMES[name], every_node()
    manifest = theme.manifest
    options = theme_options(theme, ThemeSettings(), Sink())
    preamble = LatexPreamble(
        manifest.document_class, manifest.class_options, manifest.package, options
    )
    tex = write_latex(Document(whole.metadata, whole.header, (section,)), preamble)
    return run(engine, Job({"cv.tex": tex.text.encode(), **theme.files()}, "cv.tex", 0, 60))


FORMULAS = (
    r"\sqrt{s} = 13~\text{TeV}",
    r"a \lt b \gt c \implies \lvert d \rvert",
    r"\boldsymbol{x} + \bm{y} \xrightarrow{f} \underset{a}{b}",
    r"\dfrac{1}{2} \tfrac12 \nicefrac{1}{2} \sfrac{3}{4} \binom{n}{k}",
    r"\operatorname{Hom}(\mathscr{L}, \mathds{R}) \mathfrak{g} \slashed{D} 90\degree",
)
"""What INSPIRE, NASA's ADS and arXiv have in titles."""


@pytest.mark.parametrize("name", THEMES)
def test_formulas_as_databases_write_them(name: str, engine: Engine) -> None:
    formulas = tuple(Paragraph((Math(tex),)) for tex in FORMULAS)
    outcome = typeset(name, engine, Section("f", "list", (Str("F"),), formulas))
    assert [e for e in outcome.events if isinstance(e, TexError | MissingGlyph)] == []
    assert outcome.pages == 1


@pytest.mark.parametrize("name", THEMES)
def test_signs_copy_as_they_are(name: str, engine: Engine) -> None:
    signs = [sign for sign, tex in {**SYMBOLS, **GREEK}.items() if "\\cvsign" in tex]
    words = tuple(Paragraph((Str(f"a{sign}b"),)) for sign in signs)
    outcome = typeset(name, engine, Section("s", "list", (Str("Stars of 10 M⊙"),), words))
    assert [e for e in outcome.events if isinstance(e, TexError | MissingGlyph)] == []
    assert outcome.pdf is not None
    pdf = read_pdf(outcome.pdf)
    copied = "".join("".join(page.text.split()) for page in pdf.pages)
    assert {sign for sign in signs if f"a{sign}b" not in copied} == set()
    assert [heading.title for heading in pdf.headings] == ["Stars of 10 M⊙"]


HEADINGS = {
    "en": {
        "Honors & Awards": "HONORS & AWARDS",
        "50 % of (a) {b} \\c ~d": "50 % OF (A) {B} \\C ~D",
        "a) costs $5 #1 a_b^c": "A) COSTS $5 #1 A_B^C",
        "Große Maße": "GROSSE MASSE",
    },
    "tr": {"Dil bilimi": "DİL BİLİMİ"},
    "el": {"Έργα": "ΕΡΓΑ"},
}
"""Headings and their capitals, by Unicode's SpecialCasing.txt (Greek ones have no accents)."""


@pytest.mark.parametrize("language", HEADINGS)
def test_headings_are_capitals_on_the_page_and_not_elsewhere(language: str, engine: Engine) -> None:
    whole, theme, headings = every_node(), THEMES["classic"], HEADINGS[language]
    first = next(iter(headings))
    metadata = replace(whole.metadata, title=first, subject=first, language=language)
    sections = tuple(
        Section(f"s{i}", "list", (Str(typed),), ()) for i, typed in enumerate(headings)
    )
    preamble = LatexPreamble("article", (), theme.manifest.package, {})
    tex = write_latex(Document(metadata, whole.header, sections), preamble)
    outcome = run(engine, Job({"cv.tex": tex.text.encode(), **theme.files()}, "cv.tex", 0, 60))
    assert outcome.pdf is not None
    pdf = read_pdf(outcome.pdf)
    copied = "".join(pdf.pages[0].text.split())
    assert [c for c in headings.values() if "".join(c.split()) not in copied] == []
    assert [heading.title for heading in pdf.headings] == list(headings)
    known = pypdfium2.PdfDocument(outcome.pdf).get_metadata_dict()
    assert (known["Title"], known["Subject"]) == (first, first)


@pytest.mark.parametrize("name", THEMES)
def test_signs_may_be_typed_in_formulas(name: str, engine: Engine) -> None:
    signs = (*IN_FORMULAS, *RAISED, *LOWERED)
    formulas = tuple(Paragraph((Math(f"a{sign}b"),)) for sign in signs)
    outcome = typeset(name, engine, Section("s", "list", (Math("α ≤ ℝ"),), formulas))
    assert [e for e in outcome.events if isinstance(e, TexError | MissingGlyph)] == []


@pytest.mark.parametrize("name", THEMES)
def test_a_section_may_be_longer_than_tex_can_measure(name: str, pdftex: Engine) -> None:
    theme, whole = THEMES[name], every_node()
    blocks = tuple(Paragraph((Str(f"Paragraph {i}."),)) for i in range(1300))  # 16383pt and more
    document = Document(
        whole.metadata, whole.header, (Section("s", "list", (Str("Long"),), blocks),)
    )
    tex = write_latex(document, LatexPreamble("article", (), theme.manifest.package, {}))
    outcome = run(pdftex, Job({"cv.tex": tex.text.encode(), **theme.files()}, "cv.tex", 0, 60))
    assert [e for e in outcome.events if isinstance(e, TexError)] == []
    assert outcome.pages is not None
    assert outcome.pages > 23


def link_targets_of_header() -> list[str]:
    """The links that the header of `every_node` has."""
    header = every_node().header
    nodes = [node for contact in header.contacts for node in contact.text]
    return [node.url for node in nodes if isinstance(node, Link | Badge)]


@pytest.mark.parametrize("name", THEMES)
def test_a_manifest_tells_the_truth(name: str) -> None:
    theme = THEMES[name]
    assert theme.manifest.name == name
    there = {path.name for path in theme.folder.iterdir()} - {"theme.yaml"}
    assert set(theme.manifest.files) == there
    assert set(theme.files()) == there | {path.name for path in COMMON.iterdir()}
    for option in theme.manifest.options:
        sink = Sink()
        theme_options(theme, ThemeSettings(**{option.name: Text(option.default)}), sink)
        assert not option.default or not sink.found
        assert option.doc


@pytest.mark.parametrize(
    ("option", "value", "tex"),
    [
        ("paper", "letter", "letter"),
        ("font_size", "9.5 pt", "9.5pt"),
        ("margin", "2cm", "2cm"),
        ("color", "#1F3A5F", "1f3a5f"),
        ("color", "1f3a5f", "1f3a5f"),
    ],
)
def test_options_reach_tex(option: str, value: str, tex: str) -> None:
    sink = Sink()
    options = theme_options(THEMES["classic"], ThemeSettings(**{option: Text(value)}), sink)
    assert options[option.replace("_", "")] == tex
    assert not sink.found


@pytest.mark.parametrize(
    ("option", "value", "message", "hint"),
    [
        ("papr", "a4", "theme `classic` has no option `papr`", "did you mean `paper`?"),
        ("paper", "a5", "`a5` is not a choice", "letter"),
        ("font_size", "ten", "`ten` is not a length", "10pt"),
        ("font_size", "20pt", "`20pt` is not a length", "from `8pt` to `14pt`"),
        ("margin", "30cm", "`30cm` is not a length", "from `5mm` to `60mm`"),
        ("color", "blue", "`blue` is not a color", "1f3a5f"),
    ],
)
def test_a_wrong_option_is_explained(option: str, value: str, message: str, hint: str) -> None:
    sink = Sink()
    theme_options(THEMES["classic"], ThemeSettings(**{option: Text(value)}), sink)
    (found,) = sink.found
    assert message in found.message
    assert hint in (found.hint or "")


def test_an_unknown_theme_names_those_there_are() -> None:
    sink = Sink()
    assert find_theme(Text("clasic"), Path(), sink) is None
    assert sink.found[0].hint == "did you mean `classic`?"


def test_the_engines_that_an_older_theme_names_are_ignored(tmp_path: Path) -> None:
    text = (Path(__file__).parents[1] / "templates/classic/theme.yaml").read_text(encoding="utf-8")
    (tmp_path / "theme.yaml").write_text(f"{text}engines: [tectonic]\n", encoding="utf-8")
    assert read_theme(tmp_path).manifest.package == "cvtex-classic"


def test_a_theme_beside_the_cv_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "templates/mine"
    folder.mkdir(parents=True)
    (folder / "theme.yaml").write_text(
        "name: mine\ntitle: Mine\ndescription: d\npackage: mine\nclass: article\n"
        "files: [mine.sty]\n",
        encoding="utf-8",
    )
    for name in ("mine", "./templates/mine"):
        theme = find_theme(Text(name), tmp_path, Sink())
        assert theme is not None
        assert theme.manifest.package == "mine"


def test_a_theme_may_have_a_base_beside_it_or_none(tmp_path: Path) -> None:
    folder, base = tmp_path / "templates/mine", tmp_path / "templates/ours"
    for path in (folder, base):
        path.mkdir(parents=True)
    manifest = (
        "name: mine\ntitle: M\ndescription: d\npackage: mine\nclass: article\nfiles: [a.sty]\n"
    )
    (folder / "theme.yaml").write_text(f"{manifest}uses: ours\n", encoding="utf-8")
    for path in (folder / "a.sty", base / "a.sty", base / "b.lua", base / "notes.txt"):
        path.write_text(str(path), encoding="utf-8")
    theme = find_theme(Text("mine"), tmp_path, Sink())
    assert theme is not None
    assert theme.paths == {"a.sty": folder / "a.sty", "b.lua": base / "b.lua"}
    for name in ("nothing", "mine", "..", "/etc"):
        (folder / "theme.yaml").write_text(f"{manifest}uses: {name}\n", encoding="utf-8")
        with pytest.raises(UsageError, match=f"`{name}`, which is not there"):
            find_theme(Text("mine"), tmp_path, Sink())


@pytest.fixture
def own_theme(cvtex: Cvtex, pdftex: Engine, tmp_path: Path) -> Path:  # noqa: ARG001  # changes there
    """A package of a theme that the user has copied for a CV of his own."""
    folder = shutil.copytree(CLASSIC, tmp_path / "templates/mine")
    Path("cv.yaml").write_text(f"name: A\ntheme: mine\nengine: {pdftex.name}\nsections: []\n")
    return folder / "cvtex-classic.sty"


def test_an_error_in_the_users_own_theme_is_found_there(
    cvtex: Cvtex, own_theme: Path, tmp_path: Path
) -> None:
    lines = own_theme.read_text().splitlines()
    own_theme.write_text("\n".join([*lines, "  \\undefd", ""]))
    said = cvtex("build")
    assert said.code == 1
    assert "error[CV403]: Undefined control sequence" in said.err
    assert f"{own_theme.relative_to(tmp_path)}:{len(lines) + 1}:3" in said.err


def test_a_file_that_a_theme_does_not_list_is_named(cvtex: Cvtex, own_theme: Path) -> None:
    own_theme.write_text(f"{own_theme.read_text()}\\input{{colors.tex}}\n")
    (own_theme.parent / "colors.tex").touch()
    said = cvtex("build")
    assert said.code == 2
    assert "the theme does not give TeX its file colors.tex" in said.err
    assert "list it under `files` in `templates/mine/theme.yaml`" in said.err.replace("\\", "/")
