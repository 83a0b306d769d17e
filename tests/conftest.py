"""What several test files need."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from cvtex.cli import run as entry
from cvtex.support.cache import VARIABLE
from cvtex.tex.engines.engine import Engine
from cvtex.tex.engines.registry import ENGINE_NAMES
from cvtex.tex.find import find_engine, find_engines

settings.register_profile("cvtex", deadline=None)  # no test asserts a time
settings.load_profile("cvtex")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests keep nothing in the user's cache, and find nothing there."""
    os.environ[VARIABLE] = str(tmp_path_factory.mktemp("cache"))


def pytest_configure(config: pytest.Config) -> None:
    # A skipped engine is to be seen, with the reason.
    if "s" not in config.option.reportchars:
        config.option.reportchars += "s"
    # A shell that puts us into the background, or nohup, has our children ignore these.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def installed_engine(name: str) -> Engine:
    """The engine of a name; without it the test is skipped, or fails if none may be missing."""
    engine = find_engine(name)
    if engine is not None:
        return engine
    reason = f"{name} is not installed"
    if os.environ.get("CVTEX_TEST_ENGINES") == "all":
        pytest.fail(f"{reason}, and CVTEX_TEST_ENGINES=all wants every engine")
    pytest.skip(reason)


@pytest.fixture(scope="session", params=ENGINE_NAMES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each of the engines in turn."""
    return installed_engine(request.param)


@pytest.fixture
def tinytex() -> Engine:
    """The engine that a Python package brings."""
    return installed_engine("tinytex")


@pytest.fixture
def pdftex() -> Engine:
    """An engine of the pdfTeX kind, whichever there is, for what is alike in all engines."""
    for engine in find_engines():
        if engine.title == "pdfTeX":
            return engine
    return installed_engine("pdflatex")


@dataclass(frozen=True)
class Said:
    """What a run of cvtex printed, and its exit code."""

    code: int
    out: str
    err: str


Cvtex = Callable[..., Said]


@pytest.fixture
def cvtex(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Cvtex:
    """Run cvtex in an empty directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["cvtex", *arguments])
        with pytest.raises(SystemExit) as exit_:
            entry.run()
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Said(
            exit_.value.code if isinstance(exit_.value.code, int) else 0, said.out, said.err
        )

    return run
