"""Running Python code in a process of its own: one that runs tests may not be forked."""

from __future__ import annotations

import subprocess
import sys
from textwrap import dedent


def alone(code: str, *arguments: str) -> str:
    """What a program prints that ends well."""
    command = [sys.executable, "-c", dedent(code), *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout
