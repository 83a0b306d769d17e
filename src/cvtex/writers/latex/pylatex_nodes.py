"""PyLaTeX nodes for the semantic macros of a theme.

PyLaTeX's own escaping is off: it would turn `-` into `{-}` and leave `<` and `|` alone.
Arguments come in escaped.
"""

from __future__ import annotations

from functools import lru_cache

from pylatex import NoEscape
from pylatex.base_classes import CommandBase


class Macro(CommandBase):  # type: ignore[misc]  # PyLaTeX is untyped
    r"""A call of a macro with all its arguments: `\cvline{...}{...}`."""

    def __init__(self, name: str, *arguments: str, options: str | None = None) -> None:
        self._latex_name = name
        super().__init__(
            [NoEscape(argument) for argument in arguments],
            None if options is None else NoEscape(options),
        )


class Begin(Macro):
    r"""The start of an environment with its arguments."""

    def __init__(self, environment: str, *arguments: str) -> None:
        super().__init__("begin", environment, *arguments)


class End(Macro):
    """The end of an environment."""

    def __init__(self, environment: str) -> None:
        super().__init__("end", environment)


@lru_cache(maxsize=4096)  # a watched CV is much the same each time
def call(name: str, *arguments: str) -> str:
    """Return a macro call as TeX source."""
    return str(Macro(name, *arguments).dumps())
