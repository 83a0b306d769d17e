r"""Dumped preambles: the memory of TeX after the preamble, so that a run can begin there.

`\documentclass` and the theme take most of a short run, and are the same in every run. iniTeX's
`\dump` writes the memory after them to a format file (The TeXbook, chapter 3), which pdfTeX loads
in milliseconds. LuaTeX and XeTeX cannot dump what their fonts and their Lua keep outside TeX.
"""

from __future__ import annotations

import hashlib
import os
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from cvtex.support.cache import FORMATS, Cache, Stamps, stamp, unchanged
from cvtex.support.codec import REJECTED, UNWRITABLE, decode, encode
from cvtex.support.processes import Running, finish, start
from cvtex.support.scratch import scratch, write_files
from cvtex.tex.dependencies import RECORDER, recorded_files, search_places
from cvtex.tex.engines.engine import Engine
from cvtex.tex.environment import environment, trees

BODY = "\\begin{document}\n"
NAME = "cvtex"
PROGRAM = "pdflatex"
"""The program whose format is extended, and whose search paths Kpathsea uses."""
OPTIONS = (
    "-ini",
    RECORDER,
    "-no-shell-escape",
    "-interaction=nonstopmode",
    "-halt-on-error",
    f"-jobname={NAME}",
)
GZIP = 16 + zlib.MAX_WBITS
"""The `wbits` of zlib for a gzip file."""
PATIENCE = 60.0
"""Seconds that a dump may take."""


class DumpedPreamble(Struct, frozen=True):
    r"""The text before `\begin{document}`, and the files of the theme that it reads."""

    tex: str
    files: Mapping[str, bytes]

    def key(self, engine: Engine) -> str:
        """Return the cache key of the format that an engine makes of it."""
        searched = [] if engine.own_tree else trees(os.environ)
        made_by = f"{engine.path}\0{stamp(engine.path)}\0{searched}\0{self.tex}"
        digest = hashlib.sha256(made_by.encode("utf-8", "surrogateescape"))
        for name, content in sorted(self.files.items()):
            digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
        return digest.hexdigest()[:32]


class FormatRecord(Struct, frozen=True):
    """The size of a format, its time of change in nanoseconds, and the files it was made of."""

    size: int
    changed: int
    inputs: Stamps


def preamble_of(engine: Engine, tex: str, files: Mapping[str, bytes]) -> DumpedPreamble | None:
    """Return the preamble of a TeX file, which may read `files`, if the engine can dump it."""
    before, begin, _ = tex.partition(f"\n{BODY}")
    return DumpedPreamble(f"{before}\n", files) if begin and engine.dumps_preamble else None


def body_of(tex: str, *, begun: bool = False) -> str:
    """Return a TeX file without its preamble, each line still at its number in the whole file.

    If the document has `begun` already, the line that begins it is left out as well.
    """
    before, _, body = tex.partition(BODY)
    return "%\n" * before.count("\n") + ("%\n" if begun else BODY) + body


def find_format(cache: Cache, key: str) -> Path | None:
    """Return the format of a key, if nobody has written to it and no file it was made of changed.

    Nor may another file have appeared where TeX would have looked first. A format is a dump of
    TeX's memory that cannot be checked otherwise: whoever may write to the cache can change what
    TeX prints, but the engine still runs without shell escape.
    """
    data, path = cache.read(FORMATS, f"{key}.record"), cache.path(FORMATS, f"{key}.fmt")
    if data is not None and path is not None:
        with suppress(OSError, *REJECTED):
            record, now = decode(data, FormatRecord), path.stat()
            untouched = (now.st_size, now.st_mtime_ns) == (record.size, record.changed)
            if untouched and unchanged(record.inputs):
                os.utime(path, ns=(time.time_ns(), now.st_mtime_ns))
                return path
    return None


def keep_format(cache: Cache, key: str, dump: bytes, inputs: Stamps) -> None:
    """Store a format with the files that it was made of."""
    path = cache.path(FORMATS, f"{key}.fmt")
    if path is not None:
        cache.write_file(FORMATS, path.name, dump)
        with suppress(OSError, *UNWRITABLE):
            record = FormatRecord(len(dump), path.stat().st_mtime_ns, inputs)
            cache.write(FORMATS, f"{key}.record", encode(record))


def from_format(path: Path) -> list[str]:
    """Return the options that make an engine begin with a format.

    Without `-progname` TeX would take the path of the format for its name, and the recorder would
    begin its file there. (TeX Live's texmfmp.c.)
    """
    return [f"-fmt={path}", f"-progname={PROGRAM}"]


@contextmanager
def dumping(cache: Cache, engine: Engine, preamble: DumpedPreamble) -> Iterator[None]:
    """Dump a preamble while the block runs, and keep the format at its end.

    Nothing is kept if the engine cannot dump, or the block raises.
    """
    with ExitStack() as stack:
        variables = environment(os.environ, epoch=0, own_tree=engine.own_tree)
        running = _started(engine, preamble, variables, stack)
        places = search_places(engine, variables)
        yield
        if running is not None:
            with suppress(OSError):
                _keep(cache, preamble.key(engine), running, places)


def forget_format(cache: Cache, key: str) -> None:
    """Remove a format from the cache."""
    for suffix in ("record", "fmt"):
        cache.remove(FORMATS, f"{key}.{suffix}")


def _started(
    engine: Engine, preamble: DumpedPreamble, variables: Mapping[str, str], stack: ExitStack
) -> Running | None:
    """Start the dump; return None if there is no room for it, or no engine."""
    command = [str(engine.path), *OPTIONS, f"&{PROGRAM}", f"{NAME}.tex"]
    with suppress(OSError):
        folder = stack.enter_context(scratch())
        write_files(folder, {**preamble.files, f"{NAME}.tex": f"{preamble.tex}\\dump\n".encode()})
        return stack.enter_context(start(command, folder, variables, PATIENCE))
    return None


def _keep(cache: Cache, key: str, running: Running, places: Stamps) -> None:
    ended = finish(running, time.monotonic() + PATIENCE)
    if ended.status == 0:
        dump = _unpacked((running.folder / f"{NAME}.fmt").read_bytes())
        inputs = {**recorded_files(running.folder / f"{NAME}.fls"), **places}
        keep_format(cache, key, dump, inputs)


def _unpacked(dump: bytes) -> bytes:
    """Return a format without compression, which zlib's `gzread` reads in half of the time.

    TeX Live's engines compress it (texmfmp.c), and unpacking takes longer than a short CV.
    """
    return zlib.decompress(dump, wbits=GZIP) if dump.startswith(b"\x1f\x8b") else dump
