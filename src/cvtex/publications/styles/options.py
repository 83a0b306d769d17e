"""Options of all citation styles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from cvtex.locale import Terms
from cvtex.names.format import NameForm
from cvtex.publications.lists import IsOwner


class StyleOptions(Struct, frozen=True):
    """The print of names, venues and roles, and the language (a BCP 47 tag).

    `names` is the form of all names, the style's own if there is none. `max_authors` 0 prints all
    authors. `venues` maps short venue names to full ones. `marks` maps roles to the signs after a
    name.
    """

    words: Terms
    is_owner: IsOwner
    names: NameForm | None = None
    max_authors: int = 0
    venue: Literal["short", "full"] = "short"
    venues: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
