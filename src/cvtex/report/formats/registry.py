"""The formats of findings, by name."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cvtex.report.formats.findings import Findings


class FindingsFormat(StrEnum):
    """The formats of findings; each is a module of this package."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"

    @property
    def for_people(self) -> bool:
        """Return whether people read it; problems are then shown beside it, not in it."""
        return self in (FindingsFormat.TEXT, FindingsFormat.CONCISE)


def render(findings: Findings, format_: FindingsFormat) -> str:
    """Return the findings in a format, without colours; lines end with a line feed."""
    text: str = import_module(f"{__package__}.{format_.value}").render(findings)
    return text
