"""Values as bytes, for the cache and for other processes, and back; sources are only named."""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable, Sequence
from typing import Any

from cvtex.source import Source

OTHERS = {("functools", "partial"), ("builtins", "range"), ("builtins", "frozenset")}
"""What beside classes of ours the values are made of; nothing else is called to restore one."""

DAMAGED = (
    *(AttributeError, EOFError, ImportError, IndexError, KeyError, TypeError, ValueError),
    *(pickle.UnpicklingError, UnicodeError),
)
"""What damaged bytes, or those of another time, make `unpacked` raise."""


def packed(value: object, sources: Sequence[Source]) -> bytes:
    """The bytes that say it all, but for the sources."""
    numbers = {id(source): number for number, source in enumerate(sources)}
    data = io.BytesIO()
    pickler = pickle.Pickler(data, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table.copy()
    pickler.dispatch_table[Source] = lambda source: (_source, (numbers[id(source)],))
    pickler.dump(value)
    return data.getvalue()


def unpacked(data: bytes, sources: Sequence[Source]) -> Any:  # noqa: ANN401  # what was packed
    """The value over the same sources; raises one of `DAMAGED` where that cannot be."""
    return _Unpickler(data, sources).load()


def _source(number: int) -> Source:
    """Stands in the bytes for a source; whoever restores them knows which."""
    raise LookupError(number)


class _Unpickler(pickle.Unpickler):
    """Restores a value over given sources, from classes that it may have."""

    def __init__(self, data: bytes, sources: Sequence[Source]) -> None:
        super().__init__(io.BytesIO(data))
        self._sources = sources

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401  # a class or a function
        if not module.startswith("cvtex.") and (module, name) not in OTHERS:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of such a value")
        if (module, name) == (__name__, _source.__name__):
            return self._sources.__getitem__
        found: Callable[..., object] = super().find_class(module, name)
        return found
