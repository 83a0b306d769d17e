"""Themes: what they say of themselves, and the files they give to TeX."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Struct
from pydantic import Field, ValidationError

from cvtex.diagnostics import catalogue
from cvtex.diagnostics.diagnostic import Sink
from cvtex.diagnostics.hints import did_you_mean
from cvtex.diagnostics.usage import UsageError
from cvtex.readers.yaml.nodes import plain
from cvtex.readers.yaml.reader import decode_yaml, read_yaml
from cvtex.schema.base import Model
from cvtex.schema.scalars import Choice, Word
from cvtex.schema.shorthand import Many
from cvtex.source import Text
from cvtex.theme.places import MANIFEST, candidates, theme_folders


class ThemeOption(Model):
    """Something a theme can be told."""

    name: Word
    type: Annotated[Literal["choice", "length", "color", "text"], Choice]
    default: Word = ""
    choices: Many[Word] = ()
    least: Word = ""
    most: Word = ""
    doc: Word


class Manifest(Model):
    """What theme.yaml says of a theme."""

    name: Word
    title: Word
    description: Word
    package: Word
    document_class: Word = Field(alias="class")
    class_options: Many[Word] = ()
    files: Many[Word]
    engines: Many[Word]
    options: tuple[ThemeOption, ...] = ()


class Theme(Struct, frozen=True):
    """A theme with its manifest and the folder of its files."""

    manifest: Manifest
    folder: Path

    def files(self) -> dict[str, bytes]:
        """The files that TeX needs, by name."""
        return {name: (self.folder / name).read_bytes() for name in self.manifest.files}


def list_themes(cv_folder: Path) -> dict[str, Theme]:
    """Every theme that can be found, by name; the nearer folder wins."""
    found: dict[str, Theme] = {}
    for folder in theme_folders(cv_folder):
        for manifest in sorted(folder.glob(f"*/{MANIFEST}")):
            if manifest.parent.name not in found:
                found[manifest.parent.name] = read_theme(manifest.parent)
    return found


def theme_files(name: Text, cv_folder: Path) -> Iterator[Path]:
    """Where the manifest of a theme may stand, up to where it does, and the files of the theme.

    One with a manifest that is not valid has no other files.
    """
    for folder in candidates(name.value, cv_folder):
        yield folder / MANIFEST
        if (folder / MANIFEST).is_file():
            with suppress(UsageError):
                yield from (folder / file for file in read_theme(folder).manifest.files)
            return


def find_theme(name: Text, cv_folder: Path, sink: Sink) -> Theme | None:
    """The theme of a name, or of a path."""
    for folder in candidates(name.value, cv_folder):
        if (folder / MANIFEST).is_file():
            return read_theme(folder)
    known = list_themes(cv_folder)
    sink.add(
        catalogue.UNKNOWN_THEME,
        f"there is no theme `{name}`",
        name.span,
        hint=did_you_mean(name.value, known) or "there is: " + ", ".join(known),
    )
    return None


def read_theme(folder: Path) -> Theme:
    """The theme in a folder; raises `UsageError` when its manifest is not valid."""
    path = folder / MANIFEST
    return Theme(_manifest(path.read_bytes(), path), folder)


@lru_cache(maxsize=8)
def _manifest(data: bytes, path: Path) -> Manifest:
    sink = Sink()
    source = decode_yaml(data, str(path), sink)
    node = read_yaml(source, sink) if source is not None else None
    try:
        if node is None or sink.has_errors():
            raise UsageError(f"`{path}` cannot be read: {next(iter(sink)).message}")
        return Manifest.model_validate(plain(node))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise UsageError(f"`{path}` is no valid theme: {where}: {first['msg']}") from error
