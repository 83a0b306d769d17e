"""Regular expressions that are compiled when they are first used.

There are four hundred, and a check of the reference CV uses fewer than half of them; Python takes
a fraction of a millisecond to compile one.
"""

from __future__ import annotations

import re
from typing import AnyStr, Generic, cast

_PARTS = [name for name in dir(re.Pattern) if not name.startswith("_")]
"""What a pattern has and can do."""


def lazy_re(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, later; its errors come later too."""
    return cast("re.Pattern[AnyStr]", _Regex(pattern, flags))


class _Regex(Generic[AnyStr]):
    """Stands for a pattern, and has all that one has from the first use on."""

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
