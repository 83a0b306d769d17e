"""The options of the command line that change the CV."""

from __future__ import annotations

from msgspec import Struct


class Overrides(Struct, frozen=True):
    """A variant, a language, and values for dotted keys, from the command line."""

    variant: str | None = None
    language: str | None = None
    values: tuple[tuple[str, str], ...] = ()
