"""Where the tokens of a text come from: they were made ahead, or are made now."""

from __future__ import annotations

from cvtex import ahead
from cvtex.richtext.tokens import Quotes, Tokens


def tokens_of(text: str, quotes: Quotes) -> Tokens:
    """The tokens of a text, made ahead or now."""
    known: Tokens | None = ahead.opened(parcel_name(text, quotes))
    if known is not None:
        return known
    from cvtex.richtext.commonmark import tokenize  # brings markdown-it

    return tokenize(text, quotes)


def parcel_name(text: str, quotes: Quotes) -> str:
    """Under which name the tokens of a text are made ahead."""
    return "\0".join(("tokens", *quotes, text))
