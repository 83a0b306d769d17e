"""The command that installs what is missing on this system."""

from __future__ import annotations

import platform
import shlex
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cvtex.tex.packages import Package, debian_package, package_of

DEBIAN_TLMGR = "/usr/bin"
"""Here tlmgr is the system's own, which refuses to install what the system manages."""

USUAL = ("latexrecommended", "fontsrecommended")
"""The collections of TeX Live that every engine needs, beside its own."""
OF_ENGINE = {"xelatex": ("xetex",), "lualatex": ("luatex",)}

ELSEWHERE = {
    ("tinytex", ""): "pip install 'cvtex[tinytex]'",
    ("tectonic", "darwin"): "brew install tectonic",
    ("tectonic", "win32"): "scoop install tectonic",
    ("tectonic", "arch"): "sudo pacman -S tectonic",
    ("tectonic", ""): "conda install -c conda-forge tectonic",
    ("", "darwin"): "brew install --cask basictex",
    ("", "win32"): "winget install MiKTeX.MiKTeX",
    ("", ""): "install TeX Live with the package manager of your system",
}
"""Engines that are no collection of a Linux; an empty name stands for any other."""
ONLINE = "run tectonic by hand, once and online, on a file that loads {}; it keeps what it fetches"

INSTALLERS = {
    "debian": "sudo apt install",
    "fedora": "sudo dnf install",
    "suse": "sudo zypper install",
    "arch": "sudo pacman -S",
}
RELATED = {"ubuntu": "debian", "rhel": "fedora", "centos": "fedora", "opensuse": "suse"}

FAMILIES = {
    "noto sans cjk": ("fonts-noto-cjk", "google-noto-sans-cjk-fonts", "noto-fonts-cjk"),
    "noto serif cjk": ("fonts-noto-cjk", "google-noto-serif-cjk-fonts", "noto-fonts-cjk"),
    "noto": ("fonts-noto-core", "google-noto-sans-fonts", "noto-fonts"),
    "amiri": ("fonts-hosny-amiri", "amiri-fonts", "ttf-amiri"),
    "libertinus": ("fonts-libertinus", "libertinus-fonts", "libertinus-font"),
    "dejavu": ("fonts-dejavu", "dejavu-sans-fonts", "ttf-dejavu"),
    "latin modern": ("fonts-lmodern", "texlive-lm", "texlive-fontsrecommended"),
    "source sans": ("texlive-fonts-extra", "texlive-sourcesanspro", "texlive-fontsextra"),
}
"""Font families by how their names begin: the package of Debian, of Fedora and of Arch."""
FAMILY_COLUMN = {"debian": 0, "fedora": 1, "arch": 2}


def install_hint(
    engine: str,
    missing: Sequence[str] = (),
    *,
    system: str = sys.platform,
    os_release: Mapping[str, str] | None = None,
    tlmgr: bool | None = None,
) -> str:
    """Give the command that installs an engine, or the files and fonts missing for it.

    `missing` holds names of files ("enumitem.sty") and of font families ("Noto Sans").
    `os_release` is what /etc/os-release says; `tlmgr` tells whether TeX Live manages its
    own packages. Both are looked up when they are not given.
    """
    tlmgr = _has_own_manager() if tlmgr is None else tlmgr
    family = _family(os_release) if system.startswith("linux") else system
    files = [name for name in missing if Path(name).suffix and " " not in name]
    fonts = [name.removeprefix("the font ") for name in missing if name not in files]
    commands = [_for_files(engine, files, family, tlmgr)] if files else []
    commands += [_for_font(font, family) for font in fonts]
    return "; ".join(commands) or _for_engine(engine, family)


def _for_engine(engine: str, family: str) -> str:
    if family in INSTALLERS and engine not in {"tinytex", "tectonic"}:
        return _command(INSTALLERS[family], _engine_packages(engine, family))
    own = engine if engine in {"tinytex", "tectonic"} else ""
    return ELSEWHERE.get((own, family)) or ELSEWHERE[own, ""]


def _for_files(engine: str, files: Sequence[str], family: str, tlmgr: bool) -> str:
    if engine == "tectonic":
        return ONLINE.format(" and ".join(files))
    packages = [package_of(file) for file in files]
    if family in INSTALLERS and not tlmgr:
        # The TinyTeX of the Python package cannot grow: its place is taken by a full engine.
        whole = _engine_packages("pdflatex", family) if engine == "tinytex" else []
        return _command(INSTALLERS[family], whole + _named(files, packages, family))
    manager = "miktex packages install" if family == "win32" and not tlmgr else "tlmgr install"
    manager = f"sudo {manager}" if family == "darwin" else manager
    return _command(manager, [package.name for package in packages])


def _for_font(font: str, family: str) -> str:
    known = next((FAMILIES[start] for start in FAMILIES if font.lower().startswith(start)), None)
    if family in FAMILY_COLUMN and known:
        return _command(INSTALLERS[family], [known[FAMILY_COLUMN[family]]])
    if family == "darwin":
        return _command("brew install --cask", [f"font-{font.lower().replace(' ', '-')}"])
    return f"install the font {font} for all users"


def _engine_packages(engine: str, family: str) -> list[str]:
    collections = (*USUAL, *OF_ENGINE.get(engine, ()))
    if family == "debian":
        return [debian_package(Package("", name)) for name in collections] + ["lmodern"]
    prefix = "texlive-" if family == "arch" else "texlive-collection-"
    return [prefix + name for name in collections]


def _named(files: Sequence[str], packages: Sequence[Package], family: str) -> list[str]:
    if family == "debian":
        return [debian_package(package) for package in packages]
    if family == "arch":
        return [f"texlive-{package.collection}" for package in packages]
    return [f"tex({file})" for file in files]


def _command(manager: str, packages: Iterable[str]) -> str:
    return " ".join([manager, *map(shlex.quote, dict.fromkeys(packages))])


def _family(os_release: Mapping[str, str] | None) -> str:
    if os_release is None:
        try:
            os_release = platform.freedesktop_os_release()
        except OSError:
            os_release = {}
    names = [os_release.get("ID", ""), *os_release.get("ID_LIKE", "").split()]
    families = (RELATED.get(name, name) for name in names)
    return next((name for name in families if name in INSTALLERS), "linux")


def _has_own_manager() -> bool:
    path = shutil.which("tlmgr")
    return path is not None and str(Path(path).parent) != DEBIAN_TLMGR
