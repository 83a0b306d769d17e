"""Writes the printed publications back as BibTeX."""

from __future__ import annotations

from pathlib import Path

from cvtex.lower.ledger import EntryState
from cvtex.pipeline.persistence.output import Written, check_writable, write_whole
from cvtex.writers.bibtex.write import write_bib
from cvtex.writers.draft import Draft


def export_printed(draft: Draft, target: Path) -> Written:
    """Write the printed entries, in the order of their files; raises `UsageError`."""
    records = draft.project.bibliography.records
    printed = (e.key for e in draft.lowered.ledger.entries if e.state is EntryState.PRINTED)
    check_writable(target, ".bib", draft.project.inputs)
    data = write_bib(records[key] for key in printed).encode()
    return Written(write_whole(target, data), len(data))
