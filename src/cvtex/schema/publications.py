"""The keys that select, order, number and style publications."""

import re
from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator

from cvtex.publications.publication import Status
from cvtex.schema.base import Model
from cvtex.schema.reading import Reader
from cvtex.schema.scalars import (
    YAML_SCALAR,
    Choice,
    Flag,
    Integer,
    Plain,
    Word,
    fault,
)
from cvtex.schema.shorthand import Many
from cvtex.source import Text

LinkKind = Literal["doi", "arxiv", "url", "code", "slides", "video", "poster", "pdf"]
LINK_KINDS: tuple[LinkKind, ...] = get_args(LinkKind)


def _year_range(value: object) -> tuple[int, int]:
    word = str(value).strip()
    match = re.fullmatch(r"(\d{4})?(/?)(\d{4}|\.\.|present)?", word)
    if match is None or not (match[1] or match[3]) or (match[1] and match[3] and not match[2]):
        raise fault(
            f"`{word}` is not a range of years", "write `2020`, `2018/2021`, `2020/..` or `/2015`"
        )
    first = int(match[1] or 0)
    if not match[2]:
        return first, first
    last = int(match[3]) if match[3] and match[3].isdigit() else 9999
    if last < first:
        raise fault(
            f"the years `{word}` run backwards", f"write the earlier year first: `{last}/{first}`"
        )
    return first, last


def _status(value: object) -> str:
    word = re.sub(r"[\s_-]", "", str(value).lower())
    known = {status.value: status.value for status in Status}
    if word not in known:
        raise fault(f"unknown status `{value}`", "one of: " + ", ".join(known))
    return word


YearRange = Annotated[tuple[int, int], Reader(_year_range, YAML_SCALAR)]
StatusName = Annotated[str, Reader(_status, {"type": "string"})]


class PublicationSelect(Model):
    """The conditions for a publication to be in a list; all that are given must hold."""

    keys: Many[Plain] = ()
    keywords: Many[Plain] = ()
    types: Many[Plain] = ()
    years: YearRange | None = None
    role: (
        Annotated[Literal["first", "last", "corresponding", "equal", "student", "senior"], Choice]
        | None
    ) = None
    status: Many[StatusName] = ()
    rest: Flag = False
    exclude: Self | None = None


class NumberingSettings(Model):
    """The numbering of a list of publications; `{n}` in `label` is the number."""

    scheme: Annotated[Literal["restart", "continue", "none"], Choice] = "restart"
    label: Word = "[{n}]"
    prefix: Word = ""
    reverse: Flag = False


class BibliographySettings(Model):
    """The .bib files of the CV, and the style of publications."""

    files: Many[Plain] = ()
    style: Plain = Text("plain")
    names: (
        Annotated[Literal["given-family", "initials-family", "family-initials"], Choice] | None
    ) = None
    owner: Annotated[Literal["bold", "underline", "none"], Choice] = "bold"
    max_authors: Integer = 0
    merge_preprints: Flag = False
    venue: Annotated[Literal["short", "full"], Choice] = "short"
    venues: dict[str, Word] = {}
    roles: dict[str, Word] = {"equal": "*", "corresponding": "†", "student": "‡"}
    links: Many[Annotated[LinkKind, BeforeValidator(str)]] = LINK_KINDS
