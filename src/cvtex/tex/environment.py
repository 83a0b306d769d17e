"""The environment of an engine: reproducible, and limited to its own files."""

from __future__ import annotations

from collections.abc import Mapping

from cvtex.support.lazy_re import lazy_re

DROPPED = lazy_re(r"TEXINPUTS(?:[._].*)?|TEXMFOUTPUT|TEXMF_OUTPUT_DIRECTORY|TEXMFLOG|KPATHSEA_.*")
"""Search paths that could shadow the theme, places to write to, and tracing.

The user's own trees stay in use: they are found by TEXMFHOME and TEXMFLOCAL.
"""
OF_TREES = lazy_re(r"(?:TEX|MKTEX|VARTEX|SELFAUTO|WEB2C).*|\w*(?:FONTS|INPUTS|MAPS)(?:[._].*)?")
"""Every variable that can lead Kpathsea to the files of another installation."""

FIXED = {
    # Do not break log lines, nor the lines of an error's context.
    "max_print_line": "10000",
    "error_line": "254",
    "half_error_line": "238",
    # Room for a section of hundreds of pages, which the theme keeps in one piece.
    "extra_mem_top": "15000000",
    "extra_mem_bot": "15000000",
    # Only files below the current directory, or found in a TeX tree.
    "openout_any": "p",
    # The same in every time zone and language.
    "FORCE_SOURCE_DATE": "1",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
}
OWN_TREE = {"TEXMF": "{!!$TEXMFSYSVAR,!!$TEXMFDIST}"}
"""Only the trees beside the program itself, without those of the user."""
_TREES = lazy_re(r"HOME|TEXMF\w*")


def trees(base: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the variables that decide in which trees an engine finds a package.

    (Kpathsea manual, section 4.1.)
    """
    return sorted((name, value) for name, value in base.items() if _TREES.fullmatch(name))


def environment(
    base: Mapping[str, str], *, epoch: int, own_tree: bool = False, read_anywhere: bool = False
) -> dict[str, str]:
    """Return the environment of an engine, made from our own.

    `epoch` is the time of the document, in seconds since 1970. `own_tree` is for an engine that
    must use only the tree it came with. `read_anywhere` lets TeX open files by absolute path.
    (Kpathsea manual, sections 5 and 8.)
    """
    dropped = OF_TREES if own_tree else DROPPED
    kept = {name: value for name, value in base.items() if not dropped.fullmatch(name)}
    return {
        **kept,
        **FIXED,
        **(OWN_TREE if own_tree else {}),
        "openin_any": "a" if read_anywhere else "p",
        "SOURCE_DATE_EPOCH": str(epoch),
    }
