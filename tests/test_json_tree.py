"""The document tree as JSON, against its schema and against what the CVs say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import Cvtex
from cvtex.writers.json.schema import document_schema
from cvtex.writers.json.write import VERSION, tree_object
from samples import every_node

ROOT = Path(__file__).parent.parent
CVS = {
    "reference": ROOT / "cv.yaml",
    "example": ROOT / "tests/example/cv.yaml",
    "starter": ROOT / "src/cvtex/cli/starter/cv.yaml",
}


def tree_of(cvtex: Cvtex, cv: Path, *options: str) -> dict[str, Any]:
    said = cvtex("build", str(cv), "--to", "json", "-o", "tree.json", *options)
    assert said.code == 0, said.err
    tree: dict[str, Any] = json.loads(Path("tree.json").read_text(encoding="utf-8"))
    return tree


def nodes(value: Any) -> list[dict[str, Any]]:  # any JSON
    """Return every node of a tree, from the top."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found = [value] if isinstance(value, dict) and "t" in value else []
    return found + [node for part in inside for node in nodes(part)]


def test_the_schema_is_one_and_the_command_prints_it(cvtex: Cvtex) -> None:
    Draft202012Validator.check_schema(document_schema())
    assert json.loads(cvtex("schema", "--document").out) == document_schema()


def test_every_node_fits_the_schema() -> None:
    tree = json.loads(json.dumps({"cvtex": VERSION, **tree_object(every_node())}))
    Draft202012Validator(document_schema()).validate(tree)
    kinds = {node["t"] for node in nodes(tree)}
    assert set(document_schema()["$defs"]) - {"Place", "Image"} <= kinds | {"Located"}


@pytest.mark.parametrize("name", CVS)
def test_a_tree_fits_the_schema(cvtex: Cvtex, name: str) -> None:
    tree = tree_of(cvtex, CVS[name])
    Draft202012Validator(document_schema()).validate(tree)
    assert tree["cvtex"] == 1


def test_a_tree_keeps_what_the_cv_says(cvtex: Cvtex) -> None:
    tree = tree_of(cvtex, CVS["example"], "--lang", "de")
    header, sections = tree["header"], {s["anchor"]: s for s in tree["sections"]}
    assert header["parts"]["given"] == "Emmy"
    assert header["parts"]["family"] == "Noether"
    assert {"email", "orcid", "other"} <= {contact["kind"] for contact in header["contacts"]}
    degree = sections["education"]["blocks"][0]
    assert sections["education"]["kind"] == "education"
    assert degree["kind"] == "degree"
    names = " ".join(field["name"] for field in degree["fields"])
    assert names == "institution place degree advisor interests interests thesis grade"
    advisor = next(field for field in degree["fields"] if field["name"] == "advisor")
    assert advisor["label"] == "Betreuung"
    assert advisor["span"]["file"] == "cv.yaml"
    assert degree["date"]["value"] == "1903/1907"
    assert degree["date"]["text"] == [{"t": "Str", "text": "1903–1907"}]
    post = sections["research-experience"]["blocks"][0]
    assert [role["date"]["value"] for role in post["roles"]] == ["1922/1933-04", "1919/1922"]


def test_publications_have_their_records(cvtex: Cvtex) -> None:
    tree = tree_of(cvtex, CVS["reference"])
    items = [node for node in nodes(tree) if node["t"] == "PublicationItem"]
    assert len({item["record"]["key"] for item in items}) == len(items) > 10
    for item in items:
        assert item["record"]["title"]
        assert item["body"]
        assert item["parts"]["authors"]


def test_a_tree_is_the_same_from_any_directory(cvtex: Cvtex, tmp_path: Path) -> None:
    tree_of(cvtex, CVS["starter"])
    first = (tmp_path / "tree.json").read_bytes()
    for name in ("cv.yaml", "refs.bib"):
        (tmp_path / name).write_bytes(CVS["starter"].with_name(name).read_bytes())
    said = cvtex("build", "--to", "json")
    assert said.err.startswith("built cv.tree.json")
    assert (tmp_path / "cv.tree.json").read_bytes() == first
