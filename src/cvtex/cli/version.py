"""`cvtex --version`; it imports almost nothing, because scripts call it often."""

from __future__ import annotations

import sys

from cvtex import __version__

VERSION = ("--version", "-V")


def say_version() -> None:
    """Print the version."""
    sys.stdout.write(f"cvtex {__version__}\n")
