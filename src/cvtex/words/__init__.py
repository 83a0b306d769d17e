"""The fixed words of a CV in each language it can be written in."""

from cvtex.words.lookup import has_words, words
from cvtex.words.model import Words, type_group

__all__ = ["Words", "has_words", "type_group", "words"]
