r"""An engine that has been started early and waits behind `\begin{document}` for the text.

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
from cvtex.tex.environment import environment
from cvtex.tex.find import Engine
from cvtex.tex.formats import BODY, from_format

OPTIONS = ("-no-shell-escape", "-interaction=scrollmode", "-halt-on-error", "-file-line-error")

MEANWHILE = r"\pdfmapfile{+}"
"""What is done while it waits: the names of all fonts are read, which takes as long as a page.

Adding no file has pdfTeX read its default ones first. (pdfTeX's mapfile.c.)
"""


class EngineStart(Struct, frozen=True):
    """What an engine can be started with before the text is known.

    `epoch` is the time of the document in seconds since 1970, `main` the file it will be given.
    """

    engine: Engine
    format: Path
    epoch: int
    main: str


class PrestartedEngine(Struct, frozen=True):
    """An engine that waits in a folder of its own; it can be fed once."""

    promise: EngineStart
    folder: Path
    running: Running

    @property
    def alive(self) -> bool:
        """Whether it still waits."""
        return self.running.process.poll() is None

    def typeset(self, main: str, deadline: float) -> Ended:
        """Give it a file of its folder and wait for the end (deadline of the monotonic clock)."""
        self.running.feed(f"\\nonstopmode\\input{{{main}}}\n", last=True)
        return finish(self.running, deadline)


@contextmanager
def waiting(promise: EngineStart, seconds: float) -> Iterator[PrestartedEngine]:
    """Start an engine that waits; at the end of the block it is gone, used or not.

    OSError when it cannot be started. `seconds` bounds its processor time.
    """
    engine = promise.engine
    name = f"-jobname={PurePath(promise.main).stem}"
    command = [str(engine.path), *from_format(promise.format), *OPTIONS, name]
    variables = environment(os.environ, epoch=promise.epoch, own_tree=engine.own_tree)
    with (
        ending_signals_unwind(),
        scratch() as folder,
        start(command, folder, variables, seconds, fed=True) as running,
    ):
        running.feed(MEANWHILE + BODY, last=False)
        yield PrestartedEngine(promise, folder, running)
