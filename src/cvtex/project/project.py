"""What loading hands on: the CV, its publications and the variant that was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from cvtex.project.incomplete import Incomplete
from cvtex.readers.bibtex.bibliography import Bibliography
from cvtex.readers.yaml import nodes
from cvtex.schema.cv import CV
from cvtex.source import Source, Span, Text


class VariantFilter(Struct, frozen=True):
    """Which part of the CV is printed: sections by id or title, entries by their tags."""

    name: str | None = None
    sections: tuple[Text, ...] = ()
    include: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()

    def includes(self, tags: Sequence[str]) -> bool:
        """Whether something with these tags is printed; without tags it always is."""
        if not tags:
            return True
        return not self.exclude.intersection(tags) and (
            not self.include or bool(self.include.intersection(tags))
        )


class Project(Struct, frozen=True):
    """A CV ready to be lowered.

    `root` is the tree of cv.yaml under what was asked for, `sources` are the texts it was read
    from: cv.yaml, then the .bib files. `folder` is that of cv.yaml, against which its paths are
    resolved. `language` is the one to print in and `today` the date of the CV. `images` maps the
    names of images among the TeX files to their bytes. `inputs` are all files that were read.
    `incomplete` says what is missing because a fault, which was reported, kept it from being read.
    """

    cv: CV
    bibliography: Bibliography
    root: nodes.Mapping
    sources: tuple[Source, ...]
    folder: Path
    language: str
    today: date
    variant: VariantFilter
    images: Mapping[str, bytes]
    inputs: tuple[Path, ...]
    incomplete: Incomplete = Incomplete()

    def language_place(self) -> Span | None:
        """Where the CV names the language it is printed in; the command line may name another."""
        pair = self.root.find("language")
        return pair.value.span if pair and self.language == self.cv.language else None

    def locate(self, path: Sequence[str | int]) -> Span | None:
        """The place of a value by its path from the top of cv.yaml."""
        return nodes.locate(self.root, path)
