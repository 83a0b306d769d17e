"""Says which cvtex this is; what it imports is light, for scripts ask often."""

from __future__ import annotations

import sys

from cvtex import __version__

VERSION = ("--version", "-V")


def say_version() -> None:
    """Print it."""
    sys.stdout.write(f"cvtex {__version__}\n")
