"""Which publications stand in which list, and what citations of them print."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cvtex.dates.edtf import parse_date
from cvtex.names.name import Name
from cvtex.publications.citations import cite, index_citations, short_names
from cvtex.publications.lists import ListRequest, Numbering, PrintedList, Selection, arrange
from cvtex.publications.publication import Contributor, Publication, Status
from notation import notation

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "cases/lists.yaml").read_text(encoding="utf-8")
)


def publication(number: int, key: str, facts: dict[str, Any]) -> Publication:
    roles = facts.get("roles", {})
    return Publication(
        key=key,
        type=facts.get("type", "article"),
        number=number,
        authors=tuple(
            Contributor(Name(name), tuple(roles.get(i, ())))
            for i, name in enumerate(facts["authors"])
        ),
        date=parse_date(facts["date"]) if "date" in facts else None,
        status=Status(facts.get("status", "published")),
        keywords=tuple(facts.get("keywords", ())),
    )


ALL = [publication(i, key, facts) for i, (key, facts) in enumerate(CASES["publications"].items())]


def is_noether(name: Name) -> bool:
    return name.family == "Noether"


def selection(written: dict[str, Any]) -> Selection:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in written.items()}
    if "exclude" in values:
        values["exclude"] = selection(values["exclude"])
    return Selection(**values)


def lists(*requests: ListRequest) -> tuple[PrintedList, ...]:
    return arrange(ALL, requests, is_noether)


def keys(printed: PrintedList) -> list[str]:
    return [item.publication.key for item in printed.items]


@pytest.mark.parametrize("case", CASES["selection"], ids=str)
def test_selection_and_order(case: dict[str, Any]) -> None:
    (printed,) = lists(ListRequest("x", selection(case["select"]), case["order"]))
    assert keys(printed) == case["keys"]


@pytest.mark.parametrize("case", CASES["numbering"], ids=str)
def test_labels(case: dict[str, Any]) -> None:
    chosen = Selection(keys=tuple("abcdefg"[: case["count"]]))
    (printed,) = lists(ListRequest("x", chosen, "file", numbering=Numbering(**case["numbering"])))
    assert [item.label for item in printed.items] == case["labels"]


def test_the_rest_is_what_no_other_list_prints_wherever_it_stands() -> None:
    rest, core, articles = lists(
        ListRequest("rest", Selection(rest=True), "file"),
        ListRequest("core", Selection(keywords=("core",)), "file"),
        ListRequest("books", Selection(types=("book",)), "file"),
    )
    assert keys(core) == ["f"]
    assert keys(articles) == ["e"]
    assert keys(rest) == ["a", "b", "c", "d", "g"]


def test_numbering_continues_over_lists() -> None:
    first, second = lists(
        ListRequest("one", Selection(keys=("a", "b")), "file"),
        ListRequest("two", Selection(rest=True), "file", numbering=Numbering("continue")),
    )
    assert [item.number for item in first.items] == [1, 2]
    assert [item.number for item in second.items] == [3, 4, 5, 6, 7]


def test_reverse_numbering_that_continues_gives_the_newest_the_highest_number() -> None:
    _, second = lists(
        ListRequest("one", Selection(keys=("a", "b")), "file"),
        ListRequest(
            "two",
            Selection(keys=("e", "f")),
            "newest",
            numbering=Numbering("continue", reverse=True),
        ),
    )
    assert [(item.publication.key, item.number) for item in second.items] == [("e", 4), ("f", 3)]


def test_groups_keep_the_order_of_the_list() -> None:
    (printed,) = lists(ListRequest("x", Selection(years=(2019, 2021)), "newest", "year"))
    assert [heading for heading, _ in printed.groups] == ["2021", "2020", "2019"]
    assert [item.label for item in printed.items] == ["[1]", "[2]", "[3]", "[4]", "[5]"]


ORDERS: tuple[Literal["newest", "oldest", "file"], ...] = ("newest", "oldest", "file")
TITLES = ("Selected Publications", "Other Publications")


def two_restarting() -> tuple[PrintedList, ...]:
    return lists(
        ListRequest("sel", Selection(keys=("a", "b")), "file"),
        ListRequest("other", Selection(rest=True), "file"),
    )


def test_a_citation_says_its_list_only_where_the_label_stands_in_two() -> None:
    index = index_citations(two_restarting(), TITLES, {})
    assert notation(cite(index, ["a"])) == "Selected\xa0|ref(sel.1: [1])"
    assert notation(cite(index, ["d"])) == "Other\xa0|ref(other.2: [2])"
    assert notation(cite(index, ["e"])) == "ref(other.3: [3])"


def test_several_keys_sort_and_runs_of_three_compress() -> None:
    (printed,) = lists(ListRequest("x", Selection(), "file"))
    index = index_citations([printed], ["Publications"], {})
    assert notation(cite(index, ["e", "a", "c", "d"])) == (
        "[|ref(x.1: 1)|, |ref(x.3: 3)|–|ref(x.5: 5)|]"
    )
    assert notation(cite(index, ["b", "a"])) == "[|ref(x.1: 1)|, |ref(x.2: 2)|]"
    assert notation(cite(index, ["b", "b"])) == "ref(x.2: [2])"


def test_prefixes_stand_with_every_number() -> None:
    (printed,) = lists(ListRequest("x", Selection(), "file", numbering=Numbering(prefix="J")))
    index = index_citations([printed], ["Publications"], {})
    assert notation(cite(index, ["a", "c"])) == "[|ref(x.1: J1)|, |ref(x.3: J3)|]"


@pytest.mark.parametrize(
    ("titles", "short"),
    [
        (("Selected Publications", "Other Publications"), ("Selected", "Other")),
        (("Journal Articles", "Conference Papers"), ("Journal Articles", "Conference Papers")),
        (("Publications", "Other Publications"), ("Publications", "Other Publications")),
        (("Publications",), ("Publications",)),
    ],
)
def test_short_names_drop_the_words_all_titles_end_in(
    titles: tuple[str, ...], short: tuple[str, ...]
) -> None:
    assert short_names(titles) == short


@given(
    st.lists(st.sampled_from("abcdefg"), max_size=7, unique=True),
    st.booleans(),
    st.sampled_from(ORDERS),
)
def test_every_publication_has_its_own_number(
    chosen: list[str], reverse: bool, order: Literal["newest", "oldest", "file"]
) -> None:
    request = ListRequest(
        "x", Selection(keys=tuple(chosen)), order, numbering=Numbering(reverse=reverse)
    )
    (printed,) = lists(request)
    expected = len(chosen) or len(ALL)
    numbers = [item.number for item in printed.items]
    assert sorted(numbers) == list(range(1, expected + 1))
    assert numbers == sorted(numbers, reverse=reverse and order != "oldest")


@given(st.lists(st.sampled_from("abcdefg"), max_size=7, unique=True))
def test_a_list_and_its_exclusion_part_the_publications(chosen: list[str]) -> None:
    chosen_keys = Selection(keys=tuple(chosen)) if chosen else Selection(years=(1, 2))
    inside, outside = lists(
        ListRequest("in", chosen_keys, "file"),
        ListRequest("out", Selection(exclude=chosen_keys), "file"),
    )
    assert sorted(keys(inside) + keys(outside)) == list("abcdefg")
