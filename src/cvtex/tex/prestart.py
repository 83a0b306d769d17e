r"""Starts an engine before the text is known; it waits after `\begin{document}`.

TeX loads a format only when it has read its first line, so it is given one; in scroll mode it then
asks the terminal for more and waits (in nonstop mode it would end: The TeXbook, chapter 27).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from msgspec import Struct

from cvtex.support.processes import Ended, Running, finish, start
from cvtex.support.scratch import scratch
from cvtex.support.signals import ending_signals_unwind
from cvtex.tex.engines.engine import Engine
from cvtex.tex.environment import environment
from cvtex.tex.formats import BODY, from_format

OPTIONS = ("-no-shell-escape", "-interaction=scrollmode", "-halt-on-error", "-file-line-error")

MEANWHILE = r"\pdfmapfile{+}"
"""Makes it read the names of all fonts while it waits, which takes as long as a page.

Adding no file makes pdfTeX read its default ones first. (pdfTeX's mapfile.c.)
"""


class EngineStart(Struct, frozen=True):
    """All that an engine needs to be started before the text is known.

    `epoch` is the time of the document in seconds since 1970, `main` the file it will be given.
    """

    engine: Engine
    format: Path
    epoch: int
    main: str


class PrestartedEngine(Struct, frozen=True):
    """An engine that waits in a folder of its own; it can be fed once."""

    start: EngineStart
    folder: Path
    running: Running

    @property
    def alive(self) -> bool:
        """True if its process still runs."""
        return self.running.process.poll() is None

    def typeset(self, main: str, deadline: float) -> Ended:
        """Give it a file of its folder and wait for the end (deadline of the monotonic clock)."""
        self.running.feed(f"\\nonstopmode\\input{{{main}}}\n", last=True)
        return finish(self.running, deadline)


@contextmanager
def prestart(engine_start: EngineStart, seconds: float) -> Iterator[PrestartedEngine]:
    """Start an engine that waits; at the end of the block it is gone, used or not.

    `seconds` bounds its processor time. Raises OSError if it cannot be started.
    """
    engine = engine_start.engine
    name = f"-jobname={PurePath(engine_start.main).stem}"
    command = [str(engine.path), *from_format(engine_start.format), *OPTIONS, name]
    variables = environment(os.environ, epoch=engine_start.epoch, own_tree=engine.own_tree)
    with (
        ending_signals_unwind(),
        scratch() as folder,
        start(command, folder, variables, seconds, fed=True) as running,
    ):
        running.feed(MEANWHILE + BODY, last=False)
        yield PrestartedEngine(engine_start, folder, running)
