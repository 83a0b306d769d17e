"""Builds of many CVs in one command, with one job and with two."""

from __future__ import annotations

from pathlib import Path

from bench.place import Place, change
from bench.timing import Missing, Subject

COUNT = 40
JOBS = (1, 2)


def name(jobs: int) -> str:
    """Return the name of the measurement in the report."""
    return f"cvtex build, {COUNT} CVs, --jobs {jobs}"


def batches(place: Place) -> dict[str, Subject | Missing]:
    """Return builds of all CVs, with the format cached and every text changed."""
    lacking = place.lacks("--jobs", "build")
    return {name(jobs): lacking or _batch(place, jobs) for jobs in JOBS}


def _batch(place: Place, jobs: int) -> Subject:
    cvs = [place.reference(f"batch-{jobs}/{number:02}") for number in range(COUNT)]
    root = place.folder(f"batch-{jobs}")
    words = [str(cv.relative_to(root)) for cv in cvs]
    command = place.command(
        root, "build", *words, "--engine", place.engine, "--jobs", str(jobs), cache="batch"
    )
    pdfs = [cv.with_suffix(".pdf") for cv in cvs]

    def prepare(number: int) -> None:
        _prepare(cvs, pdfs, number)

    return Subject(command, prepare, pdfs[-1])


def _prepare(cvs: list[Path], pdfs: list[Path], number: int) -> None:
    for place_in_line, (cv, pdf) in enumerate(zip(cvs, pdfs, strict=True)):
        change(cv, number * COUNT + place_in_line)
        pdf.unlink(missing_ok=True)
