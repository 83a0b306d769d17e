r"""Starts an engine before the text is engine_start; it waits after `\begin{document}`.

TeX loads a format only when it has read its first line, so it is given one; in scroll mode it then
asks the terminal for more and waits (in nonstop mode it would end: The TeXbook, chapter 27).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePath

from msgspec import Struct

from cvtex.support.cache import Cache
from cvtex.support.processes import TIME_LIMIT, Ended, Running, finish, start
from cvtex.support.scratch import scratch
from cvtex.support.signals import ending_signals_unwind
from cvtex.tex.environment import environment
from cvtex.tex.find import find_engine
from cvtex.tex.formats import BODY, find_format, from_format
from cvtex.tex.job import EngineStart

OPTIONS = ("-no-shell-escape", "-interaction=scrollmode", "-halt-on-error", "-file-line-error")

MEANWHILE = r"\pdfmapfile{+}"
"""Makes it read the names of all fonts while it waits, which takes as long as a page.

Adding no file makes pdfTeX read its default ones first. (pdfTeX's mapfile.c.)
"""


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
def prestart(engine_start: EngineStart | None, cache: Cache) -> Iterator[PrestartedEngine | None]:
    """Start an engine that waits; at the end of the block it is gone, used or not.

    There is none if the engine or its format is gone, or the engine cannot be started.
    """
    with ExitStack() as stack:
        yield None if engine_start is None else _waiting(engine_start, cache, stack)


def _waiting(engine_start: EngineStart, cache: Cache, stack: ExitStack) -> PrestartedEngine | None:
    engine, dumped = find_engine(engine_start.engine), find_format(cache, engine_start.format)
    if engine is None or dumped is None:
        return None
    name = f"-jobname={PurePath(engine_start.main).stem}"
    command = [str(engine.path), *from_format(dumped), *OPTIONS, name]
    variables = environment(os.environ, epoch=engine_start.epoch, own_tree=engine.own_tree)
    with suppress(OSError):
        stack.enter_context(ending_signals_unwind())
        folder = stack.enter_context(scratch())
        running = stack.enter_context(start(command, folder, variables, TIME_LIMIT, fed=True))
        running.feed(MEANWHILE + BODY, last=False)
        return PrestartedEngine(engine_start, folder, running)
    return None
