"""The packages of TeX Live that have the files a CV may need, and their names on systems.

A table of facts, taken from TeX Live 2022 and 2024. Other packages are guessed from the kind of
file: most LaTeX packages bear the name of their file.
"""

from __future__ import annotations

from collections.abc import Mapping
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

LANGUAGES = {
    "arabic": "arabic",
    "chinese": "chinese",
    "cyrillic": "russian ukrainian",
    "czechslovak": "czech slovak",
    "english": "english",
    "european": (
        "danish dutch estonian finnish hungarian norsk:norwegian norsk norsk:nynorsk romanian "
        "slovenian:slovene swedish"
    ),
    "french": "french",
    "german": "german german:ngerman german:nswissgerman german:naustrian",
    "greek": "greek",
    "italian": "italian",
    "polish": "polish",
    "portuguese": "portuges portuges:portuguese portuges:brazilian portuges:brazil",
    "spanish": "spanish catalan",
}
"""Languages of babel by collection; "package:language" where a language comes with another."""

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
        package = _table(LANGUAGES).get(path.stem, Package(path.stem, "other"))
        return Package(f"babel-{package.name}", f"lang{package.collection}")
    if known := _table(BY_COLLECTION).get(path.stem):
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


def _table(collections: Mapping[str, str]) -> dict[str, Package]:
    """Return the packages of a table by the names of their files."""
    table = {}
    for collection, entries in collections.items():
        for entry in entries.split():
            name, _, file = entry.partition(":")
            table[file or name] = Package(name, collection)
    return table
