"""The result of loading: the CV, its publications and the variant to print."""

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
    """The part of the CV that is printed: sections by id or title, entries by their tags."""

    name: str | None = None
    sections: tuple[Text, ...] = ()
    include: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()

    def includes(self, tags: Sequence[str]) -> bool:
        """Return whether a thing with these tags is printed; without tags it always is."""
        if not tags:
            return True
        return not self.exclude.intersection(tags) and (
            not self.include or bool(self.include.intersection(tags))
        )


def variant_filter(cv: CV, name: str | None) -> VariantFilter:
    """Return the filter of a variant by its name, or one that prints the whole CV."""
    if name is None:
        return VariantFilter()
    variant = cv.variants[name]
    return VariantFilter(
        name, variant.sections, frozenset(variant.include), frozenset(variant.exclude)
    )


class Project(Struct, frozen=True):
    """A CV ready to be lowered.

    `root` is the tree of cv.yaml with a variant and options applied, `sources` are the texts of
    cv.yaml and the .bib files. `folder` is that of cv.yaml, to which its paths are relative.
    `language` is the one to print in and `today` the date of the CV. `images` maps the names of
    images for the writer to their bytes. `inputs` are all files that were read. `incomplete` are
    the parts that could not be read because of reported faults.
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
        """Return where the CV names its language; None if the command line names another."""
        pair = self.root.find("language")
        return pair.value.span if pair and self.language == self.cv.language else None

    def locate(self, path: Sequence[str | int]) -> Span | None:
        """Return the place of a value by its path from the top of cv.yaml."""
        return nodes.locate(self.root, path)
