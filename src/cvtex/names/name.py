"""A personal name by its parts."""

from __future__ import annotations

from msgspec import Struct


class Name(Struct, frozen=True, gc=False):
    """A personal name by BibTeX's parts, decoded to Unicode; a corporate name is all family.

    `prefix` is BibTeX's "von" part and `suffix` its "Jr" part. (Tame the BeaST, section 11.)
    """

    family: str
    given: str = ""
    prefix: str = ""
    suffix: str = ""
    corporate: bool = False
