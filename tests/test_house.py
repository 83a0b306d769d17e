"""The rules of the house that no linter knows: names, docstrings, entries, and what is not used."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "src/cvtex"
FILES = {str(path.relative_to(HOUSE)): path for path in sorted(HOUSE.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}


def docstrings(tree: ast.Module) -> Iterator[str]:
    """Yield the docstrings of a module, and the texts that document its constants."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str() as text)):
                yield text


def imported(tree: ast.Module) -> Iterator[tuple[str, str | None]]:
    """Yield the whole names that a module imports, and under which other names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, alias.asname) for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", alias.asname) for alias in node.names)


@pytest.mark.parametrize("name", TREES)
def test_a_docstring_says_what_a_thing_is_or_does(name: str) -> None:
    assert [doc for doc in docstrings(TREES[name]) if doc.startswith(("What ", "Whether "))] == []


def type_names(tree: ast.Module) -> Iterator[str]:
    """Yield the names of classes and of type aliases, without the sign that they are private."""
    for node in tree.body:
        match node:
            case ast.ClassDef(name=name):
                yield name.lstrip("_")
            case ast.Assign(targets=[ast.Name(id=name)]):
                if not name.isupper() and name.lstrip("_")[:1].isupper():
                    yield name.lstrip("_")


def test_the_name_of_a_type_stands_for_one_thing() -> None:
    found = Counter(name for tree in TREES.values() for name in type_names(tree))
    assert [name for name, count in found.items() if count > 1] == []


def test_nothing_of_ours_is_imported_under_another_name() -> None:
    renamed = [
        (name, whole)
        for name, tree in TREES.items()
        for whole, other in imported(tree)
        if whole.startswith("cvtex") and other is not None
    ]
    assert renamed == []


def test_cached_values_cannot_run_code_and_nothing_is_forked() -> None:
    used = {whole for tree in TREES.values() for whole, _ in imported(tree)}
    assert not {name for name in used if name.partition(".")[0] in ("pickle", "marshal", "shelve")}
    text = "".join(path.read_text(encoding="utf-8") for path in FILES.values())
    assert "os.fork" not in text


def test_the_folder_tree_stays_small() -> None:
    entries = {path.name for path in HOUSE.iterdir()} - {"__pycache__"}
    loose = {name for name in entries if name.endswith(".py") and not name.startswith("__")}
    assert len(entries) <= 24
    assert len(loose) <= 2
