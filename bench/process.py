"""Runs of one command: their time and their memory."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PATIENCE = 300.0
"""A command that runs for longer, in seconds, has failed."""
ERROR = ("error", "!")
"""The beginnings of the lines in which cvtex and TeX say what is wrong."""
PERIOD = 0.002
"""Seconds between two looks at the memory in use."""


@dataclass(frozen=True)
class Command:
    """A command, its folder and environment; `accept` are the exit codes of success."""

    words: tuple[str, ...]
    folder: Path
    env: Mapping[str, str]
    accept: frozenset[int] = frozenset({0})


@dataclass(frozen=True)
class Taken:
    """The seconds of a run, and the processor time of its processes (user and system), in seconds.

    A process counts if its parent waits for its end.
    """

    seconds: float
    processor: float


@dataclass(frozen=True)
class Peak:
    """The most memory in use, in bytes: of all processes together, and of the largest one.

    `together` is the sum of the proportional set sizes, in which a page that several processes
    share counts once. `largest` is a resident set size, so it may be greater.
    """

    together: int
    largest: int


class CommandError(Exception):
    """The failure of a command: the line that says why, and in `output` all that it printed."""

    def __init__(self, status: int, output: str) -> None:
        lines = output.strip().splitlines() or ["it printed nothing"]
        line = next((line for line in lines if line.startswith(ERROR)), lines[-1])
        super().__init__(f"exit code {status}: {line.strip()}")
        self.output = output


def run(command: Command) -> Taken:
    """Run a command to its end and return its time; raise CommandError when it fails."""
    with tempfile.TemporaryFile() as output:
        used, begin = _processor(), time.perf_counter()
        process = _start(command, output)
        with _deadline(process):
            process.wait()
        taken = Taken(time.perf_counter() - begin, _processor() - used)
        _check(command, process.returncode, output)
    return taken


def peak(command: Command) -> Peak:
    """Return the memory that a command needs, with every process that it starts. Linux only.

    Raises CommandError when it fails.
    """
    most = 0
    with tempfile.TemporaryFile() as output:
        process = _start(command, output)
        with _deadline(process):
            while True:
                ended, status, usage = os.wait4(process.pid, os.WNOHANG)
                if ended:
                    break
                most = max(most, sum(map(_in_use, _tree(process.pid))))
                time.sleep(PERIOD)
            process.returncode = os.waitstatus_to_exitcode(status)
        _check(command, process.returncode, output)
    return Peak(most, usage.ru_maxrss * 1024)


@contextmanager
def running(command: Command) -> Iterator[Callable[[], str | None]]:
    """Run a command until the block ends; yield a function that says why it ended before, if so."""
    with tempfile.TemporaryFile() as output:
        process = _start(command, output)

        def ended() -> str | None:
            if process.poll() is None:
                return None
            return str(CommandError(process.returncode, _text(output)))

        try:
            yield ended
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def output_of(command: Command) -> str:
    """Return the output of a command on both streams, or nothing if it cannot start."""
    try:
        done = subprocess.run(
            command.words,
            cwd=command.folder,
            env=dict(command.env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.decode(errors="replace")


def _processor() -> float:
    """Return the processor time of all processes so far that have ended and were waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _start(command: Command, output: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command.words,
            cwd=command.folder,
            env=dict(command.env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    except OSError as error:
        raise CommandError(127, str(error)) from None


@contextmanager
def _deadline(process: subprocess.Popen[bytes]) -> Iterator[None]:
    timer = threading.Timer(PATIENCE, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _check(command: Command, status: int, output: IO[bytes]) -> None:
    if status not in command.accept:
        raise CommandError(status, _text(output))


def _text(output: IO[bytes]) -> str:
    # pread does not move the position at which the process still writes.
    return os.pread(output.fileno(), 1_000_000, 0).decode(errors="replace")


def _tree(pid: int) -> Iterator[int]:
    """Yield the ids of a process and of its descendants that still run."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))


def _in_use(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
