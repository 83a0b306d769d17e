"""The record that describes a TeX engine."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from cvtex.tex.job import Job


def find_on_path(name: str, search_path: str) -> Path | None:
    """Return the first program of a name on a search path such as $PATH.

    Scripts of Python are passed over: packages called pdflatex install such a script.
    """
    for entry in search_path.split(os.pathsep):
        found = shutil.which(name, path=entry) if entry else None
        # On Windows `which` searches the current directory too, where a project may lie.
        if found and Path(found).parent == Path(entry) and not _is_python(Path(found)):
            return Path(found).absolute()
    return None


def _main_file(job: Job) -> list[str]:
    return [job.main]


class Engine(Struct, frozen=True, kw_only=True):
    """A TeX engine: how it is found, started and read, and what it can set.

    - `name` is its name in cv.yaml, `title` that of the TeX program.
    - `find` returns the program, given the name and the search path of the system.
    - `version_line` matches the first line of the answer to --version.
    - `arguments` returns what follows the common options for a job.
    - `opens_absolute_paths` tells by the version whether TeX must be allowed to open files by
      absolute path; most engines never need that.
    - `own_tree` is true for an engine that uses only the files that came with it.
    - `dumps_preamble` is true if it can dump a preamble to a format file.
    - `error_line` matches error lines of the log that other engines do not write.
    - `unicode` is true if it sets all of Unicode, false if only the 8-bit encodings T1 and TS1.
    - `collections` names the collections of TeX Live that it needs beside the usual ones.
    - `install_command` installs it on any system, if it is not a part of TeX Live.
    - `path` is the program, once it is found.
    """

    name: str
    title: str
    version_line: re.Pattern[str]
    unicode: bool
    find: Callable[[str, str], Path | None] = find_on_path
    arguments: Callable[[Job], list[str]] = _main_file
    opens_absolute_paths: Callable[[str | None], bool] | None = None
    own_tree: bool = False
    dumps_preamble: bool = False
    error_line: re.Pattern[str] | None = None
    collections: tuple[str, ...] = ()
    install_command: str | None = None
    path: Path = Path()

    def at(self, path: Path) -> Engine:
        """Return the engine with its program at a path."""
        return replace(self, path=path)


def _is_python(path: Path) -> bool:
    if sys.platform == "win32":
        import zipfile

        # The launcher that pip makes of a script is a program with a zip file at its end.
        return path.suffix.lower() == ".py" or zipfile.is_zipfile(path)
    try:
        with path.open("rb") as file:
            first = file.readline(256)
    except OSError:
        return False
    return first.startswith(b"#!") and b"python" in first
