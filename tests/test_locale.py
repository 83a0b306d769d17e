"""The words of each language: every file is complete, and that of a region says what differs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import fields

from cvtex import locale
from cvtex.locale import Terms, has_terms, terms_of
from cvtex.locale.languages import LANGUAGES

FOLDER = Path(locale.__file__).parent


def read(tag: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((FOLDER / f"{tag}.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if "-" not in tag])
def test_a_language_has_every_term(tag: str) -> None:
    assert list(read(tag)) == [field.name for field in fields(Terms)]
    assert terms_of(tag).season_of(24, 2022)


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if "-" in tag])
def test_a_region_says_what_differs(tag: str) -> None:
    of_language = read(tag.partition("-")[0])
    assert read(tag)
    assert all(of_language[name] != term for name, term in read(tag).items())


def test_the_nearest_language_is_taken() -> None:
    assert terms_of("en-US").autumn == "Fall"
    assert terms_of("en_AU").autumn == "Autumn"
    assert terms_of("pt-Latn-PT").phd_thesis == "tese de doutoramento"
    assert terms_of("pt").phd_thesis == "tese de doutorado"
    assert terms_of("fr-CA").present == terms_of("fr").present
    assert terms_of("tlh").present == "Present"
    assert not has_terms("tlh")
