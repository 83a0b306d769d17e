"""Names as BibTeX writes them, and names of people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cvtex.names.format import format_name, full_name, initials
from cvtex.names.lists import is_others, split_names
from cvtex.names.marks import strip_marks
from cvtex.names.matching import same_person
from cvtex.names.name import Name
from cvtex.names.parse import name_of, parse_name

CASES = Path(__file__).parent / "cases" / "bib"
NAMES: list[dict[str, Any]] = yaml.safe_load((CASES / "names.yaml").read_text("utf-8"))
PEOPLE: dict[str, list[list[Any]]] = yaml.safe_load((CASES / "people.yaml").read_text("utf-8"))
LATEX = st.text(alphabet=st.sampled_from("aAé王 ,{}\\'\"~-.&;=*†$^andfamily\n"), max_size=40)


@pytest.mark.parametrize("case", NAMES, ids=[case["raw"] for case in NAMES])
def test_a_name_has_the_parts_that_bibtex_gives_it(case: dict[str, Any]) -> None:
    parts = parse_name(case["raw"])
    found = (parts.given, parts.prefix, parts.family, parts.suffix, parts.corporate)
    wanted = tuple(case.get(name, "") for name in ("given", "prefix", "family", "suffix"))
    assert found == (*wanted, case.get("corporate", False))


@pytest.mark.parametrize("case", NAMES, ids=[case["raw"] for case in NAMES])
def test_an_odd_name_says_so_and_others_do_not(case: dict[str, Any]) -> None:
    faults = parse_name(case["raw"]).faults
    if "fault" not in case:
        assert faults == ()
    else:
        assert case["fault"] in faults[0].message
        assert case.get("hint", "") in faults[0].hint


@pytest.mark.parametrize(("text", "names"), PEOPLE["lists"])
def test_a_list_is_parted_by_and_outside_braces(text: str, names: list[str]) -> None:
    found = split_names(text)
    assert [name.raw for name in found] == names
    assert [text[name.start : name.end] for name in found] == names


@pytest.mark.parametrize("text", ["others", "Others", "et al.", "et al", "{et al.}", "et~al."])
def test_and_others_is_no_name(text: str) -> None:
    assert is_others(text)


@pytest.mark.parametrize("text", ["Otherson", "Al Others", "al"])
def test_a_name_like_others_is_a_name(text: str) -> None:
    assert not is_others(text)


@pytest.mark.parametrize(("written", "rest", "marks"), PEOPLE["marks"])
def test_marks_behind_a_name_are_taken_off(written: str, rest: str, marks: str) -> None:
    assert strip_marks(written) == (rest, tuple(marks))


@pytest.mark.parametrize(("one", "other"), PEOPLE["same"])
def test_one_person_in_two_spellings(one: str, other: str) -> None:
    assert same_person(name_of(one), name_of(other))
    assert same_person(name_of(other), name_of(one))


@pytest.mark.parametrize(("one", "other"), PEOPLE["other"])
def test_two_people_with_similar_names(one: str, other: str) -> None:
    assert not same_person(name_of(one), name_of(other))
    assert not same_person(name_of(other), name_of(one))


@pytest.mark.parametrize(("given_names", "short"), PEOPLE["initials"])
def test_initials_of_given_names(given_names: str, short: str) -> None:
    assert initials(given_names) == short


@pytest.mark.parametrize(("written", "full", "short", "inverted"), PEOPLE["forms"])
def test_the_forms_of_a_name(written: str, full: str, short: str, inverted: str) -> None:
    name = name_of(written)
    assert full_name(name) == format_name(name, "given-family") == full
    assert format_name(name, "initials-family") == short
    assert format_name(name, "family-initials") == inverted


def test_deep_nesting_is_read() -> None:
    depth = 5000
    assert parse_name("{\\bf " * depth + "Kai Yi" + "}" * depth).family == "Yi"
    assert parse_name("\\'" * depth + "e Foo").family == "Foo"


@given(LATEX)
def test_reading_names_never_raises(text: str) -> None:
    for raw, start, end in split_names(text):
        assert text[start:end] == raw
        parse_name(strip_marks(raw)[0])


@given(LATEX)
def test_everyone_is_the_same_person_as_themselves(text: str) -> None:
    name = name_of(text)
    assert same_person(name, name)
    for form in ("given-family", "initials-family", "family-initials"):
        format_name(name, form)


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_sameness_has_no_direction(given_name: str, other: str, family: str) -> None:
    one, two = Name(family, given_name), Name(family, other)
    assert same_person(one, two) == same_person(two, one)
