"""Parts of a name, and the faults of how it is written."""

from __future__ import annotations

from msgspec import Struct


class NameFault(Struct, frozen=True):
    """A fault of a name, and a hint; `better` is the whole name as it should be, if known."""

    message: str
    hint: str
    better: str = ""


def rewrite_fault(message: str, better: str) -> NameFault:
    """Return a fault with the name that its author may have meant."""
    return NameFault(message, f"write `{better}`", better)


class NameParts(Struct, frozen=True):
    """The parts of a name, still LaTeX, and what in it could not be understood."""

    family: str
    given: str = ""
    prefix: str = ""
    suffix: str = ""
    corporate: bool = False
    faults: tuple[NameFault, ...] = ()
