"""Faults outside the user's files: a wrong option, a missing file or engine."""

from __future__ import annotations

from cvtex.diagnostics.catalogue import USAGE
from cvtex.diagnostics.diagnostic import Diagnostic


class UsageError(Exception):
    """A command that cannot be carried out here; `hint` says what to do next."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def diagnostic(self) -> Diagnostic:
        """Return the fault as a finding, for output that holds nothing but findings."""
        return Diagnostic(USAGE, self.message, hint=self.hint)
