"""Completes values that depend on the CV or on this installation.

Typer itself completes commands, options and fixed choices. A CV that cannot be read gives no
values, and findings are not shown: they would stand in the line that is being typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from cvtex.readers.yaml.nodes import Mapping, Node

CV_PARAMETERS = ("cv", "cvs", "paths")
"""The names that commands give to the parameter with the CVs."""
CV_NAME = "cv.yaml"

Candidate = tuple[str, str]
"""A value, and the help that some shells show beside it."""


def engines() -> list[str]:
    """Return the engines that are installed."""
    from cvtex.tex.find import find_engines

    return ["auto", *(engine.name for engine in find_engines())]


def writers() -> list[Candidate]:
    """Return the forms that a CV can be written in."""
    from cvtex.writers.registry import WRITERS

    return [(writer.name, writer.doc) for writer in WRITERS]


def rules(incomplete: str) -> list[str]:
    """Return the codes and names of rules, each after the rules that are already typed."""
    from cvtex.lint.registry import rules

    before, comma, _ = incomplete.rpartition(",")
    return [before + comma + word for rule in rules() for word in (rule.code, rule.name)]


def themes(context: typer.Context) -> list[Candidate]:
    """Return the themes that come with cvtex or stand beside the CV."""
    from cvtex.readers.yaml.nodes import child

    return [(name, _text(child(tree, "title"))) for name, tree in _themes(_cv(context)).items()]


def variants(context: typer.Context) -> list[str]:
    """Return the variants of the CV."""
    return _keys(_tree(_cv(context)), "variants")


def languages(context: typer.Context) -> list[str]:
    """Return the languages of the CV's translations, then those cvtex has words for."""
    from cvtex.locale.languages import LANGUAGES

    tree = _tree(_cv(context))
    translated = () if tree is None else _translations(tree, _language(tree))
    return list(dict.fromkeys((*translated, *map(_cased, LANGUAGES))))


def settings(context: typer.Context, incomplete: str) -> list[str]:
    """Return keys for `--set`, and after `=` the values that some of them can have."""
    key, equals, _ = incomplete.partition("=")
    options = _theme_options(context)
    if not equals:
        sections = (f"variants.{variant}.sections" for variant in variants(context))
        named = (f"theme.{name}" for name in ("name", *options))
        limits = ("limits.pages", "limits.publications")
        return [f"{key}=" for key in ("engine", "language", *named, *limits, *sections)]
    steps = key.split(".")
    if key == "theme.name":
        values = [name for name, _ in themes(context)]
    elif steps[0] == "theme":
        values = options.get(steps[-1], [])
    elif steps[-1] == "sections":
        values = _sections(_tree(_cv(context)))
    elif key == "engine":
        values = engines()
    else:
        values = languages(context) if key == "language" else []
    return [f"{key}={value}" for value in values]


def _cv(context: typer.Context) -> Path:
    """Return the CV that is named on the command line so far, or else `cv.yaml`."""
    words: list[str | Path | None] = [word for word in context.args if not word.startswith("-")]
    # those are there where an option still lacks its value; else they have been read
    for name in CV_PARAMETERS:
        value = context.params.get(name)
        words += value if isinstance(value, list | tuple) else [value]
    path = next((Path(word) for word in words if word), Path(CV_NAME))
    return path / CV_NAME if path.is_dir() else path


def _tree(path: Path) -> Mapping | None:
    """Return the tree of a YAML file as far as it can be read, None if it is not a mapping."""
    from cvtex.diagnostics.diagnostic import Sink
    from cvtex.readers.yaml.encoding import decode_yaml
    from cvtex.readers.yaml.nodes import Mapping
    from cvtex.readers.yaml.reader import read_yaml

    unshown = Sink()
    try:
        source = decode_yaml(path.read_bytes(), str(path), unshown)
    except OSError:
        return None
    tree = None if source is None else read_yaml(source, unshown)
    return tree if isinstance(tree, Mapping) else None


def _themes(cv: Path) -> dict[str, Mapping | None]:
    """Return the manifests of all themes, by name; those beside the CV come first."""
    from cvtex.theme.places import MANIFEST, theme_folders

    found: dict[str, Mapping | None] = {}
    for folder in theme_folders(cv.parent):
        for manifest in sorted(folder.glob(f"*/{MANIFEST}")):
            found.setdefault(manifest.parent.name, _tree(manifest))
    return found


def _theme_options(context: typer.Context) -> dict[str, list[str]]:
    """Return the options of the CV's theme, each with its choices."""
    from cvtex.readers.yaml.nodes import Mapping, child, listed

    cv = _cv(context)
    chosen = child(_tree(cv), "theme")
    name = child(chosen, "name") if isinstance(chosen, Mapping) else chosen
    tree = _themes(cv).get(_text(name) or "classic")
    return {
        _text(child(option, "name")): [_text(one) for one in listed(child(option, "choices"))]
        for option in listed(child(tree, "options"))
    }


def _sections(tree: Mapping | None) -> list[str]:
    """Return the ids of sections, and the titles of those that have none."""
    from cvtex.readers.yaml.nodes import child, listed

    sections = listed(child(tree, "sections"))
    names = (_text(child(one, "id")) or _text(child(one, "title")) for one in sections)
    return [name for name in names if name]


def _translations(node: Node, language: str) -> Iterator[str]:
    """Yield the languages of texts: the keys of mappings that have the CV's own among them."""
    from cvtex.readers.yaml.nodes import Mapping, Scalar, children

    if isinstance(node, Scalar):
        return
    if isinstance(node, Mapping) and node.find(language) is not None:
        yield from (pair.key.text.value for pair in node.pairs)
    for inner in children(node):
        yield from _translations(inner, language)


def _language(tree: Mapping) -> str:
    from cvtex.readers.yaml.nodes import child

    return _text(child(tree, "language")) or "en"


def _cased(tag: str) -> str:
    """Return a tag as people write it: `de-ch` becomes `de-CH`."""
    language, dash, region = tag.partition("-")
    return language + dash + region.upper()


def _keys(tree: Mapping | None, name: str) -> list[str]:
    from cvtex.readers.yaml.nodes import Mapping, child

    found = child(tree, name)
    return [pair.key.text.value for pair in found.pairs] if isinstance(found, Mapping) else []


def _text(node: Node | None) -> str:
    from cvtex.readers.yaml.nodes import Scalar

    return node.text.value if isinstance(node, Scalar) else ""
