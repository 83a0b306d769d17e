"""What `cvtex doctor` looks at: the engines there are, and what they lack for a CV."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Diagnostic, Sink
from cvtex.diagnostics.usage import UsageError
from cvtex.pipeline.usecases.check import check
from cvtex.pipeline.usecases.request import Request
from cvtex.pipeline.usecases.typeset import emit, typeset
from cvtex.tex.find import SYSTEM, Engine, find_engines, version
from cvtex.tex.install import install_hint

ENGINES = (*SYSTEM, "tinytex")


class EngineState(Struct, frozen=True):
    """An engine: its version, or how to install it; `broken` is a program that is not TeX."""

    name: str
    version: str | None
    path: Path | None
    install: str | None

    @property
    def broken(self) -> bool:
        """Whether something of that name is there that does not answer as TeX does."""
        return self.path is not None and self.version is None


class CVState(Struct, frozen=True):
    """What a CV needs: its engine and theme, and why it cannot be typeset, if it cannot."""

    engine: str | None
    theme: str
    language: str
    problem: UsageError | None = None


def engine_states() -> tuple[EngineState, ...]:
    """Every engine cvtex can use, whether it is installed or not."""
    found = {engine.name: engine for engine in find_engines()}
    return tuple(_engine_state(name, found.get(name)) for name in ENGINES)


def _engine_state(name: str, engine: Engine | None) -> EngineState:
    if engine is None:
        return EngineState(name, None, None, install_hint(name))
    said = version(engine)
    return EngineState(name, said, engine.path, None if said else install_hint(name))


def examine(request: Request) -> tuple[CVState | None, tuple[Diagnostic, ...]]:
    """The needs of a CV, found by typesetting it, and every finding; nothing is written."""
    sink = Sink()
    checked = check(request, sink)
    if checked is None or sink.has_errors():
        return None, tuple(sink)
    language, theme = checked.project.language, checked.theme.manifest.name
    try:
        made = typeset(checked, emit(checked), sink)
    except UsageError as error:
        return CVState(None, theme, language, error), tuple(sink)
    return CVState(made.engine.name if made else None, theme, language), tuple(sink)
