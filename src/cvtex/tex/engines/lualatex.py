"""LuaTeX: it sets all of Unicode with the fonts of the system, and can write tagged PDF."""

from __future__ import annotations

from pathlib import PurePath

from cvtex.support.lazy_re import lazy_re
from cvtex.tex.engines.engine import Engine
from cvtex.tex.job import Job

_VERSION = lazy_re(r"Version ([0-9]+)\.([0-9]+)")
_GUARDED = (1, 16)
"""Since this version, openin_any binds Lua too, which opens every font by absolute path."""
_FIND_FILE = (
    "luatexbase.add_to_callback('find_read_file', function(_, name) "
    "local first = name:byte() "
    "if first == 47 or first == 92 or first == 126 "
    "or name:find(':', 1, true) or name:find('..', 1, true) then return nil end "
    "return kpse.find_file(name, 'tex', true) end, 'cvtex')"
)
r"""Makes TeX read only files below the current directory or in a tree, whatever openin_any allows.

The codes are those of /, \ and ~: some of these characters would have a meaning in TeX here.
"""


def _arguments(job: Job) -> list[str]:
    # LuaTeX alone derives the identifier of the PDF from the name of the current directory.
    identifier = f"\\pdfvariable trailerid{{[<{job.digest()}> <{job.digest()}>]}}"
    first_line = f"{identifier}\\directlua{{{_FIND_FILE}}}\\input{{{job.main}}}"
    return [f"-jobname={PurePath(job.main).stem}", first_line]


def _is_guarded(version: str | None) -> bool:
    numbers = _VERSION.search(version or "")
    return numbers is None or (int(numbers[1]), int(numbers[2])) >= _GUARDED


ENGINE = Engine(
    name="lualatex",
    title="LuaTeX",
    version_line=lazy_re(r"This is Lua(?:HB|JIT)*TeX, Version [0-9].*"),
    unicode=True,
    arguments=_arguments,
    opens_absolute_paths=_is_guarded,
    error_line=lazy_re(r"\[\\\w+\]:[0-9]+: "),
    collections=("luatex",),
)
