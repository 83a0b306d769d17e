"""Values as bytes, for the cache and for other processes, and back; sources are only named."""

from __future__ import annotations

import copyreg
import io
import pickle
import zlib
from collections.abc import Callable, Sequence
from typing import Any

from cvtex.source import Source

OTHERS = {("functools", "partial"), ("builtins", "range"), ("builtins", "frozenset")}
"""What beside classes and functions of ours the values are made of."""

DAMAGED = (
    *(AttributeError, EOFError, ImportError, IndexError, KeyError, TypeError, ValueError),
    *(pickle.UnpicklingError, UnicodeError),
)
"""What damaged bytes, or those of another time, make `unpacked` raise."""

SUM = 4
"""How many bytes there are before the others, to tell whether those are whole."""


def packed(value: object, sources: Sequence[Source]) -> bytes:
    """The bytes that say it all, but for the sources."""
    numbers = {id(source): number for number, source in enumerate(sources)}
    data = io.BytesIO()
    pickler = pickle.Pickler(data, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table.copy()
    pickler.dispatch_table[Source] = lambda source: (_source, (numbers[id(source)],))
    data.write(bytes(SUM))
    pickler.dump(value)
    data.getbuffer()[:SUM] = _sum(data.getbuffer()[SUM:])
    return data.getvalue()


def unpacked(data: bytes, sources: Sequence[Source]) -> Any:  # noqa: ANN401  # what was packed
    """The value over the same sources; raises one of `DAMAGED` where that cannot be."""
    whole = memoryview(data)
    if whole[:SUM] != _sum(whole[SUM:]):
        raise ValueError("these bytes are not whole")
    return _Unpickler(data[SUM:], sources).load()


def _sum(data: memoryview) -> bytes:
    return zlib.crc32(data).to_bytes(SUM, "big")


def _source(number: int) -> Source:
    """Stands in the bytes for a source; whoever restores them knows which."""
    raise LookupError(number)


class _Unpickler(pickle.Unpickler):
    """Restores a value over given sources, from classes that it may have."""

    def __init__(self, data: bytes, sources: Sequence[Source]) -> None:
        super().__init__(io.BytesIO(data))
        self._sources = sources

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401  # a class or a function
        ours = module.startswith("cvtex.") and "." not in name
        if not ours and (module, name) not in OTHERS:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of such a value")
        if (module, name) == (__name__, _source.__name__):
            return self._sources.__getitem__
        found: Callable[..., object] = super().find_class(module, name)
        return found
