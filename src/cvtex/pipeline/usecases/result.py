"""The result of a build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from cvtex.diagnostics.diagnostic import Diagnostic
from cvtex.lower.ledger import Ledger
from cvtex.pipeline.persistence.output import Written

if TYPE_CHECKING:
    from cvtex.support.cache import Stamps
    from cvtex.tex.job import EngineStart


class Result(Struct, frozen=True):
    """A build: without an error there is an output.

    `files` are those it was made of, and those that would have been had they been there. One that
    is not `dated` by the CV depends on the day. `engine_start` is for prestarting the engine of the
    next build; `packages` are the installed files that the outputs depend on.
    """

    outputs: tuple[Written, ...]
    diagnostics: tuple[Diagnostic, ...]
    ledger: Ledger
    seconds: float
    files: tuple[Path, ...] = ()
    dated: bool = False
    engine_start: EngineStart | None = None
    packages: Stamps = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """True if everything asked for was written."""
        return bool(self.outputs)
