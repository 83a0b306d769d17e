"""What is asked for beside cv.yaml."""

from __future__ import annotations

from msgspec import Struct


class Overrides(Struct, frozen=True):
    """What the command line asks for: a variant, a language, and values for dotted keys."""

    variant: str | None = None
    language: str | None = None
    values: tuple[tuple[str, str], ...] = ()
