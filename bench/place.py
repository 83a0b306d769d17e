"""The folder in which the measurements run, and its files."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.process import Command, output_of
from bench.timing import Missing

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
NUMBER = "3204"
"""A number that occurs once in each text that is changed between two runs."""
DROPPED = frozenset(
    {"CVTEX_CACHE_DIR", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTHONPATH", "SOURCE_DATE_EPOCH"}
)


@dataclass(frozen=True)
class Place:
    """A folder to work in, the engine that cvtex uses, and the program of RenderCV."""

    root: Path
    engine: str
    rendercv: Path

    @property
    def cvtex(self) -> str:
        """The path of the cvtex that is installed beside the running Python."""
        return str(Path(sys.executable).with_name("cvtex"))

    def folder(self, name: str) -> Path:
        """Return a folder of that name; make it if it does not exist."""
        path = self.root / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    def reference(self, name: str) -> Path:
        """Copy the reference CV into a folder of that name; return the path of its cv.yaml."""
        folder = self.folder(name)
        for file in ("cv.yaml", "refs.bib"):
            shutil.copy(ROOT / file, folder)
        return folder / "cv.yaml"

    def command(self, folder: Path, *words: str, cache: str = "cache") -> Command:
        """Return a run of cvtex, with a cache of that name."""
        return Command((self.cvtex, *words), folder, environment(CVTEX_CACHE_DIR=self._at(cache)))

    def build(self, cv: Path, *options: str, cache: str = "cache") -> Command:
        """Return a build of a CV."""
        return self.command(
            cv.parent, "build", cv.name, "--engine", self.engine, *options, cache=cache
        )

    def clear(self, cache: str) -> None:
        """Empty the cache of that name."""
        shutil.rmtree(self._at(cache), ignore_errors=True)

    def lacks(self, option: str, *subcommand: str) -> Missing | None:
        """Return why this cvtex cannot be measured, if its help does not have an option."""
        shown = output_of(self.command(self.root, *subcommand, "--help"))
        if option in shown:
            return None
        return Missing(f"`cvtex {' '.join(subcommand)}` has no `{option}`")

    def _at(self, cache: str) -> str:
        return str(self.root / "caches" / cache)


def environment(**more: str) -> dict[str, str]:
    """Return our environment without variables that could change a result, and `more`."""
    kept = {name: value for name, value in os.environ.items() if name not in DROPPED}
    return {**kept, "LC_ALL": "C.UTF-8", "COLUMNS": "400", "NO_COLOR": "1", **more}


def change(path: Path, number: int) -> None:
    """Save a text with one number changed to another of the same length."""
    original = path.with_name(f".{path.name}.original")
    if not original.exists():
        shutil.copy(path, original)
    text = original.read_text(encoding="utf-8")
    assert text.count(NUMBER) == 1, f"{NUMBER} must occur once in {path}"
    path.write_text(text.replace(NUMBER, str(5000 + number)), encoding="utf-8")
