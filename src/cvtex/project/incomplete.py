"""The parts of a project that could not be read, and which findings are still sure."""

from __future__ import annotations

from msgspec import Struct

from cvtex.diagnostics.diagnostic import Needs, Rule
from cvtex.source import Span

UNKNOWN_KEY = ""
"""The citekey of an entry without one, and of the entries in a missing file."""


class Incomplete(Struct, frozen=True):
    """The missing parts of a project; false if nothing is missing.

    `values` says that faulty values of cv.yaml were left out, `keys` are the citekeys of the .bib
    entries that could not be read.
    """

    values: bool = False
    keys: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.values or bool(self.keys)

    def trusts(self, rule: Rule, place: Span | None = None) -> bool:
        """Return whether a finding of a rule would be there as well if nothing were missing.

        `place` is that of the finding; a rule about citations shows the citekey there.
        """
        match rule.needs:
            case Needs.NOTHING:
                return True
            case Needs.CITED_ENTRY:
                cited = place.text if place is not None else UNKNOWN_KEY
                return not self.keys.intersection((UNKNOWN_KEY, cited))
            case Needs.COMPLETE_CV:
                return not self
