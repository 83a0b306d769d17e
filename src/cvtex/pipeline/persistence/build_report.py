"""The report of a build as JSON: lines and columns count from 1, columns in characters."""

from __future__ import annotations

from typing import TypedDict


class PlaceReport(TypedDict):
    """The start and the end of a place; null where a finding has none."""

    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None


class NoteReport(PlaceReport):
    """A second place of a finding."""

    message: str
    path: str


class EditReport(PlaceReport):
    """The replacement of the text at a place."""

    path: str
    replacement: str


class FixReport(TypedDict):
    """The edits that correct a finding."""

    message: str
    safety: str
    edits: list[EditReport]


class FindingReport(PlaceReport):
    """A finding."""

    code: str
    name: str
    severity: str
    message: str
    path: str | None
    hint: str | None
    fix: FixReport | None
    notes: list[NoteReport]


class OutputReport(TypedDict):
    """A file that was written."""

    path: str
    pages: int | None
    bytes: int


class BuildReport(TypedDict):
    """A build; `up_to_date` if there was nothing to do since the build that wrote the outputs."""

    ok: bool
    up_to_date: bool
    outputs: list[OutputReport]
    engine: str | None
    passes: int
    publications: dict[str, int]
    seconds: float
    diagnostics: list[FindingReport]
