"""Writes files completely or not at all."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

from msgspec import Struct

from cvtex.diagnostics.usage import UsageError

_MASK = Lock()
_FIRST = {errno.ENOSPC: "make room, or ", errno.EROFS: ""}
"""Advice for a file that cannot be written, by the reason; mostly a viewer holds it open."""


class Written(Struct, frozen=True):
    """A file that was written: its size in bytes, and its pages if it has such.

    `maker` is the program that made it, if it is another one, in so many `passes`; `notes` are
    sentences about that for people.
    """

    path: Path
    size: int
    pages: int | None = None
    maker: str | None = None
    passes: int = 0
    notes: tuple[str, ...] = ()


def check_writable(target: Path, suffix: str, inputs: Iterable[Path]) -> None:
    """Refuse before a long run a target that could or should not be written after it.

    Raises `UsageError` for a name that does not end in `suffix`, for a file the CV is read from,
    and where the directory cannot be written.
    """
    if target.suffix.lower() != suffix and not target.is_dir():
        hint = f"name a file that ends in `{suffix}`"
        raise UsageError(f"`{target}` is not a name for a {suffix} file", hint)
    if target.exists() and any(path.exists() and path.samefile(target) for path in inputs):
        raise UsageError(f"`{target}` is a file the CV is read from", "name another with `-o`")
    folder = _behind_links(target).parent
    if not folder.is_dir():
        raise UsageError(f"there is no directory `{folder}`", f"create it: `mkdir -p {folder}`")
    if target.is_dir():
        raise UsageError(f"`{target}` is a directory", "name a file with `-o`")
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _unwritable(target, error) from None


def write_whole(target: Path, data: bytes) -> Path:
    """Write a file under another name, then rename it, so that it is never incomplete.

    An existing file keeps its permissions, and a link keeps its target. Raises `UsageError`.
    """
    place = _behind_links(target)
    try:
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}-")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            temporary.chmod(_mode(place))
            temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(target, error) from None
    return target


def _behind_links(target: Path) -> Path:
    """Return the file that a link leads to, or the file itself."""
    return target.resolve() if target.is_symlink() else target


def _mode(target: Path) -> int:
    """Return the permissions of the file that is replaced, or those of a new file."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    with _MASK:  # the only way to read it is to set it, for all threads
        mask = os.umask(0)
        os.umask(mask)
    return 0o666 & ~mask


def _unwritable(target: Path, error: OSError) -> UsageError:
    reason = (error.strerror or str(error)).lower()
    first = _FIRST.get(error.errno or 0, "close it if a viewer holds it open, or ")
    hint = f"{first}write elsewhere with `-o`"
    return UsageError(f"`{target}` cannot be written: {reason}", hint)
