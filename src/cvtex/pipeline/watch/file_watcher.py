"""Watches folders for changes of files; the gate to watchfiles.

Events only wake the caller and are not passed on: events get lost on network drives and when
folders are replaced, so the caller looks at the files itself, now and then without an event too.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import watchfiles
from msgspec import Struct, field

STEP = 2
"""Milliseconds between two looks at the events of the system: it wakes one or two of them later."""
GROUPED = 50
"""Milliseconds after which a continuous stream of events wakes all the same."""


class FileWatcher(Struct):
    """Watches folders, without the folders below them."""

    _folders: frozenset[tuple[str, int]] = frozenset()
    _woken: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def follow(self, files: Iterable[Path]) -> None:
        """Watch the folders of files, and of the targets of links among them."""
        folders = frozenset(_with_identity(_folders_of(files)))
        if folders != self._folders:
            self.close()
            self._folders, self._stop = folders, threading.Event()
            names = sorted(name for name, _ in folders)
            self._thread = threading.Thread(
                target=_listen, args=(names, self._woken, self._stop), daemon=True
            )
            self._thread.start()

    def wait(self, seconds: float) -> None:
        """Wait for an event, or until the seconds are over."""
        self._woken.wait(seconds)
        self._woken.clear()

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()


@contextmanager
def file_watcher() -> Iterator[FileWatcher]:
    """Give a watcher that watches nothing yet, and close it at the end of the block."""
    watcher = FileWatcher()
    try:
        yield watcher
    finally:
        watcher.close()


def _listen(folders: list[str], woken: threading.Event, stop: threading.Event) -> None:
    # Without events, because the system has no more to give or a folder has just gone, the caller
    # still looks now and then.
    with suppress(OSError, RuntimeError):
        for _ in watchfiles.watch(
            *folders,
            watch_filter=None,
            debounce=GROUPED,
            step=STEP,
            stop_event=stop,
            recursive=False,
            ignore_permission_denied=True,
        ):
            woken.set()


def _folders_of(files: Iterable[Path]) -> Iterator[Path]:
    for file in files:
        yield file.absolute().parent
        with suppress(OSError, RuntimeError):  # a link that leads to itself
            yield file.resolve().parent


def _with_identity(folders: Iterable[Path]) -> Iterator[tuple[str, int]]:
    """Return the existing folders with their inodes: a new folder of the same name differs."""
    for folder in dict.fromkeys(folders):
        with suppress(OSError):
            if folder.is_dir():
                yield str(folder), folder.stat().st_ino
