"""Finds the CVs that a batch builds, and decides where each is written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path

from msgspec.structs import replace

from cvtex.diagnostics.usage import UsageError
from cvtex.pipeline.usecases.request import Request

NAME = "cv.yaml"
"""The name of the CVs that are looked for in a directory."""


def is_one(paths: Sequence[Path]) -> bool:
    """Return whether the paths name a single file, even one that does not exist."""
    return len(paths) == 1 and not paths[0].is_dir() and not _is_pattern(paths[0])


def cvs_of(paths: Sequence[Path]) -> list[Path]:
    """List the CVs of paths: files, those that a pattern matches, and those below a directory.

    If there are several paths, a directory without a CV stands for the missing one, which does not
    stop the others. Raises `UsageError` for one that is alone, and for a pattern that matches
    nothing.
    """
    if len(paths) == 1 and paths[0].is_dir() and not any(_below(paths[0])):
        hint = f"name the CVs: `cvtex build {paths[0] / '*.yaml'}`"
        raise UsageError(f"`{paths[0]}` is a directory, and no `{NAME}` is in it or below", hint)
    return [cv for path in paths for cv in _cvs(path)]


def placed(requests: Iterable[Request], folder: Path | None) -> list[Request]:
    """Return the requests without duplicates, their outputs moved into `folder` if it is given.

    There, the output of a cv.yaml is named after the directory of the CV. Raises `UsageError` when
    two CVs would be written to the same file, or the folder does not exist.
    """
    found: dict[str, Request] = {}
    for request in requests:
        moved = request if folder is None else _moved(request, folder)
        other = found.setdefault(os.path.realpath(moved.target()), moved)
        if os.path.realpath(other.cv) != os.path.realpath(moved.cv):
            raise _collision(other, moved)
    if folder is None or folder.is_dir():
        return list(found.values())
    if len(found) == 1 and folder.suffix:
        return [replace(request, output=folder) for request in found.values()]
    raise _no_folder(folder)


def _cvs(path: Path) -> Sequence[Path]:
    if path.is_dir():
        return sorted(_below(path)) or (path / NAME,)
    if not _is_pattern(path):
        return (path,)
    matching = sorted(map(Path, glob(str(path), recursive=True)))  # noqa: PTH207  # may be absolute
    if not matching:
        raise UsageError(f"no file matches `{path}`", "`ls` shows what is there")
    return [cv for match in matching for cv in _cvs(match)]


def _is_pattern(path: Path) -> bool:
    """Return whether a path is a pattern that the shell has not expanded."""
    return has_magic(str(path)) and not path.exists()


def _below(folder: Path) -> Iterator[Path]:
    """Yield the CVs in a directory and below it, without hidden directories."""
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        if NAME in files:
            yield Path(place, NAME)


def _moved(request: Request, folder: Path) -> Request:
    cv = Path(os.path.abspath(request.cv))  # noqa: PTH100  # a link keeps the name it has
    name = f"{cv.parent.name or cv.stem}.yaml" if cv.name == NAME else cv.name
    return replace(request, output=folder / replace(request, cv=Path(name)).target().name)


def _no_folder(folder: Path) -> UsageError:
    if folder.exists() or folder.suffix in (".pdf", ".tex"):
        return UsageError(f"several CVs cannot be written to one file, `{folder}`", "name a folder")
    return UsageError(f"there is no directory `{folder}`", f"create it: `mkdir -p {folder}`")


def _collision(first: Request, second: Request) -> UsageError:
    message = f"`{first.cv}` and `{second.cv}` would both be written to `{second.target()}`"
    return UsageError(message, "build them one at a time, each with `-o` and its own file")
