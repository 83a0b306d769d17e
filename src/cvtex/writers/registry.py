"""Every form that a CV can be written in."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from msgspec import Struct

from cvtex.diagnostics.hints import did_you_mean
from cvtex.diagnostics.usage import UsageError

if TYPE_CHECKING:  # the command line reads this registry before anything heavy is imported
    from cvtex.diagnostics.diagnostic import Sink
    from cvtex.writers.draft import Draft, Means, Output


class Write(Protocol):
    """Writes a CV in one form."""

    def __call__(self, draft: Draft, sink: Sink, means: Means) -> Output:
        """Return the output; findings go to the sink.

        Raises `UsageError` where something that it needs is not installed.
        """


class Writer(Struct, frozen=True):
    """A form of a CV: its name after `--to`, the suffix of its files, and its package here.

    The package has a module `write` with a function of that name, imported when it is asked for.
    """

    name: str
    suffix: str
    doc: str
    package: str
    needs_engine: bool = False

    @property
    def ending(self) -> str:
        """The end of every name that its files can have."""
        return f".{self.suffix.rpartition('.')[2]}"

    def load(self) -> Write:
        """Return the function that writes this form."""
        return cast(Write, import_module(f"cvtex.writers.{self.package}.write").write)


WRITERS = (
    Writer("pdf", ".pdf", "the page, typeset by a TeX engine", "pdf", True),
    Writer("tex", ".tex", "the LaTeX behind the page, in one file", "latex"),
    Writer("json", ".tree.json", "the document tree, for other programs", "json"),
)


def find_writer(name: str) -> Writer:
    """Return the writer of a name; raises `UsageError` where there is none."""
    names = [writer.name for writer in WRITERS]
    if name in names:
        return WRITERS[names.index(name)]
    hint = did_you_mean(name, names) or "there is: " + ", ".join(names)
    raise UsageError(f"no writer is called `{name}`", hint)
