"""A CV that is ready to be written in any form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from cvtex.lower.document import Lowered
from cvtex.project.project import Project
from cvtex.support.cache import NOTHING_KEPT, Cache, Stamps
from cvtex.theme.manifest import Theme

if TYPE_CHECKING:
    from cvtex.tex.job import EngineStart
    from cvtex.tex.prestart import PrestartedEngine


class Reading(Struct, frozen=True):
    """A CV as it was read, with its document tree."""

    project: Project
    lowered: Lowered


class Draft(Reading, frozen=True):
    """A CV with its theme and the values of the theme's options."""

    theme: Theme
    options: Mapping[str, str]


class Means(Struct, frozen=True):
    """The means that save a writer time: what earlier runs kept, and an engine that waits."""

    cache: Cache = NOTHING_KEPT
    prestarted: PrestartedEngine | None = None


class Output(Struct, frozen=True):
    """A CV in one form.

    There is no `data` where the form could not be made. `maker` is the program that made it, if it
    is another one, in so many `passes`; `notes` are sentences about that for people.
    `engine_start` is for prestarting the engine of the next output, `packages` are the installed
    files that this one depends on.
    """

    data: bytes | None
    pages: int | None = None
    maker: str | None = None
    passes: int = 0
    notes: tuple[str, ...] = ()
    engine_start: EngineStart | None = None
    packages: Stamps = field(default_factory=dict)
