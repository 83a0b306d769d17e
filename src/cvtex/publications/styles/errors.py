"""Errors about the name of a citation style."""

from __future__ import annotations


class StyleError(Exception):
    """A style that cannot be used; `hint` says what to write or to do instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
