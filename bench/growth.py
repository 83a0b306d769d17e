"""The growth of the times with the CV: publications, entries, authors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bench import generated
from bench.place import Place, change
from bench.timing import Missing, Subject, nothing

PUBLICATIONS = (10, 100, 500, 1000, 5000)
ENTRIES = (1, 10, 50, 100, 200)
AUTHORS = 3000
BIB = 4800
BIB_ALONE = f"cvtex lint refs.bib, {BIB:,} entries"


@dataclass(frozen=True)
class Size:
    """The size of a CV: what is counted in it, and the count."""

    what: str
    count: int

    def build(self) -> str:
        """Return the name of its build."""
        return f"build, {self.count:,} {self.what}"

    def lint(self) -> str:
        """Return the name of its check."""
        return f"lint, {self.count:,} {self.what}"


SIZES = (
    *(Size("publications", count) for count in PUBLICATIONS),
    *(Size("entries", count) for count in ENTRIES),
    Size("authors of one paper", AUTHORS),
)


def growing(place: Place) -> dict[str, Subject | Missing]:
    """Return a build and a check for each size, and a check of a .bib file alone."""
    found: dict[str, Subject | Missing] = {}
    for size in SIZES:
        cv = _written(place, size)
        found[size.build()] = _build(place, cv)
        found[size.lint()] = _lint(place, cv)
    found[BIB_ALONE] = _lint(place, _bib_alone(place))
    return found


def _build(place: Place, cv: Path) -> Subject:
    """Return a build with the format cached and the text changed."""
    pdf = cv.with_suffix(".pdf")

    def prepare(number: int) -> None:
        change(cv, number)
        pdf.unlink(missing_ok=True)

    return Subject(place.build(cv, cache="growth"), prepare, pdf)


def _lint(place: Place, path: Path) -> Subject:
    return Subject(place.command(path.parent, "lint", path.name, "--no-cache"), nothing)


def _written(place: Place, size: Size) -> Path:
    folder = place.folder(f"growth/{size.what.replace(' ', '-')}-{size.count}")
    cv, bib = generated.publications_cv(), ""
    match size.what:
        case "publications":
            bib = generated.bibliography(size.count)
        case "entries":
            cv, bib = generated.experience_cv(size.count), generated.bibliography(1)
        case _:
            bib = generated.crowded(size.count)
    (folder / "cv.yaml").write_text(cv, encoding="utf-8")
    (folder / "refs.bib").write_text(bib, encoding="utf-8")
    return folder / "cv.yaml"


def _bib_alone(place: Place) -> Path:
    path = place.folder("growth/bib-alone") / "refs.bib"
    path.write_text(generated.bibliography(BIB), encoding="utf-8")
    return path
