"""The fixed words of a CV in each language it can be written in."""

from cvtex.locale.languages import has_terms, terms_of
from cvtex.locale.terms import Terms, type_group

__all__ = ["Terms", "has_terms", "terms_of", "type_group"]
