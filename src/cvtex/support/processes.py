"""Starts a program in its own process group, waits for it, and stops it with all it started.

Starting and waiting are separate, so that an engine can be prestarted.
"""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Literal

from msgspec import Struct

from cvtex.support.scratch import size
from cvtex.support.signals import held_signals

KEPT_BYTES = 64 * 1024
"""Bytes that are kept of the beginning, and of the end, of the output of a program."""
MOST_BYTES = 256 * 1024 * 1024
"""Bytes that a program may write into its folder."""
TIME_LIMIT = 120.0
"""Seconds that an engine may typeset, and of processor time that a waiting engine may use."""
GLANCE = 0.2
"""Seconds between two looks at the clock and at the folder."""

Stopped = Literal["timeout", "output"]


class Running(Struct, frozen=True):
    """A program that was started in a folder; `output` grows as it prints."""

    process: subprocess.Popen[bytes]
    folder: Path
    output: bytearray
    reader: threading.Thread

    def feed(self, text: str, *, last: bool) -> None:
        """Write to its input, unless it has ended; close the input after the `last` text."""
        stream = self.process.stdin
        assert stream is not None
        with suppress(BrokenPipeError):
            stream.write(text.encode())
            stream.flush()
            if last:
                stream.close()


class Ended(Struct, frozen=True):
    """The end of a program.

    `status` is its exit status, negative for a signal, and missing if it was stopped, for the
    reason `stopped`. `output` is the text it printed, without the middle if it is long.
    """

    status: int | None
    output: str
    stopped: Stopped | None = None


@contextmanager
def start(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    seconds: float,
    *,
    fed: bool = False,
) -> Iterator[Running]:
    """Start a program in a folder; at the end of the block it is gone.

    It has no input unless it is to be `fed`. `seconds` bounds its processor time even if this
    process is killed and cannot stop it (on Linux). Raises OSError if it cannot be started.
    """
    with ExitStack() as stack:
        with held_signals():
            process = _open(command, folder, environment, fed=fed)
            stack.callback(_stop, process)
        _limit(process, seconds)
        yield _listen(process, folder)


def finish(running: Running, deadline: float) -> Ended:
    """Wait for the end of a program; stop it at the deadline (of the monotonic clock)."""
    stopped = _wait(running, deadline)
    status = None if stopped else _status(running.process, deadline)
    if status is None:
        stopped = stopped or "timeout"
        _stop(running.process)
    running.reader.join(GLANCE)
    if running.reader.is_alive():
        # The program has ended, and another that it started holds its output open.
        _kill(running.process)
    return Ended(status, running.output.decode("utf-8", errors="replace"), stopped)


def _wait(running: Running, deadline: float) -> Stopped | None:
    while running.reader.is_alive():
        running.reader.join(max(0.0, min(GLANCE, deadline - time.monotonic())))
        if size(running.folder) > MOST_BYTES:
            return "output"
        if running.process.poll() is not None:
            return None
        if running.reader.is_alive() and time.monotonic() >= deadline:
            return "timeout"
    return None


def _open(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], *, fed: bool
) -> subprocess.Popen[bytes]:
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE if fed else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        bufsize=0,
        start_new_session=True,
        creationflags=flags,
    )


def _limit(process: subprocess.Popen[bytes], seconds: float) -> None:
    if sys.platform == "linux":
        import resource

        most = math.ceil(seconds) + 1
        with suppress(OSError):
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (most, most))


def _listen(process: subprocess.Popen[bytes], folder: Path) -> Running:
    output = bytearray()
    stream = process.stdout
    assert stream is not None
    reader = threading.Thread(target=_drain, args=(stream, output), daemon=True)
    reader.start()
    return Running(process, folder, output, reader)


def _drain(stream: IO[bytes], output: bytearray) -> None:
    with stream:
        while chunk := stream.read(KEPT_BYTES):
            output += chunk
            del output[KEPT_BYTES:-KEPT_BYTES]


def _status(process: subprocess.Popen[bytes], deadline: float) -> int | None:
    try:
        # It has closed its output, and only has to end.
        return process.wait(max(GLANCE, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return None


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.returncode is None:
        with held_signals():
            _kill(process)
            process.wait()
    if process.stdin is not None:
        with suppress(BrokenPipeError):
            process.stdin.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a program and all programs it started that are still in its group."""
    if sys.platform == "win32":
        tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(tree, capture_output=True, check=False)
        process.kill()
    else:
        # The number is not used again before the leader is waited for and the group is empty.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
