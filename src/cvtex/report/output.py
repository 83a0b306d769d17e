"""Writes reports to the terminal, in colours if it has them, or to a file."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from cvtex.report.excerpt import ExcerptLine
from cvtex.report.terminal import plain_lines, print_lines


def columns() -> int:
    """Return the width of the terminal in columns: COLUMNS, or 80 without a terminal."""
    return shutil.get_terminal_size().columns


def is_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return sys.stdout.isatty()


def wants_colours() -> bool:
    """Return whether to print colours; NO_COLOR and FORCE_COLOR override the terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal() and os.environ.get("TERM") != "dumb"


def write(text: str, file: Path | None = None) -> None:
    """Write a text to a file in UTF-8, or print it; raises `OSError`.

    Characters that the encoding of the terminal lacks are replaced.
    """
    if file is not None:
        file.write_bytes(text.encode("utf-8", "backslashreplace"))
        return
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


def write_lines(lines: Iterable[ExcerptLine], file: Path | None = None) -> None:
    """Write lines to a file, or print them, in colours if wanted; raises `OSError`."""
    made = list(lines)
    if not made or file is not None or not wants_colours():
        write(plain_lines(made), file)
        return
    from rich.console import Console

    print_lines(Console(highlight=False), made)
