"""The entry point of the command line: every error becomes an exit code and a message."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from cvtex.cli.version import VERSION, say_version

if TYPE_CHECKING:
    from cvtex.diagnostics.usage import UsageError

FAULTS, USAGE, BUG, INTERRUPTED = 1, 2, 3, 130
"""The exit codes for faults in the user's files, usage or environment, a bug, and Ctrl-C."""


OBJECTS_PER_COLLECTION = 100_000
"""New objects between two garbage collections; Python's 700 would mean hundreds in every run.

Modules and the parts of a CV are used until the end, so almost nothing would be freed.
"""

COMPLETE = "_CVTEX_COMPLETE"
"""The environment variable by which the script of a shell asks for completions."""

NO_PLUGINS = ("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""An environment variable that stops pydantic from searching all packages for plugins."""


class StoppedError(Exception):
    """Ctrl-C stopped a command half-way; the text tells what was done."""


def run() -> NoReturn:
    """Run the command line and exit."""
    gc.set_threshold(OBJECTS_PER_COLLECTION)
    os.environ.setdefault(*NO_PLUGINS)
    _open_what_is_closed()
    if len(sys.argv) == 2 and sys.argv[1] in VERSION:  # scripts ask for it: spare them the app
        say_version()
        sys.exit(0)
    try:
        from cvtex.cli.main import app

        app(*sys.argv[1:2])(complete_var=COMPLETE, standalone_mode=True)
    except SystemExit as exit_:
        if exit_.code == INTERRUPTED:
            _say("interrupted; nothing was changed")
        raise
    except KeyboardInterrupt:
        _say("interrupted; nothing was changed")
        sys.exit(INTERRUPTED)
    except MemoryError as error:
        error.__traceback__ = error.__context__ = None  # gives back what was used
        _say("error: there is not enough memory")
        sys.exit(USAGE)
    except Exception as error:  # noqa: BLE001  # the last stop: what is not known here is our bug
        if COMPLETE in os.environ:  # a report would stand in the line being typed
            sys.exit(BUG)
        if isinstance(error.__cause__, KeyboardInterrupt):  # Python < 3.12 wraps it in a class body
            _say("interrupted; nothing was changed")
            sys.exit(INTERRUPTED)
        sys.exit(_explain(error))
    finally:
        gc.freeze()  # what is left ends with the process: no last search through it
    sys.exit(0)


def _open_what_is_closed() -> None:
    """Open the null device for each standard stream that the caller has closed.

    Otherwise the next file that is opened would get its number.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nothing = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115
            setattr(sys, name, nothing)


def _explain(error: Exception) -> int:
    from cvtex.diagnostics.usage import UsageError

    if isinstance(error, UsageError):
        say_problem(error)
        return USAGE
    if isinstance(error, OSError):
        where = f" `{error.filename}`" if error.filename else ""
        _say(f"error:{where} {(error.strerror or str(error)).lower()}")
        return USAGE
    if isinstance(error, StoppedError):
        _say(f"interrupted; {error}")
        return INTERRUPTED
    import traceback

    say_bug("".join(traceback.format_exception(error)))
    return BUG


def say_problem(error: UsageError) -> None:
    """Print what cannot be done, and what to do next."""
    _say(f"error: {error.message}")
    if error.hint is not None:
        _say(f"  = hint: {error.hint}")


def say_bug(trace: str) -> None:
    """Print that cvtex has a bug, and what to report."""
    import platform

    from cvtex import __version__

    _say(
        "\ncvtex met a bug of its own; your files are as they were. Please report it with what\n"
        "follows, and the smallest cv.yaml that shows it:\n\n"
        f"cvtex {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"command: {' '.join(sys.argv[1:])}\n{trace}"
    )


def _say(message: str) -> None:
    sys.stderr.write(message + "\n")
