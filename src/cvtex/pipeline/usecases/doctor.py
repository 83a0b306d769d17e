"""Lists the TeX engines for `cvtex doctor`, and what a CV still needs."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Diagnostic, Sink
from cvtex.diagnostics.usage import UsageError
from cvtex.pipeline.usecases.check import check
from cvtex.pipeline.usecases.request import Request
from cvtex.tex.engines.registry import ENGINE_NAMES
from cvtex.tex.find import find_engine, version
from cvtex.tex.install import install_hint
from cvtex.writers.draft import Means
from cvtex.writers.pdf.typeset import typeset


class EngineState(Struct, frozen=True):
    """An engine with its version, or the command that installs it."""

    name: str
    version: str | None
    path: Path | None
    install: str | None

    @property
    def broken(self) -> bool:
        """True if the program of that name does not answer as TeX does."""
        return self.path is not None and self.version is None


class CVState(Struct, frozen=True):
    """The engine and the theme of a CV, and the problem if it cannot be typeset."""

    engine: str | None
    theme: str
    language: str
    problem: UsageError | None = None


def engine_states() -> tuple[EngineState, ...]:
    """Return every engine that cvtex can use, also those that are not installed."""
    return tuple(_engine_state(name) for name in ENGINE_NAMES)


def _engine_state(name: str) -> EngineState:
    engine = find_engine(name)
    if engine is None:
        return EngineState(name, None, None, install_hint(name))
    said = version(engine)
    return EngineState(name, said, engine.path, None if said else install_hint(name))


def diagnose(request: Request) -> tuple[CVState | None, tuple[Diagnostic, ...]]:
    """Typeset a CV without writing anything; return its state and every finding.

    The state is None if the CV has errors.
    """
    sink = Sink()
    checked = check(request, sink)
    if checked is None or sink.has_errors():
        return None, tuple(sink)
    language, theme = checked.project.language, checked.theme.manifest.name
    try:
        made = typeset(checked, sink, Means())
    except UsageError as error:
        return CVState(None, theme, language, error), tuple(sink)
    return CVState(made.maker, theme, language), tuple(sink)
