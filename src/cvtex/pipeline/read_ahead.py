"""Reads a CV, and what it names, while this process still imports what comes after.

Half the time of a short command is that of imports, and the libraries that read files have a
quarter of that: another process has them meanwhile. What this module imports itself is light.
"""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

from cvtex.ahead import Parcels, made_ahead
from cvtex.bib_reader.decode import decode as decode_bib
from cvtex.cache import BIBLIOGRAPHIES, Cache
from cvtex.diagnostics.model import Sink
from cvtex.parcels import packed
from cvtex.pipeline.request import Request
from cvtex.project.bibliography import DEFAULT_BIB, read_bibs
from cvtex.project.bibliography import parcel_name as bibliography_name
from cvtex.richtext.markdown import MARKUP, pieces
from cvtex.richtext.tokenize import parcel_name as tokens_name
from cvtex.richtext.tokens import Quotes
from cvtex.source import Text
from cvtex.theme.places import MANIFEST, candidates
from cvtex.words import words
from cvtex.yaml_reader.nodes import Node, Scalar, child, listed, scalars
from cvtex.yaml_reader.reader import decode, read_tree
from cvtex.yaml_reader.reader import parcel_name as tree_name

DEFAULT_THEME = "classic"
"""The theme of a CV that names none, as its model has it, which is slow to import."""

LONG = 100_000
"""How many bytes of bibliography are not sent: to read them again is quicker done by several."""


def reading_ahead(request: Request, cache: Cache) -> AbstractContextManager[None]:
    """Have the files of a CV read while the block runs, if this process has to import a lot first.

    What is no file, as the pipe of a shell's `<(...)`, can be read but once.
    """
    is_cv = request.cv.suffix.lower() != ".bib" and request.cv.is_file()
    if "pydantic" in sys.modules or not is_cv:
        return nullcontext()
    return made_ahead(partial(_parcels, request, cache))


def _parcels(request: Request, cache: Cache) -> Parcels:
    """The trees, the tokens and the bibliography; what cannot be read is left to who reads it."""
    parcels: dict[str, bytes] = {}
    root = _add_tree(request.cv, parcels)
    if root is not None:
        language = request.overrides.language or _text(child(root, "language"))
        _add_tokens(root, words(language).quotes, parcels)
        _add_theme(root, request.cv.parent, parcels)
        _add_bibliography(root, request.cv.parent, cache, parcels)
    return parcels


def _add_tree(path: Path, parcels: dict[str, bytes]) -> Node | None:
    source = decode(path.read_bytes(), str(path), Sink())
    if source is None:
        return None
    tree = read_tree(source)
    parcels[tree_name(source)] = packed(tree, [source])
    return tree[0]


def _add_tokens(root: Node, quotes: Quotes, parcels: dict[str, bytes]) -> None:
    from cvtex.richtext.commonmark import tokenize  # brings markdown-it

    values = {str(part) for scalar in scalars(root) for part in pieces(Text(str(scalar.text)))}
    for value in filter(MARKUP.search, values):
        parcels[tokens_name(value, quotes)] = packed(tokenize(value, quotes), ())


def _add_bibliography(root: Node, folder: Path, cache: Cache, parcels: dict[str, bytes]) -> None:
    """Add what the .bib files hold, unless that is known or long."""
    files = map(_text, listed(child(child(root, "bibliography"), "files")))
    paths = [folder / file for file in files] or [folder / DEFAULT_BIB]
    if not all(path.is_file() for path in paths) or sum(map(_size, paths)) > LONG:
        return
    sources = [decode_bib(path.read_bytes(), str(path), Sink()) for path in paths]
    read = [source for source in sources if source is not None]
    name = bibliography_name(read)
    if cache.read(BIBLIOGRAPHIES, name) is None:
        parcels[name] = packed(read_bibs(read), read)


def _add_theme(root: Node, folder: Path, parcels: dict[str, bytes]) -> None:
    theme = child(root, "theme")
    name = _text(theme) or _text(child(theme, "name")) or DEFAULT_THEME
    manifests = (place / MANIFEST for place in candidates(name, folder))
    found = next(filter(Path.is_file, manifests), None)
    if found is not None:
        _add_tree(found, parcels)


def _size(path: Path) -> int:
    return path.stat().st_size


def _text(node: Node | None) -> str:
    return str(node.text) if isinstance(node, Scalar) else ""
