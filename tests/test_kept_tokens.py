"""The tokens of texts that are kept between runs are those that would be made."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from cvtex.richtext import kept
from cvtex.richtext.kept import MOST, KeptTokens, kept_tokens
from cvtex.richtext.tokens import Quotes, Tokens, tokens_of
from cvtex.support.cache import NOTHING_KEPT, Cache

ENGLISH: Quotes = ("“", "”", "‘", "’")
GERMAN: Quotes = ("„", "“", "‚", "‘")
TEXTS = [
    'She said "yes" to *it*.',
    "See [@noether1921], [here](https://example.org) and [there][named].",
    "`a  b` and $x^2$, {fact} and `\\,`{=latex}",
]
CV = Path("cv.yaml")


def run(cache: Cache, texts: list[str], quotes: Quotes = ENGLISH) -> list[Tokens]:
    tokens = kept_tokens(cache, CV)
    found = [tokens.of(text, quotes) for text in texts]
    tokens.keep()
    return found


def never(text: str, _: Quotes) -> Tokens:
    raise AssertionError(f"tokens were made of {text}")


def test_they_are_the_same(tmp_path: Path) -> None:
    made = run(Cache(tmp_path), TEXTS)
    assert made == [tokens_of(text, ENGLISH) for text in TEXTS]
    with patch.object(kept, "tokens_of", never):
        assert run(Cache(tmp_path), TEXTS) == made


def test_only_what_is_new_is_made(tmp_path: Path) -> None:
    run(Cache(tmp_path), TEXTS)
    with patch.object(kept, "tokens_of", never):
        run(Cache(tmp_path), TEXTS[:2])
        with pytest.raises(AssertionError, match="anew"):
            run(Cache(tmp_path), ["*anew*"])
    run(Cache(tmp_path), ["*anew*"])
    with patch.object(kept, "tokens_of", never):
        run(Cache(tmp_path), [*TEXTS, "*anew*"])


def test_other_quotes_are_other_tokens(tmp_path: Path) -> None:
    english = run(Cache(tmp_path), TEXTS)
    german = run(Cache(tmp_path), TEXTS, GERMAN)
    assert german == [tokens_of(text, GERMAN) for text in TEXTS]
    assert german != english


def test_a_damaged_file_holds_nothing(tmp_path: Path) -> None:
    made = run(Cache(tmp_path), TEXTS)
    (file,) = (tmp_path / "texts").iterdir()
    for data in (b"", b"no parcel", file.read_bytes()[:-1], file.read_bytes()[::-1]):
        file.write_bytes(data)
        assert run(Cache(tmp_path), TEXTS) == made


def test_texts_of_long_ago_go(tmp_path: Path) -> None:
    for number in range(3 * MOST):
        run(Cache(tmp_path), [f"*{number}*"])
        assert len(kept_tokens(Cache(tmp_path), CV).known) <= MOST + 2


def test_where_nothing_is_kept_nothing_is_written() -> None:
    tokens: KeptTokens = kept_tokens(NOTHING_KEPT, CV)
    tokens.of(TEXTS[0], ENGLISH)
    tokens.keep()
    assert kept_tokens(NOTHING_KEPT, CV).known == {}
