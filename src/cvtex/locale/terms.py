"""The words that cvtex itself puts on the page."""

from __future__ import annotations

from msgspec import Struct

_TYPES = {
    "articles": "article suppperiodical review",
    "conference_papers": "inproceedings conference",
    "books": "book mvbook bookinbook booklet collection mvcollection proceedings mvproceedings"
    " reference mvreference",
    "chapters": "inbook incollection inreference suppbook suppcollection",
    "theses": "thesis phdthesis mastersthesis bachelorsthesis",
    "reports": "report techreport manual",
    "manuscripts": "unpublished",
    "software": "software",
    "datasets": "dataset",
    "patents": "patent",
}
"""The entry types that a heading covers. (biblatex manual, 2.1; btxdoc, 3.1.)"""

_GROUPS = {name: group for group, types in _TYPES.items() for name in types.split()}


def type_group(entry_type: str) -> str:
    """Return the heading of an entry type in lower case: the name of a field of `Terms`."""
    return _GROUPS.get(entry_type, "other_works")


class Terms(Struct, frozen=True, eq=False, forbid_unknown_fields=True):
    """The fixed words of one language.

    Labels (`thesis` to `grade`) and headings (from `page` on) have their capital. All others are
    written as in running text, where only a German noun has one.
    """

    present: str
    """The end of a range that goes on: "Dec 2021 – Present"."""
    now: str
    """The same, where the CV says `now`."""
    circa: str
    """Printed before an approximate date."""
    spring: str
    summer: str
    autumn: str
    winter: str
    season: str
    """The pattern of a season and its year: `{season}`, `{year}`."""

    thesis: str
    advisor: str
    research_interests: str
    grade: str

    in_preparation: str
    submitted: str
    under_review: str
    accepted: str
    forthcoming: str
    in_press: str
    preprint: str
    published: str

    technical_report: str
    phd_thesis: str
    masters_thesis: str
    in_: str
    """Printed before the book or the proceedings that contain a work."""
    editor: str
    """Abbreviated, after one name."""
    editors: str
    """Abbreviated, after several names."""
    and_others: str
    """Printed after the last author that is named."""

    equal_contribution: str
    corresponding_author: str
    student: str
    senior_author: str

    page: str
    references: str
    """The people who may be asked about the owner of the CV."""

    articles: str
    conference_papers: str
    books: str
    chapters: str
    theses: str
    reports: str
    manuscripts: str
    software: str
    datasets: str
    patents: str
    other_works: str
    undated: str
    """The heading of publications without a year."""

    curriculum_vitae: str
    quotes: tuple[str, str, str, str]
    """Opening and closing outer quotation marks, then the inner ones."""

    def season_of(self, number: int, year: int) -> str:
        """Return a season and its year; `number` is EDTF's 21 (spring) to 24 (winter)."""
        name = (self.spring, self.summer, self.autumn, self.winter)[number - 21]
        return self.season.format(season=name, year=year)

    def heading(self, group: str) -> str:
        """Return the heading of a `type_group`."""
        return str(getattr(self, group))
