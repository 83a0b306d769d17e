"""What several test files need."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from cvtex.tex.find import Engine, find_engines

settings.register_profile("cvtex", deadline=None)  # no test asserts a time
settings.load_profile("cvtex")

ENGINES = ("pdflatex", "xelatex", "lualatex", "tinytex")


def pytest_configure(config: pytest.Config) -> None:
    # A skipped engine is to be seen, with the reason.
    if "s" not in config.option.reportchars:
        config.option.reportchars += "s"


def installed_engine(name: str) -> Engine:
    """The engine of a name; without it the test is skipped, or fails if none may be missing."""
    for engine in find_engines():
        if engine.name == name:
            return engine
    reason = f"{name} is not installed"
    if os.environ.get("CVTEX_TEST_ENGINES") == "all":
        pytest.fail(f"{reason}, and CVTEX_TEST_ENGINES=all wants every engine")
    pytest.skip(reason)


@pytest.fixture(scope="session", params=ENGINES)
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
        if engine.kind == "pdftex":
            return engine
    return installed_engine("pdflatex")
