"""Writes a CV as LaTeX: the file for an engine, and the one that compiles anywhere."""

from __future__ import annotations

from cvtex import __version__
from cvtex.diagnostics.diagnostic import Sink
from cvtex.tex.engines.registry import able_engines
from cvtex.writers.draft import Draft, Means, Output
from cvtex.writers.latex.characters import beyond_eight_bit
from cvtex.writers.latex.languages import babel_name
from cvtex.writers.latex.macro_calls import LatexPreamble, TexFile, write_latex


def write(draft: Draft, _sink: Sink, _means: Means) -> Output:
    """Return the TeX file with the theme in it (LaTeX 2019-10 and later)."""
    tex = tex_file(draft)
    parts = [
        f"\\begin{{filecontents*}}[overwrite]{{{name}}}\n{data.decode()}\\end{{filecontents*}}\n"
        for name, data in draft.theme.files().items()
    ]
    able = able_engines(unicode=bool(beyond_eight_bit(tex.text)))
    *names, last = (engine.name for engine in able if not engine.own_tree)
    head = f"% cvtex {__version__}; compile with {', '.join(names)} or {last}\n"
    return Output("".join((head, *parts, tex.text)).encode())


def tex_file(draft: Draft) -> TexFile:
    """Return the TeX file of a CV, for an engine that has the files of the theme beside it."""
    manifest = draft.theme.manifest
    owner = draft.project.cv.bibliography.owner
    options = {**draft.options, "language": babel_name(draft.project.language)}
    if owner != "bold":
        options["owner"] = owner
    preamble = LatexPreamble(
        manifest.document_class, manifest.class_options, manifest.package, options
    )
    return write_latex(draft.lowered.document, preamble)
