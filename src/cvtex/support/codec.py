"""Typed values as bytes for the cache, and back: data alone, in which a source has a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from cvtex.source import Runs, Source

T = TypeVar("T")

REJECTED = (ValueError, LookupError, RecursionError)
"""The errors of decoding bytes that are damaged, of another type, or nested too deeply."""

UNWRITABLE = (UnicodeEncodeError, RecursionError)
"""The errors of encoding text that is not Unicode, such as some paths, and of deep nesting."""


def encode(value: object, sources: Sequence[Source] = ()) -> bytes:
    """Return a value as MessagePack, with its sources as indexes; raises one of `UNWRITABLE`."""
    numbers = {id(source): number for number, source in enumerate(sources)}

    def number_of(source: Source) -> int:
        return numbers[id(source)]

    return msgspec.msgpack.Encoder(enc_hook=number_of).encode(value)


def decode(data: bytes, type_: type[T], sources: Sequence[Source] = ()) -> T:
    """Return the value of such bytes, its types checked; raises one of `REJECTED`."""
    numbered = dict(enumerate(sources))

    def restore(wanted: object, known: Any) -> object:  # noqa: ANN401  # any decoded data
        if wanted is Source:
            return numbered[known]
        runs = msgspec.convert(known, Runs)
        if sum(abs(length) for *_, length in runs.runs) > len(data):
            raise ValueError("offsets of more characters than there are")
        return runs

    return msgspec.msgpack.Decoder(type_, dec_hook=restore).decode(data)
