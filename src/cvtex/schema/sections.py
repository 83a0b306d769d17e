"""The kinds of sections and their entries."""

from typing import Annotated, Any, Literal, Self, get_args

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from cvtex.schema.base import Model
from cvtex.schema.publications import NumberingSettings, PublicationSelect
from cvtex.schema.scalars import (
    Choice,
    DatedKind,
    Email,
    Identifier,
    Plain,
    Rich,
    Url,
    Word,
    Years,
)
from cvtex.schema.shorthand import Many, text_for


class Tagged(Model):
    """A thing that a variant can include or exclude by its tags."""

    tags: Many[Word] = ()


class Degree(Tagged):
    """An entry of an education section."""

    institution: Rich
    url: Url | None = None
    location: Rich | None = None
    degree: Rich | None = None
    advisor: Rich | None = None
    date: DatedKind | None = None
    thesis: Rich | None = None
    grade: Rich | None = None
    interests: Many[Rich] = ()
    summary: Rich | None = None
    details: Many[Rich] = ()


class JobPosition(Model):
    """One of several roles at an organization."""

    title: Rich
    date: DatedKind | None = None


class Employment(Tagged):
    """An entry of an experience section: one `role`, or several `roles`."""

    organization: Rich
    url: Url | None = None
    role: Rich | None = None
    roles: tuple[JobPosition, ...] = ()
    supervisor: Rich | None = None
    location: Rich | None = None
    date: DatedKind | None = None
    summary: Rich | None = None
    details: Many[Rich] = ()

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.role is not None and self.roles:
            raise PydanticCustomError(
                "invalid_value",
                "an entry has either `role` or `roles`",
                {"hint": "move `role` into the list of `roles`", "key": "role"},
            )
        return self


class Talk(Tagged):
    """An entry of a talks section."""

    title: Rich
    type: Rich | None = None
    event: Rich | None = None
    location: Rich | None = None
    date: DatedKind | None = None
    url: Url | None = None


class Award(Tagged):
    """An entry of an awards section."""

    title: Rich
    by: Rich | None = None
    date: DatedKind | None = None
    note: Rich | None = None
    url: Url | None = None


class Grant(Tagged):
    """An entry of a grants section."""

    title: Rich
    funder: Rich | None = None
    role: Rich | None = None
    amount: Rich | None = None
    number: Rich | None = None
    date: DatedKind | None = None
    url: Url | None = None
    details: Many[Rich] = ()


class Course(Tagged):
    """An entry of a teaching section."""

    course: Rich
    role: Rich | None = None
    institution: Rich | None = None
    location: Rich | None = None
    date: DatedKind | None = None
    url: Url | None = None
    details: Many[Rich] = ()


class Student(Tagged):
    """An entry of a supervision section."""

    name: Rich
    degree: Rich | None = None
    topic: Rich | None = None
    institution: Rich | None = None
    date: DatedKind | None = None
    now: Rich | None = None
    url: Url | None = None


class Venue(Model):
    """A service item with the years it was done in."""

    name: Rich
    years: Years = ()
    url: Url | None = None


Item = Annotated[Venue, text_for("name")]


class Group(Tagged):
    """A label with its items, in a service or skills section."""

    label: Rich
    items: Many[Item]


class ProjectEntry(Tagged):
    """An entry of a projects section."""

    name: Rich
    url: Url | None = None
    role: Rich | None = None
    location: Rich | None = None
    date: DatedKind | None = None
    summary: Rich | None = None
    details: Many[Rich] = ()


class Line(Tagged):
    """An entry of a list section; a plain text stands for `text`."""

    text: Rich
    date: DatedKind | None = None
    url: Url | None = None


class Person(Tagged):
    """An entry of a referees section."""

    name: Rich
    title: Rich | None = None
    institution: Rich | None = None
    address: Rich | None = None
    email: Email | None = None
    phone: Plain | None = None
    url: Url | None = None


class SectionBase(Tagged):
    """The keys of every section."""

    id: Identifier | None = None
    title: Rich

    def names(self) -> tuple[str, ...]:
        """Return the names that a variant may use: the title in any language, and the id."""
        titles = tuple(text.value for _, text in self.title.translations)
        return (*(titles or (self.title.value,)), *((self.id,) if self.id else ()))


class TextSection(SectionBase):
    """Running text."""

    kind: Annotated[Literal["text"], Choice]
    body: Rich


class EducationSection(SectionBase):
    """Degrees."""

    kind: Annotated[Literal["education"], Choice]
    entries: tuple[Degree, ...]


class ExperienceSection(SectionBase):
    """Positions held."""

    kind: Annotated[Literal["experience"], Choice]
    entries: tuple[Employment, ...]


class PublicationsSection(SectionBase):
    """A list of publications from the .bib files."""

    kind: Annotated[Literal["publications"], Choice]
    select: PublicationSelect = PublicationSelect.model_construct()
    order: Annotated[Literal["newest", "oldest", "listed", "file"], Choice] = "newest"
    numbering: NumberingSettings = NumberingSettings.model_construct()
    group_by: Annotated[Literal["none", "type", "year", "status"], Choice] = "none"
    short_title: Rich | None = None


class TalksSection(SectionBase):
    """Talks given."""

    kind: Annotated[Literal["talks"], Choice]
    entries: tuple[Talk, ...]


class AwardsSection(SectionBase):
    """Awards and honours."""

    kind: Annotated[Literal["awards"], Choice]
    entries: tuple[Award, ...]


class GrantsSection(SectionBase):
    """Grants held."""

    kind: Annotated[Literal["grants"], Choice]
    entries: tuple[Grant, ...]


class TeachingSection(SectionBase):
    """Courses taught."""

    kind: Annotated[Literal["teaching"], Choice]
    entries: tuple[Course, ...]


class SupervisionSection(SectionBase):
    """Students supervised."""

    kind: Annotated[Literal["supervision"], Choice]
    entries: tuple[Student, ...]


class ServiceSection(SectionBase):
    """Service to the community, in labelled groups."""

    kind: Annotated[Literal["service"], Choice]
    groups: tuple[Group, ...]


class SkillsSection(SectionBase):
    """Skills, in labelled groups."""

    kind: Annotated[Literal["skills"], Choice]
    groups: tuple[Group, ...]


class ProjectsSection(SectionBase):
    """Projects and software."""

    kind: Annotated[Literal["projects"], Choice]
    entries: tuple[ProjectEntry, ...]


class ListSection(SectionBase):
    """Lines of text, dated or not."""

    kind: Annotated[Literal["list"], Choice]
    entries: tuple[Annotated[Line, text_for("text")], ...]


class RefereesSection(SectionBase):
    """People who may be asked."""

    kind: Annotated[Literal["referees"], Choice]
    entries: tuple[Person, ...]


def _kind(value: Any) -> str:  # noqa: ANN401
    kind = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)
    return str(kind)


CVSection = Annotated[
    Annotated[TextSection, Tag("text")]
    | Annotated[EducationSection, Tag("education")]
    | Annotated[ExperienceSection, Tag("experience")]
    | Annotated[PublicationsSection, Tag("publications")]
    | Annotated[TalksSection, Tag("talks")]
    | Annotated[AwardsSection, Tag("awards")]
    | Annotated[GrantsSection, Tag("grants")]
    | Annotated[TeachingSection, Tag("teaching")]
    | Annotated[SupervisionSection, Tag("supervision")]
    | Annotated[ServiceSection, Tag("service")]
    | Annotated[SkillsSection, Tag("skills")]
    | Annotated[ProjectsSection, Tag("projects")]
    | Annotated[ListSection, Tag("list")]
    | Annotated[RefereesSection, Tag("referees")],
    Discriminator(_kind),
    Field(title="Section"),
]

SECTION_KINDS: tuple[str, ...] = tuple(
    get_args(section)[1].tag for section in get_args(get_args(CVSection)[0])
)
