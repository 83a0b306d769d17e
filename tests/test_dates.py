"""Dates: what is read, what is refused with which hint, and how they print."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cvtex.dates.bibtex import bib_date, biblatex_date
from cvtex.dates.cldr import KEPT, Calendar, from_babel
from cvtex.dates.edtf import DateError, edtf, parse_date
from cvtex.dates.format import DateStyle, check_pattern, format_date, format_years
from cvtex.dates.partial_date import (
    Date,
    DateRange,
    Open,
    PartialDate,
    first_day,
    reversed_range,
)
from cvtex.locale import Terms, has_terms, terms_of, type_group
from cvtex.locale.languages import LANGUAGES

CASES = Path(__file__).parent / "cases" / "dates"


def _cases(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


READ, REFUSE, BIBTEX, PRINT = map(_cases, ("read", "refuse", "bibtex", "print"))


def _refused(text: str) -> DateError:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    return caught.value


def _end(given: dict[str, Any] | str) -> PartialDate | Open:
    return Open(given) if isinstance(given, str) else PartialDate(**given)


def _expected(case: dict[str, Any]) -> Date:
    if "is" in case:
        return PartialDate(**case["is"])
    start = _end(case["from"])
    return DateRange(start if isinstance(start, PartialDate) else None, _end(case["to"]))


# Reading


@pytest.mark.parametrize("case", READ["case"], ids=lambda case: repr(case["text"]))
def test_a_date_is_read(case: dict[str, Any]) -> None:
    assert parse_date(case["text"]) == _expected(case)


@pytest.mark.parametrize(("text", "meant"), REFUSE["corrected"])
def test_a_habit_is_refused_with_the_corrected_value(text: str, meant: str) -> None:
    error = _refused(text)
    assert error.hint == f"write `{meant}`"
    assert error.suggestion == meant
    assert text[error.start : error.end] == text
    assert parse_date(meant)


@pytest.mark.parametrize("row", REFUSE["ambiguous"], ids=lambda row: repr(row[0]))
def test_an_ambiguous_date_is_refused_with_every_reading(row: list[str]) -> None:
    text, *meant = row
    error = _refused(text)
    assert "can be read in 2 ways" in error.message
    assert error.hint is not None
    assert all(f"`{reading}`" in error.hint for reading in meant)
    assert error.suggestion is None


@pytest.mark.parametrize("case", REFUSE["case"], ids=lambda case: repr(case["text"]))
def test_what_is_no_date_is_underlined_and_explained(case: dict[str, str]) -> None:
    error = _refused(case["text"])
    assert case["text"][error.start : error.end] == case["at"]
    assert case["says"] in error.message
    assert case["hint"] in (error.hint or "")


def test_a_long_text_is_refused_at_once_and_shown_in_part() -> None:
    text = "2021/" * 50_000
    error = _refused(text)
    assert (error.start, error.end) == (0, len(text))
    assert len(error.message) < 80


# The order of the ends


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023/2021", True),
        ("2021-03/2021-02", True),
        ("2021-03-02/2021-03-01", True),
        ("2021-04/2021-03-31", True),
        ("2022/2021-12-31", True),
        ("Fall 2022/2021", True),
        ("2021/2021-03", False),
        ("2021-03/2021", False),
        ("2021/2021", False),
        ("2021-03/2021-03-01", False),
        ("2021-12-31/2021", False),
        # the winter of a year may be its January, its July or the one that ends in the next year
        ("2022-24/2022-01", False),
        ("2023-01/2022-24", False),
        ("2022-22/2022-01", False),
        ("2024/2022-24", True),
        ("2023-01/Summer 2022/23", False),
        ("2023~/2021", False),
        ("2023/2021?", False),
        ("2023/present", False),
        ("2023/..", False),
        ("../2023", False),
        ("2023", False),
    ],
)
def test_a_range_is_reversed_only_when_that_is_certain(text: str, expected: bool) -> None:
    assert reversed_range(parse_date(text)) is expected


# BibTeX


@pytest.mark.parametrize(("year", "month", "expected"), BIBTEX["date"])
def test_year_and_month_of_bibtex_are_read(year: str, month: str, expected: str) -> None:
    assert bib_date(year, month) == (parse_date(expected) if expected else None)


@pytest.mark.parametrize(("year", "month", "field"), BIBTEX["neither"])
def test_the_field_at_fault_is_named(year: str, month: str, field: str) -> None:
    with pytest.raises(DateError) as caught:
        bib_date(year, month)
    text = {"year": year, "month": month}[field]
    assert caught.value.field == field
    assert (caught.value.start, caught.value.end) == (0, len(text))
    assert f"`{text}`" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(("text", "expected"), BIBTEX["biblatex"])
def test_the_date_of_biblatex_is_read(text: str, expected: str) -> None:
    assert biblatex_date(text) == (parse_date(expected) if expected else None)


@pytest.mark.parametrize(("text", "meant"), BIBTEX["not_biblatex"])
def test_what_is_no_biblatex_date_is_refused(text: str, meant: str) -> None:
    with pytest.raises(DateError) as caught:
        biblatex_date(text)
    assert (caught.value.suggestion or "") == meant


def test_a_biblatex_date_is_underlined_where_it_is_wrong() -> None:
    for text, at in (("2021-02-30", "30"), ("{2021-02-30}", "{2021-02-30}")):
        with pytest.raises(DateError) as caught:
            biblatex_date(text)
        assert text[caught.value.start : caught.value.end] == at


# Printing

PRINTED = [
    (case["date"], language, expected)
    for case in PRINT["case"]
    for language, expected in case.items()
    if language != "date"
]


@pytest.mark.parametrize(("text", "language", "expected"), PRINTED)
def test_a_date_prints_in_the_language(text: str, language: str, expected: str) -> None:
    assert format_date(parse_date(text), language) == expected


@pytest.mark.parametrize("case", PRINT["styled"], ids=lambda case: case["is"])
def test_patterns_of_the_cv_come_first(case: dict[str, str]) -> None:
    style = DateStyle(case.get("day"), case.get("month"), case.get("year"))
    assert format_date(parse_date(case["date"]), "en", style) == case["is"]


@pytest.mark.parametrize(("precision", "pattern", "at"), PRINT["unusable"])
def test_an_unusable_pattern_is_refused(precision: str, pattern: str, at: str) -> None:
    with pytest.raises(DateError) as caught:
        check_pattern(precision, pattern)
    assert pattern[caught.value.start : caught.value.end] == at


@pytest.mark.parametrize(("precision", "pattern"), PRINT["usable"])
def test_a_usable_pattern_is_accepted(precision: str, pattern: str) -> None:
    check_pattern(precision, pattern)


@pytest.mark.parametrize("case", PRINT["years"], ids=lambda case: str(case["years"]))
def test_years_print_in_short(case: dict[str, Any]) -> None:
    assert format_years(case["years"]) == case["is"]


def test_the_months_of_one_language_do_not_show_up_in_another() -> None:
    # Babel shares data between locales; in its own functions, Polish after Japanese goes wrong.
    program = (
        "from cvtex.dates.format import format_date\n"
        "from cvtex.dates.partial_date import PartialDate\n"
        "print(*(ascii(format_date(PartialDate(2021, 10), tag)) for tag in ('ja', 'pl', 'sv')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().split("' '")[1:] == ["pa\\u017a 2021", "okt. 2021'\n"]


def test_babel_is_not_imported_to_read_a_date() -> None:
    program = "import sys, cvtex.dates.format, cvtex.dates.edtf; print('babel' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"


# Terms


@pytest.mark.parametrize(
    ("tag", "attribute", "expected"),
    [
        ("en", "under_review", "under review"),
        ("en-US", "autumn", "Fall"),
        ("en-AU", "autumn", "Autumn"),
        ("de-AT", "in_press", "im Druck"),
        ("DE", "phd_thesis", "Dissertation"),
        ("fr-CA", "forthcoming", "à paraître"),
        ("es", "submitted", "enviado"),
        ("it", "phd_thesis", "tesi di dottorato"),
        ("pt", "phd_thesis", "tese de doutorado"),
        ("pt-BR", "phd_thesis", "tese de doutorado"),
        ("pt-PT", "phd_thesis", "tese de doutoramento"),
        ("pt_Latn_PT", "phd_thesis", "tese de doutoramento"),
        ("nl", "in_preparation", "in voorbereiding"),
        ("de", "quotes", ("„", "“", "‚", "‘")),
        ("de-CH", "quotes", ("«", "»", "‹", "›")),
        ("de", "curriculum_vitae", "Lebenslauf"),
        ("pl", "present", "Present"),
        ("", "present", "Present"),
    ],
)
def test_words_are_those_of_the_region_then_of_the_language(
    tag: str, attribute: str, expected: object
) -> None:
    assert getattr(terms_of(tag), attribute) == expected


@pytest.mark.parametrize(
    ("tag", "expected"), [("en", True), ("de-CH", True), ("pl", False), ("", False), ("eng", False)]
)
def test_has_words_says_which_languages_are_known(tag: str, expected: bool) -> None:
    assert has_terms(tag) is expected


def test_the_calendars_kept_are_those_of_babel() -> None:
    calendars = {tag: from_babel(tag) for tag in LANGUAGES}
    if os.environ.get("CVTEX_ACCEPT"):
        compact = msgspec.json.encode(calendars)
        KEPT.write_bytes(msgspec.json.format(compact, indent=1) + b"\n")
    assert msgspec.json.decode(KEPT.read_bytes(), type=dict[str, Calendar]) == calendars


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_word_is_empty_or_padded(tag: str) -> None:
    for name in Terms.__struct_fields__:
        value = getattr(terms_of(tag), name)
        for word in value if isinstance(value, tuple) else (value,):
            assert word
            assert word == word.strip(" ")


@pytest.mark.parametrize(
    ("tag", "entry_type", "expected"),
    [
        ("en", "article", "Journal articles"),
        ("en", "conference", "Conference papers"),
        ("de", "inproceedings", "Konferenzbeiträge"),
        ("de", "phdthesis", "Abschlussarbeiten"),
        ("fr", "incollection", "Chapitres d’ouvrage"),
        ("en", "misc", "Other works"),
        ("en", "whatever", "Other works"),
    ],
)
def test_a_type_of_publication_has_a_heading(tag: str, entry_type: str, expected: str) -> None:
    assert terms_of(tag).heading(type_group(entry_type)) == expected


# Properties

LANGUAGE_TAGS = (
    *("en", "en-GB", "de", "de-CH", "fr", "es", "it", "pt", "pt-PT", "nl", "pl", "sv", "fi", "hu"),
    *("el", "tr", "cs", "ru", "fa", "ar", "he", "hi", "th", "ja", "ko", "zh-Hant", "und", "x-y"),
)

YEARS = st.integers(1, 9999)


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    value = PartialDate(draw(YEARS))
    match draw(st.sampled_from(["year", "month", "day", "season", "term"])):
        case "month":
            value = replace(value, month=draw(st.integers(1, 12)))
        case "day":
            value = replace(value, month=draw(st.integers(1, 12)), day=draw(st.integers(1, 28)))
        case "season":
            value = replace(value, season=draw(st.integers(21, 24)))
        case "term":
            term = draw(st.sampled_from(["Fall {:04}", "{:04} autumn", "Herbst {:04}"]))
            value = replace(value, season=23, term=term.format(value.year))
    return replace(value, approximate=draw(st.booleans()), uncertain=draw(st.booleans()))


def dates() -> st.SearchStrategy[Date]:
    points, ends = partial_dates(), partial_dates() | st.sampled_from(Open)
    return st.one_of(
        points, st.builds(DateRange, points, ends), st.builds(DateRange, st.none(), points)
    )


@given(dates())
def test_a_date_survives_being_written_and_read(value: Date) -> None:
    assert parse_date(edtf(value)) == value


@given(
    dates() | st.builds(DateRange, st.none(), st.sampled_from(Open)), st.sampled_from(LANGUAGE_TAGS)
)
def test_every_date_prints_in_every_language(value: Date, language: str) -> None:
    printed = format_date(value, language)
    assert printed == printed.strip(" ")
    assert not set(printed) & {"\u202f", "\u2009", "\u200e", "\u200f"}


@settings(deadline=None)
@given(partial_dates(), st.text(max_size=20))
def test_every_date_prints_by_every_pattern_and_tag(value: PartialDate, text: str) -> None:
    assert isinstance(format_date(value, text, DateStyle(text, text, text)), str)


@given(dates())
def test_a_reversed_range_has_its_last_day_before_its_first(value: Date) -> None:
    if reversed_range(value):
        assert isinstance(value, DateRange)
        assert isinstance(value.end, PartialDate)
        assert value.end.latest() < first_day(value)


@given(YEARS, YEARS)
def test_years_alone_are_reversed_exactly_when_they_fall(start: int, end: int) -> None:
    assert reversed_range(DateRange(PartialDate(start), PartialDate(end))) is (start > end)


@given(st.text(max_size=40) | st.text("0123456789-/.~?%X –,'Sept", max_size=20))
def test_any_text_is_a_date_or_an_error_inside_the_text(text: str) -> None:
    try:
        value = parse_date(text)
    except DateError as error:
        assert 0 <= error.start <= error.end <= len(text)
        if error.suggestion is not None:
            parse_date(error.suggestion)
    else:
        assert parse_date(edtf(value)) == value


@given(st.text(max_size=15), st.text(max_size=15))
def test_any_year_and_month_are_a_date_or_an_error(year: str, month: str) -> None:
    try:
        bib_date(year, month)
    except DateError as error:
        assert error.field in ("year", "month")


@given(st.lists(st.integers(1900, 2099)))
def test_short_years_name_the_first_and_the_last(years: list[int]) -> None:
    text = format_years(years)
    if len({year // 100 for year in years}) == 1:
        assert text.startswith(f"’{min(years) % 100:02}")
        assert text.endswith(f"{max(years) % 100:02}")
    else:
        assert not text or text[1:].startswith(str(min(years)))
