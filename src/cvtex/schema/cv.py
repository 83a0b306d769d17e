"""The model of cv.yaml."""

from typing import Annotated, Any, Literal, Self

from pydantic import (
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)

from cvtex.schema.base import Model
from cvtex.schema.publications import BibliographySettings
from cvtex.schema.scalars import (
    Choice,
    DatedKind,
    Email,
    EngineName,
    Flag,
    Identifier,
    Integer,
    Language,
    Orcid,
    Plain,
    Rich,
    Url,
    Word,
    pattern,
)
from cvtex.schema.sections import CVSection
from cvtex.schema.shorthand import Many, text_for, value_for
from cvtex.source import Text


class PersonName(Model):
    """The owner's name by its parts; `display` is printed in their place."""

    given: Rich | None = None
    family: Rich | None = None
    prefix: Rich | None = None
    suffix: Rich | None = None
    display: Rich | None = None


class OtherContact(Model):
    """A link with a label of the owner's choice."""

    label: Rich
    url: Url


class Contact(Model):
    """The contacts of the owner, printed in the order written."""

    email: Many[Email] = ()
    phone: Many[Plain] = ()
    location: Many[Rich] = ()
    website: Many[Url] = ()
    orcid: Many[Orcid] = ()
    scholar: Many[Plain] = ()
    github: Many[Plain] = ()
    gitlab: Many[Plain] = ()
    linkedin: Many[Plain] = ()
    mastodon: Many[Plain] = ()
    other: Many[OtherContact] = ()

    _order: tuple[str, ...] = PrivateAttr(())

    @model_validator(mode="wrap")
    @classmethod
    def _remember_order(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401
        contact = handler(value)
        if isinstance(value, dict):
            contact._order = tuple(value)
        return contact

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of contact given, in the order written."""
        return self._order


class Fact(Model):
    """A number or word that texts refer to as `{name}`, with its date and source."""

    value: Rich
    as_of: DatedKind | None = None
    source: Url | None = None


class ThemeSettings(Model):
    """The theme's name; every other key is an option of its manifest."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Plain]

    name: Plain = Text("classic")


class Limits(Model):
    """Limits that the page must not exceed."""

    pages: Integer | None = None
    publications: Integer | None = None


class DatePatterns(Model):
    """CLDR patterns that replace those of the language, such as `yyyy.MM.dd`."""

    day: Annotated[str, pattern("day")] | None = None
    month: Annotated[str, pattern("month")] | None = None
    year: Annotated[str, pattern("year")] | None = None


class Lint(Model):
    """The selection of rules, by code, by the beginning of a code, or by name.

    `select` replaces the default selection, `extend_select` adds to it, `ignore` removes from it.
    """

    select: Many[Plain] = ()
    extend_select: Many[Plain] = ()
    ignore: Many[Plain] = ()


class Variant(Model):
    """A variant of the CV; any other top-level key overrides that of the CV."""

    model_config = ConfigDict(extra="allow")

    sections: Many[Plain] = ()
    include: Many[Word] = ()
    exclude: Many[Word] = ()


class CV(Model):
    """A CV as its owner writes it."""

    schema_version: Annotated[Literal["1"], Choice, WithJsonSchema({"enum": [1, "1"]})] = Field(
        "1", alias="schema"
    )
    date: DatedKind | None = None
    language: Language = "en"
    name: Annotated[PersonName, text_for("display")]
    headline: Rich | None = None
    photo: Plain | None = None
    contact: Contact = Contact.model_construct()
    me: Many[Plain] = ()
    links: dict[str, Url] = {}
    facts: dict[Identifier, Annotated[Fact, value_for("value")]] = {}
    bibliography: BibliographySettings = BibliographySettings.model_construct()
    dates: DatePatterns = DatePatterns.model_construct()
    theme: Annotated[ThemeSettings, text_for("name")] = ThemeSettings.model_construct()
    engine: EngineName = "auto"
    raw_latex: Flag = False
    limits: Limits = Limits.model_construct()
    sections: tuple[CVSection, ...]
    variants: dict[str, Variant] = {}
    lint: Lint = Lint.model_construct()
