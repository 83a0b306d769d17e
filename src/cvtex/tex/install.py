"""What is missing, and the command that installs it on this system."""

from __future__ import annotations

import os
import platform
import shlex
import shutil
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cvtex.tex.environment import environment
from cvtex.tex.find import Engine
from cvtex.tex.packages import Package, debian_package, package_of
from cvtex.tex.process import finish, start
from cvtex.tex.scratch import scratch

PATIENCE = 10.0
"""Seconds that kpsewhich gets."""
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


def installed(engine: Engine, files: Iterable[str]) -> tuple[str, ...]:
    """List the files that an engine does not find, in the order given.

    Empty for Tectonic, which fetches what it lacks, and where nothing can tell.
    """
    wanted = tuple(files)
    if engine.kind == "tectonic" or not wanted:
        return ()
    there = _in_own_tree(engine) if engine.own_tree else _found_by_kpsewhich(engine, wanted)
    return () if there is None else tuple(file for file in wanted if file not in there)


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


def _in_own_tree(engine: Engine) -> frozenset[str]:
    """Read the lists that Kpathsea reads; in this tree it looks nowhere else."""
    root = engine.path.parents[2]
    lists = (root / tree / "ls-R" for tree in ("texmf-dist", "texmf-var"))
    return frozenset(
        line for path in lists if path.is_file() for line in path.read_text("utf-8").splitlines()
    )


def _found_by_kpsewhich(engine: Engine, files: Sequence[str]) -> frozenset[str] | None:
    program = next(filter(None, map(_kpsewhich, (engine.path, engine.path.resolve()))), None)
    if program is None:
        return None
    command = [str(program), f"-progname={engine.name}", *files]
    variables = environment(os.environ, epoch=0)
    try:
        with scratch() as folder, start(command, folder, variables, PATIENCE) as running:
            ended = finish(running, time.monotonic() + PATIENCE)
    except OSError:
        return None
    return frozenset(Path(line).name for line in ended.output.splitlines())


def _kpsewhich(engine: Path) -> Path | None:
    program = engine.with_name(f"kpsewhich{engine.suffix}")
    return program if program.is_file() else None
