"""Regular expressions that are compiled when they are first used.

There are four hundred, and a check of the reference CV uses fewer than half of them; compiling one
takes a fraction of a millisecond.
"""

from __future__ import annotations

import re
from typing import AnyStr, Generic, cast

_PARTS = [name for name in dir(re.Pattern) if not name.startswith("_")]
"""The names of the attributes and methods of a pattern."""


def lazy_re(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return the pattern that `re.compile` would, compiled and checked at its first use."""
    return cast("re.Pattern[AnyStr]", _Regex(pattern, flags))


class _Regex(Generic[AnyStr]):
    """A placeholder for a pattern, which compiles it when an attribute is first read."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for known in _PARTS:
            setattr(self, known, getattr(compiled, known))
        return getattr(compiled, name)
