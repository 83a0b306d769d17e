"""What `cvtex doctor` looks at: the engines there are, and what they lack for a CV."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cvtex.diagnostics.model import Diagnostic, Sink
from cvtex.diagnostics.usage import UsageError
from cvtex.emit.latex.languages import babel_name
from cvtex.pipeline.build import Checked, check, emit
from cvtex.pipeline.engines import choose_engine
from cvtex.pipeline.request import Request
from cvtex.tex.find import SYSTEM, Engine, find_engines, version
from cvtex.tex.install import install_hint, installed

ENGINES = (*SYSTEM, "tinytex")


@dataclass(frozen=True)
class EngineState:
    """An engine: its version, or how to install it; `broken` is a program that is not TeX."""

    name: str
    version: str | None
    path: Path | None
    install: str | None

    @property
    def broken(self) -> bool:
        """Whether something of that name is there that does not answer as TeX does."""
        return self.path is not None and self.version is None


@dataclass(frozen=True)
class CVState:
    """What a CV needs: the engine that would typeset it, and the files that engine lacks."""

    engine: str | None
    theme: str
    language: str
    missing: tuple[str, ...]
    install: str | None


def engine_states() -> tuple[EngineState, ...]:
    """Every engine cvtex can use, whether it is installed or not."""
    found = {engine.name: engine for engine in find_engines()}
    return tuple(_engine_state(name, found.get(name)) for name in ENGINES)


def _engine_state(name: str, engine: Engine | None) -> EngineState:
    if engine is None:
        return EngineState(name, None, None, install_hint(name))
    said = version(engine)
    return EngineState(name, said, engine.path, None if said else install_hint(name))


def examine(cv: Path) -> tuple[CVState | None, tuple[Diagnostic, ...]]:
    """The needs of a CV, and what is wrong with it; with an error there is only the latter."""
    sink = Sink()
    checked = check(Request(cv), sink)
    if checked is None or sink.has_errors():
        return None, tuple(sink)
    return _cv_state(checked, sink), tuple(sink)


def _cv_state(checked: Checked, sink: Sink) -> CVState:
    language = checked.project.language
    theme = checked.theme.manifest
    try:
        engine = choose_engine(checked.project.cv.engine, find_engines(), emit(checked), sink)
    except UsageError as error:
        return CVState(None, theme.name, language, (), error.hint)
    if engine is None:
        return CVState(None, theme.name, language, (), None)
    hyphenation = f"{babel_name(language)}.ldf"
    missing = installed(engine, [*theme.requires, hyphenation])
    install = install_hint(engine.name, missing) if missing else None
    return CVState(engine.name, theme.name, language, missing, install)
