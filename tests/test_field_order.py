"""Every key of an entry becomes a field, and every field has its place on the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cvtex.lower.sections import KINDS, NAMES, AnyEntry, EntryKind
from cvtex.writers.field_order import LAYOUTS

TREE = (Path(__file__).parent.parent / "docs/tree.md").read_text(encoding="utf-8")
OTHERWISE = {"tags", "url", "date", "roles", "summary", "details"}
"""Keys that are no fields: they stand in the entry by themselves, or select and link it."""


def fields(kind: EntryKind) -> list[str]:
    return [NAMES.get(key, key) for key in kind.keys]


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_no_key_of_an_entry_is_lost(model: type[AnyEntry]) -> None:
    assert set(model.model_fields) - OTHERWISE == set(KINDS[model].keys)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_field_has_one_place_on_the_page(kind: EntryKind) -> None:
    layout = LAYOUTS[kind.name]
    places = [*layout.head, *(name for line in layout.below for name in line), *layout.labelled]
    places += [layout.brackets] if layout.brackets else []
    places += ["place"] if "place" in fields(kind) and "place" not in places else []
    assert sorted(places) == sorted(fields(kind))
    assert set(kind.labels) == {*layout.labelled, *({layout.brackets} & set(kind.labels))}


def test_the_documentation_names_every_field() -> None:
    table = TREE.partition("## Kinds of entries")[2]
    rows = [re.findall(r"`(\w+)`", line) for line in table.splitlines()]
    documented = {row[0]: row[1:] for row in rows if row}
    assert documented == {kind.name: fields(kind) for kind in KINDS.values()}


def test_every_layout_is_of_a_kind() -> None:
    assert set(LAYOUTS) == {kind.name for kind in KINDS.values()}
