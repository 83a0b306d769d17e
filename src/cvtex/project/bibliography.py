"""Reads the .bib files of a project, or remembers what was read of the same texts before."""

from __future__ import annotations

import copyreg
import hashlib
import io
import pickle
from collections.abc import Callable, Sequence
from typing import Any

from cvtex.bib_reader.model import Bibliography
from cvtex.cache import BIBLIOGRAPHIES, NOTHING_KEPT, Cache, this_program
from cvtex.diagnostics.catalogue import RULES
from cvtex.diagnostics.model import Diagnostic, Rule, Sink
from cvtex.source import Source

Known = tuple[Bibliography, list[Diagnostic]]
"""What was read, and what was found wrong."""

OTHERS = {("functools", "partial"), ("builtins", "range"), ("builtins", "frozenset")}
"""What beside classes of ours a bibliography is made of; nothing else is called to restore one."""

DAMAGED = (
    *(AttributeError, EOFError, ImportError, IndexError, KeyError, TypeError, ValueError),
    *(pickle.UnpicklingError, UnicodeError),
)
"""What a damaged file, or one of another time, makes the unpickler raise."""


def read_bibliography(
    sources: Sequence[Source], sink: Sink, cache: Cache = NOTHING_KEPT
) -> Bibliography:
    """The bibliography of .bib files; what is wrong in them goes to the sink.

    The `cache` may have it from an earlier run.
    """
    bibliography, found = _read(sources) if cache.root is None else _remembered(sources, cache)
    sink.take(found)
    return bibliography


def _remembered(sources: Sequence[Source], cache: Cache) -> Known:
    name = _name(sources)
    data = cache.read(BIBLIOGRAPHIES, name)
    known = _restored(data, sources) if data is not None else None
    if known is None:
        known = _read(sources)
        cache.write(BIBLIOGRAPHIES, name, _stored(known, sources))
    return known


def _read(sources: Sequence[Source]) -> Known:
    from cvtex.bib_reader.convert import read_bib  # brings bibtexparser and pylatexenc

    found = Sink()
    return read_bib(sources, found), found.found


def _name(sources: Sequence[Source]) -> str:
    digest = hashlib.sha256(this_program().encode())
    for source in sources:
        digest.update(f"\0{source.path}\0{source.text}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]


def _stored(known: Known, sources: Sequence[Source]) -> bytes:
    """The bytes that say it all; sources and rules are only named, and come back as they are."""
    numbers = {id(source): number for number, source in enumerate(sources)}
    data = io.BytesIO()
    pickler = pickle.Pickler(data, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table.copy()
    pickler.dispatch_table[Source] = lambda source: (_source, (numbers[id(source)],))
    pickler.dispatch_table[Rule] = lambda rule: (_rule, (rule.code,))
    pickler.dump(known)
    return data.getvalue()


def _restored(data: bytes, sources: Sequence[Source]) -> Known | None:
    try:
        known: Known = _Unpickler(data, sources).load()
    except DAMAGED:
        return None
    return known


def _source(number: int) -> Source:
    """Stands in the bytes for a source; whoever restores them knows which."""
    raise LookupError(number)


def _rule(code: str) -> Rule:
    """Stands in the bytes for a rule."""
    return next(rule for rule in RULES if rule.code == code)


class _Unpickler(pickle.Unpickler):
    """Restores a bibliography over given sources, from classes that it may have."""

    def __init__(self, data: bytes, sources: Sequence[Source]) -> None:
        super().__init__(io.BytesIO(data))
        self._sources = sources

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401  # a class or a function
        if not module.startswith("cvtex.") and (module, name) not in OTHERS:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a bibliography")
        if (module, name) == (__name__, _source.__name__):
            return self._sources.__getitem__
        found: Callable[..., object] = super().find_class(module, name)
        return found
