"""The packages of TeX Live that have the files a CV may need, and their names on systems.

A table of facts, taken from TeX Live 2022 and 2024. Other packages are guessed from the kind of
file: most LaTeX packages bear the name of their file.
"""

from __future__ import annotations

from pathlib import PurePath

from msgspec import Struct


class Package(Struct, frozen=True):
    """A package of TeX Live and the collection that it is part of."""

    name: str
    collection: str


BY_COLLECTION = {
    "basic": (
        "amsfonts:amssymb amsmath babel bookmark fancyhdr geometry graphics graphics:graphicx "
        "hyperref iftex url xkeyval"
    ),
    "latex": (
        "kvoptions oberdiek psnfss:charter psnfss:helvet tools:array tools:longtable "
        "tools:multicol tools:tabularx"
    ),
    "latexrecommended": (
        "booktabs caption etoolbox fontspec l3packages:xparse microtype parskip polyglossia "
        "ragged2e setspace unicode-math xcolor"
    ),
    "latexextra": (
        "accsupp adjustbox changepage csquotes enumitem hyperxmp hyphenat lastpage multirow "
        "needspace nowidow paracol pdfx tagpdf tcolorbox titlesec xurl"
    ),
    "fontsrecommended": (
        "cm-super lm:lmodern lm:lmroman10-regular tex-gyre:tgheros tex-gyre:tgpagella"
    ),
    "fontsextra": (
        "academicons ebgaramond fira:FiraSans fontawesome fontawesome5 inter lato libertinus "
        "noto opensans raleway roboto sourcecodepro sourcesanspro sourceserifpro "
        "xcharter:XCharter"
    ),
    "pictures": "pgf pgf:tikz",
    "luatex": "lua-ul luaotfload selnolig",
    "langcjk": "cjk:CJKutf8",
    "langchinese": "ctex xecjk:xeCJK",
    "langjapanese": "luatexja",
}
"""Packages by collection; "name:file" where the file does not bear the package's name."""

BABEL = {
    "arabic": "arabic",
    "chinese": "chinese",
    "czech": "czechslovak",
    "danish": "european",
    "dutch": "european",
    "english": "english",
    "estonian": "european",
    "finnish": "european",
    "french": "french",
    "german": "german",
    "ngerman": "german",
    "nswissgerman": "german",
    "naustrian": "german",
    "greek": "greek",
    "hungarian": "european",
    "italian": "italian",
    "norwegian": "european",
    "norsk": "european",
    "nynorsk": "european",
    "polish": "polish",
    "portuges": "portuguese",
    "portuguese": "portuguese",
    "brazilian": "portuguese",
    "brazil": "portuguese",
    "romanian": "european",
    "russian": "cyrillic",
    "slovak": "czechslovak",
    "slovene": "european",
    "spanish": "spanish",
    "catalan": "spanish",
    "swedish": "european",
    "turkish": "other",
    "ukrainian": "cyrillic",
    "vietnamese": "other",
}
"""The collection, after "lang", of each of babel's languages."""
SAME_PACKAGE = {
    "ngerman": "german",
    "nswissgerman": "german",
    "naustrian": "german",
    "norwegian": "norsk",
    "nynorsk": "norsk",
    "portuguese": "portuges",
    "brazilian": "portuges",
    "brazil": "portuges",
    "slovene": "slovenian",
}
"""Languages of babel that come with another one."""

DEBIAN_COLLECTIONS = {
    "basic": "texlive-latex-base",
    "latex": "texlive-latex-base",
    "latexrecommended": "texlive-latex-recommended",
    "latexextra": "texlive-latex-extra",
    "fontsrecommended": "texlive-fonts-recommended",
    "fontsextra": "texlive-fonts-extra",
}
DEBIAN_PACKAGES = {"lm": "lmodern", "tex-gyre": "tex-gyre", "cm-super": "cm-super"}
"""Packages of TeX Live that Debian keeps apart."""

FONT_FILES = frozenset({".otf", ".ttf", ".pfb", ".tfm", ".vf", ".fd", ".afm", ".enc"})


def package_of(file: str) -> Package:
    """Return the package of TeX Live that has a file; a good guess if the table has none."""
    path = PurePath(file)
    if path.suffix == ".ldf":
        language = SAME_PACKAGE.get(path.stem, path.stem)
        return Package(f"babel-{language}", f"lang{BABEL.get(path.stem, 'other')}")
    if known := _known().get(path.stem):
        return known
    return Package(path.stem, "fontsextra" if path.suffix in FONT_FILES else "latexextra")


def debian_package(package: Package) -> str:
    """Return the name of the Debian package that has a package of TeX Live."""
    if package.name in DEBIAN_PACKAGES:
        return DEBIAN_PACKAGES[package.name]
    collection = package.collection
    if collection.startswith("lang"):
        return f"texlive-lang-{collection.removeprefix('lang')}"
    return DEBIAN_COLLECTIONS.get(collection, f"texlive-{collection}")


def _known() -> dict[str, Package]:
    table = {}
    for collection, entries in BY_COLLECTION.items():
        for entry in entries.split():
            name, _, file = entry.partition(":")
            table[file or name] = Package(name, collection)
    return table
