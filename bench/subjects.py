"""The commands that are measured on the reference CV."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

from bench.place import HERE, ROOT, Place, change, environment
from bench.process import Command, CommandError, run
from bench.rendercv import RenderCV
from bench.timing import Missing, Subject, nothing
from cvtex.tex.environment import environment as tex_environment
from cvtex.tex.find import find_engines

RENDERCV = "RenderCV, PDF only"
EMPTY = "cvtex build, cache empty"
CACHED = "cvtex build, format cached, text changed"
UNCACHED = "cvtex build --no-cache"
NO_OP = "cvtex build, nothing changed"
BARE = "bare pdflatex, one run on the emitted .tex"
LATEXMK = "latexmk with biber, publications alone, from nothing"
LATEXMK_AGAIN = "latexmk with biber, publications alone, text changed"
LINT = "cvtex lint --no-cache"
LINT_AGAIN = "cvtex lint, nothing changed"
VERSION = "cvtex --version"
HELP = "cvtex --help"
COMPLETION = "completion of `cvtex build --` in bash"
VALUES = "completion of `cvtex lint --select CV3` in bash"

NAMES = (
    RENDERCV,
    EMPTY,
    CACHED,
    UNCACHED,
    NO_OP,
    BARE,
    LATEXMK,
    LATEXMK_AGAIN,
    LINT,
    LINT_AGAIN,
    VERSION,
    HELP,
    COMPLETION,
    VALUES,
)

LATEXMK_OPTIONS = ("-pdf", "-interaction=nonstopmode", "-halt-on-error", "-silent", "cv.tex")

Planned = Subject | Missing


def subjects(place: Place, rendercv: RenderCV | Missing) -> dict[str, Planned]:
    """Return every command, by its name in the report."""
    return {
        RENDERCV: rendercv.subject() if isinstance(rendercv, RenderCV) else rendercv,
        EMPTY: cache_empty(place),
        CACHED: text_changed(place),
        UNCACHED: place.lacks("--no-cache", "build") or uncached(place),
        NO_OP: place.lacks("--force", "build") or no_op(place),
        BARE: bare(place),
        LATEXMK: latexmk(place, again=False),
        LATEXMK_AGAIN: latexmk(place, again=True),
        LINT: plain(place, "lint", "cv.yaml", "--no-cache"),
        LINT_AGAIN: plain(place, "lint", "cv.yaml"),
        VERSION: plain(place, "--version"),
        HELP: plain(place, "--help"),
        COMPLETION: completion(place, "cvtex", "build", "--"),
        VALUES: completion(place, "cvtex", "lint", "--select", "CV3"),
    }


def cache_empty(place: Place) -> Subject:
    """Return the first build on a machine."""
    cv = place.reference("empty")

    def prepare(number: int) -> None:
        place.clear("empty")
        _changed(cv, number)

    return Subject(place.build(cv, cache="empty"), prepare, cv.with_suffix(".pdf"))


def text_changed(place: Place) -> Subject:
    """Return a build after a change of the text, with the format cached."""
    cv = place.reference("changed")
    return Subject(place.build(cv), lambda n: _changed(cv, n), cv.with_suffix(".pdf"))


def uncached(place: Place) -> Subject:
    """Return a build that does not use the cache."""
    cv = place.reference("uncached")
    command = place.build(cv, "--no-cache")
    return Subject(command, lambda n: _changed(cv, n), cv.with_suffix(".pdf"))


def no_op(place: Place) -> Subject:
    """Return a build with nothing changed; the first round, which does not count, makes the PDF."""
    cv = place.reference("same")
    return Subject(place.build(cv), nothing, cv.with_suffix(".pdf"))


def plain(place: Place, *words: str) -> Subject:
    """Return a command that changes nothing, run in the folder of the reference CV."""
    return Subject(place.command(place.reference("plain").parent, *words), nothing)


def completion(place: Place, *words: str) -> Subject:
    """Return the command that bash runs at a Tab after these words."""
    asks = {
        "_CVTEX_COMPLETE": "complete_bash",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }
    command = place.command(place.root)
    return Subject(replace(command, env={**command.env, **asks}), nothing)


def bare(place: Place) -> Planned:
    """Return a run of the engine alone on the file that `cvtex build --to tex` writes."""
    engine = next((found for found in find_engines() if found.name == place.engine), None)
    if engine is None:
        return Missing(f"{place.engine} is not installed")
    cv = place.reference("bare")
    emit = place.command(cv.parent, "build", cv.name, "--to", "tex")
    try:
        run(emit)
    except CommandError as error:
        return Missing(str(error))
    words = (str(engine.path), "-interaction=nonstopmode", "-halt-on-error", "cv.tex")
    env = tex_environment(os.environ, epoch=0, own_tree=engine.own_tree)

    def prepare(_: int) -> None:
        _keep_only(cv.parent, {"cv.tex"})

    return Subject(Command(words, cv.parent, env), prepare, cv.with_suffix(".pdf"))


def latexmk(place: Place, *, again: bool) -> Planned:
    """Return a run of latexmk with biblatex and Biber, `again` with the files of the run before."""
    for program in ("latexmk", "biber"):
        if shutil.which(program) is None:
            return Missing(f"{program} is not installed (Debian's package `{program}`)")
    folder = place.folder("latexmk-again" if again else "latexmk")
    shutil.copy(ROOT / "refs.bib", folder)
    shutil.copy(HERE / "latexmk/cv.tex", folder)

    def prepare(number: int) -> None:
        if not again:
            _keep_only(folder, {"cv.tex", ".cv.tex.original", "refs.bib"})
        change(folder / "cv.tex", number)
        (folder / "cv.pdf").unlink(missing_ok=True)

    command = Command(("latexmk", *LATEXMK_OPTIONS), folder, environment())
    return Subject(command, prepare, folder / "cv.pdf")


def _changed(cv: Path, number: int) -> None:
    change(cv, number)
    cv.with_suffix(".pdf").unlink(missing_ok=True)


def _keep_only(folder: Path, names: set[str]) -> None:
    for path in folder.iterdir():
        if path.name not in names:
            path.unlink()
