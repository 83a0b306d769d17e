"""RenderCV on the reference CV, PDF only."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from bench.place import HERE, Place, change, environment
from bench.process import Command, CommandError, run
from bench.timing import Missing, Subject

PDF_ONLY = ("--dont-generate-markdown", "--dont-generate-html", "--dont-generate-png")
NOWHERE = "http://127.0.0.1:9"
"""A port where nothing listens: requests are refused at once."""
WANTED = re.compile(r"fontawesome-([0-9.]+[0-9])")
MANIFEST = """[package]
name = "fontawesome"
version = "{version}"
entrypoint = "lib.typ"
"""


@dataclass(frozen=True)
class RenderCV:
    """RenderCV, ready to run; `stubbed` is true if its icon package is our stub."""

    program: Path
    folder: Path
    stubbed: bool

    @property
    def cv(self) -> Path:
        """The reference CV in the format of RenderCV."""
        return self.folder / "cv.yaml"

    @property
    def pdf(self) -> Path:
        """The PDF that RenderCV makes."""
        return self.folder / "rendercv_output" / "Kai_Yi_CV.pdf"

    def command(self, *options: str) -> Command:
        """Return a run. RenderCV looks for a newer version of itself, which is refused at once."""
        return _render(self.program, self.folder, *options, https_proxy=NOWHERE)

    def subject(self) -> Subject:
        """Return a run after a change of the text."""

        def prepare(number: int) -> None:
            change(self.cv, number)
            self.pdf.unlink(missing_ok=True)

        return Subject(self.command(), prepare, self.pdf)


def ready(place: Place, name: str = "rendercv") -> RenderCV | Missing:
    """Return RenderCV with its icon package: the real one if it can be downloaded, else a stub."""
    if not place.rendercv.is_file():
        return Missing("RenderCV is not installed; `make bench` does it")
    folder = place.folder(name)
    shutil.copy(HERE / "rendercv" / "cv.yaml", folder)
    try:
        run(_render(place.rendercv, folder))
    except CommandError as error:
        wanted = WANTED.search(error.output)
        if wanted is None:
            return Missing(str(error))
        _put_stub(folder, wanted[1])
        return RenderCV(place.rendercv, folder, stubbed=True)
    return RenderCV(place.rendercv, folder, stubbed=False)


def _render(program: Path, folder: Path, *options: str, **variables: str) -> Command:
    env = environment(XDG_CACHE_HOME=str(folder / "cache"), **variables)
    return Command((str(program), "render", "cv.yaml", *PDF_ONLY, *options), folder, env)


def _put_stub(folder: Path, version: str) -> None:
    package = folder / "cache/typst/packages/preview/fontawesome" / version
    package.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "rendercv/fontawesome/lib.typ", package)
    (package / "typst.toml").write_text(MANIFEST.format(version=version), encoding="utf-8")
