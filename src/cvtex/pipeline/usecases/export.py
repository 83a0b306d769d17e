"""Writes the printed publications back as BibTeX."""

from __future__ import annotations

from pathlib import Path

from cvtex.lower.ledger import EntryState
from cvtex.pipeline.persistence.output import Written, check_writable, write_whole
from cvtex.pipeline.usecases.check import Checked
from cvtex.writers.bibtex.write import write_bib


def export_printed(checked: Checked, target: Path) -> Written:
    """Write the printed entries, in the order of their files; raises `UsageError`."""
    records = checked.project.bibliography.records
    printed = (e.key for e in checked.lowered.ledger.entries if e.state is EntryState.PRINTED)
    check_writable(target, ".bib", checked.project.inputs)
    return write_whole(target, write_bib(records[key] for key in printed).encode())
