"""The commands that install an engine, a package or a font on this system."""

from __future__ import annotations

import platform
import shlex
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cvtex.tex.engines.engine import Engine
from cvtex.tex.engines.registry import engine_named
from cvtex.tex.packages import Package, debian_package, package_of

DEBIAN_TLMGR = "/usr/bin"
"""The folder of the system's own tlmgr, which refuses to install packages of the system."""

USUAL = ("latexrecommended", "fontsrecommended")
"""The collections of TeX Live that every engine needs, beside its own."""

TEX_SYSTEMS = {
    "darwin": "brew install --cask basictex",
    "win32": "winget install MiKTeX.MiKTeX",
    "linux": "install TeX Live with the package manager of your system",
}
"""The commands that install all engines of a TeX system at once."""

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
"""Font families by the beginning of their names: the packages of Debian, Fedora and Arch."""
FAMILY_COLUMN = {"debian": 0, "fedora": 1, "arch": 2}


def install_hint(
    engine: str,
    missing: Sequence[str] = (),
    *,
    system: str = sys.platform,
    os_release: Mapping[str, str] | None = None,
    tlmgr: bool | None = None,
) -> str:
    """Return the command that installs an engine, or the files and fonts missing for it.

    `missing` holds names of files ("enumitem.sty") and of font families ("Noto Sans").
    `os_release` is the content of /etc/os-release; `tlmgr` is true if TeX Live manages its own
    packages. Both are looked up if they are not given.
    """
    tlmgr = _has_own_manager() if tlmgr is None else tlmgr
    family = _family(os_release) if system.startswith("linux") else system
    files = [name for name in missing if Path(name).suffix and " " not in name]
    fonts = [name.removeprefix("the font ") for name in missing if name not in files]
    commands = [_for_files(engine_named(engine), files, family, tlmgr)] if files else []
    commands += [_for_font(font, family) for font in fonts]
    return "; ".join(commands) or _for_engine(engine_named(engine), family)


def _for_engine(engine: Engine, family: str) -> str:
    if engine.install_command is not None:
        return engine.install_command
    if family in INSTALLERS:
        return _command(INSTALLERS[family], _engine_packages(engine, family))
    return TEX_SYSTEMS.get(family, TEX_SYSTEMS["linux"])


def _for_files(engine: Engine, files: Sequence[str], family: str, tlmgr: bool) -> str:
    packages = [package_of(file) for file in files]
    if family in INSTALLERS and not tlmgr:
        # No package can be added to the TinyTeX of the Python package: a full engine replaces it.
        whole = _engine_packages(engine, family) if engine.own_tree else []
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


def _engine_packages(engine: Engine, family: str) -> list[str]:
    collections = (*USUAL, *engine.collections)
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
